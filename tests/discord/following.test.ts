import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EVERYTHING, MOST_OF_PERSON, MOST_OF_SERVER } from "#model/subscription.ts";
import { activeMutes, createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { postedCard, type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { SOMEONE } from "#support/discord/world.ts";

const CALLBACK = { route: "POST /interactions/:/:/callback" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const type = (name: string, options = {}, channel: Channel = stage.channel) =>
  stage.discord.people.type(name, options, { channel });
const press = (message: Message | null, label: string, values?: readonly string[], channel: Channel = stage.channel) =>
  stage.discord.people.press(message!, label, { channel }, values);
const requests = () => subscriptionsOf(stage.db, { guildId: stage.guild.id });
const request = (filter = {}, given = {}) =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination: stage.channel.id,
      filter: { ...EVERYTHING, ...filter },
      createdBy: SOMEONE,
      ...given,
    },
    stage.clock(),
  );
const posted = () => postedCard(stage);

describe("a list of what is followed", () => {
  it("has a page for every request, and a menu for what stands on it", async () => {
    for (let at = 0; at < 60; at += 1) await request({ words: [`matter ${at}`] });
    let { message } = await type("following");
    const seen = new Set<string>();
    const onPage = () => [...String(message?.content).matchAll(/^\*\*(\d+)\*\*/gm)].map(([, id]) => String(id));
    for (;;) {
      for (const id of onPage()) seen.add(id);
      const options = JSON.stringify(message?.components).match(/"value":"\d+"/g);
      expect(options).toHaveLength(onPage().length);
      if (!JSON.stringify(message?.components).includes('"More"')) break;
      ({ message } = await press(message, "More"));
    }
    expect(seen.size).toBe(60);
    const last = onPage().at(-1)!;
    const detail = await press(message, "Edit, pause, test or remove …", [last]);
    expect(detail.message?.content).toContain(`**${last}**`);
    expect((await press(detail.message, "Back")).message?.content).toContain(`**${last}**`);
  });

  it("keeps readers' own threads apart, and shows a person all of theirs in a direct message", async () => {
    await request({ words: ["audit"] });
    const { story, card } = await posted();
    await press((await press(card, "Follow this story")).message, "Thread under this card");
    await press((await press(card, "Follow this story")).message, "Direct message");
    await request({ stories: [story.id] }, { destination: "123456789012345678", createdBy: "900000000000000009" });
    const server = await type("following");
    expect(server.message?.content).toContain("with “audit”");
    expect(server.message?.content).not.toContain("story ");
    const readers = await press(server.message, "Readers' own threads (2)");
    expect(readers.message?.content.match(/story \d+/g)).toHaveLength(2);
    expect((await press(readers.message, "What the server follows")).message?.content).toContain("with “audit”");
    const direct = [...stage.discord.world.channels.values()].find(({ type }) => type === 1)!;
    const own = await type("following", {}, direct);
    expect(own.message?.content.match(/story \d+/g)).toHaveLength(2);
    expect(own.message?.content).not.toContain("123456789012345678");
  });

  it("is not longer than a server and a person may have, and says so", async () => {
    for (let at = 0; at < MOST_OF_SERVER; at += 1) await request({ words: ["audit"] });
    const refused = await press((await type("follow", { point: "penalties" })).message, "Follow");
    expect(refused.message?.content).toContain(`This server follows ${MOST_OF_SERVER} requests`);
    expect(await requests()).toHaveLength(MOST_OF_SERVER);
    for (let story = 0; story < MOST_OF_PERSON; story += 1) await request({ stories: [100 + story] });
    const { card } = await posted();
    for (const label of ["Direct message", "Thread under this card"]) {
      const told = await press((await press(card, "Follow this story")).message, label);
      expect(told.message?.content).toContain(`You follow ${MOST_OF_PERSON} stories`);
    }
    expect(card.threadId).toBeNull();
  });
});

describe("a confirmation that failed", () => {
  const failing = () => stage.discord.faults.next({ kind: "status", status: 502, when: "before" }, CALLBACK);

  it("saved nothing, and leaves what it was to replace", async () => {
    const before = await request({ words: ["audit"] });
    const { message } = await type("follow", { point: "penalties", replace: before.id });
    failing();
    const { message: sorry } = await press(message, "Follow");
    expect(sorry?.content).toContain("nothing was changed");
    expect(await requests()).toEqual([before]);
    const mute = await type("mute", { word: "football" });
    failing();
    await press(mute.message, "Mute");
    expect(await activeMutes(stage.db, stage.clock())).toEqual([]);
  });

  it("is taken back where it was shown though its answer was lost", async () => {
    const { message } = await type("follow", { point: "penalties" });
    stage.discord.faults.next({ kind: "cut", when: "after" }, CALLBACK);
    await press(message, "Follow");
    await expect.poll(() => message?.content).toContain("nothing was changed");
    expect(await requests()).toEqual([]);
  });

  it("follows no story", async () => {
    const { card } = await posted();
    const where = await press(card, "Follow this story");
    failing();
    await press(where.message, "Thread under this card");
    expect(await requests()).toEqual([]);
  });
});
