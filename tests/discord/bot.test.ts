import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectDiscord } from "#discord/client.ts";
import { HOUR_MS } from "#model/time.ts";
import { PACK, type Stage, setStage } from "#support/discord/bot.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  expect(stage.logged.filter(({ level }) => level === "error")).toEqual([]);
  await stage.close();
});

describe("logging in", () => {
  it("asks for the guilds intent alone, and registers its commands once", async () => {
    expect(stage.discord.gateway.intents).toBe(1);
    expect(stage.discord.world.registrations).toBe(1);
    const { discord, db, clock } = stage;
    const log = { error: () => {}, warn: () => {}, info: () => {} };
    const again = await connectDiscord({
      token: discord.token,
      api: discord.api,
      db,
      pack: PACK,
      clock,
      log,
    });
    expect(again.kind).toBe("connected");
    expect(discord.world.registrations).toBe(1);
    if (again.kind === "connected") await again.bot.close();
  });

  it("says plainly that a token is wrong", async () => {
    const { discord, db, clock } = stage;
    const log = { error: () => {}, warn: () => {}, info: () => {} };
    const refused = await connectDiscord({ token: "wrong", api: discord.api, db, pack: PACK, clock, log });
    expect(refused).toEqual({ kind: "refused", reason: expect.stringContaining("DISCORD_TOKEN") });
  });
});

describe("/follow", () => {
  it("refuses what the pack does not know, and asks in a form where nothing is named", async () => {
    const { people } = stage.discord;
    const unknown = await people.type("follow", { point: "[x](https://evil.example)" }, { channel: stage.channel });
    expect(unknown.message?.content).toContain("There is no friction point “\\[x\\]\\(https://evil.example\\)”");
    const empty = await people.type("follow", {}, { channel: stage.channel });
    expect(empty.message?.embeds[0]?.title).toBe("What shall be followed?");
  });

  it("completes the last of several values and keeps those before it", async () => {
    const { choices } = await stage.discord.people.complete("follow", "point", "penalties, aud", {
      channel: stage.channel,
    });
    expect(choices).toEqual([{ name: "Penalties and fines, Audit scope", value: "penalties,audit-scope" }]);
  });
});

describe("/latest and /why", () => {
  it("shows the newest stories of a point privately", async () => {
    await stage.tell({ title: "Department weighs penalty" });
    await stage.tell({ title: "Audits in the EU", points: ["audit-scope"], places: ["EU"] });
    const { message, ephemeral } = await stage.discord.people.type(
      "latest",
      { point: "penalties" },
      { channel: stage.channel },
    );
    expect(ephemeral).toBe(true);
    expect(message?.embeds).toHaveLength(1);
    expect(JSON.stringify(message?.embeds)).toContain("Department weighs penalty");
    expect(JSON.stringify(message?.embeds)).not.toContain("Audits in the EU");
  });

  it("says when the feeds were last read if there is nothing", async () => {
    const { message } = await stage.discord.people.type("latest", { place: "EU" }, { channel: stage.channel });
    expect(message?.content).toContain("No feed has been read yet");
  });

  it("shows phrase, sentence and rule behind a line", async () => {
    const text = "The department is weighing a penalty. Talks over audits have stalled.";
    const start = text.indexOf("penalty");
    const evidence = {
      field: "text" as const,
      start,
      end: start + 7,
      phrase: "penalty",
      sentence: { start: 0, end: 37 },
      rule: "penalt*",
      reading: "stated" as const,
    };
    const story = await stage.tell({
      tagging: { tags: [{ axis: "point", id: "penalties", strength: "strong", primary: true, evidence: [evidence] }] },
    });
    const where = { channel: stage.channel };
    const { message: line } = await stage.discord.people.type("why", { story: story.id }, where);
    const { message } = await stage.discord.people.press(line!, "Proof", where);
    expect(message?.embeds[0]?.description).toContain(
      "“penalty” in “The department is weighing a penalty.” — rule `penalt*`",
    );
  });
});

it("answers on after the gateway was cut, or asked to reconnect", async () => {
  for (const fail of ["drop", "askToReconnect"] as const) {
    const before = stage.discord.gateway.resumes;
    stage.discord.gateway[fail]();
    await expect.poll(() => stage.discord.gateway.resumes).toBe(before + 1);
    const { message } = await stage.discord.people.type("latest", {}, { channel: stage.channel });
    expect(message).not.toBeNull();
    stage.pass(HOUR_MS);
  }
});
