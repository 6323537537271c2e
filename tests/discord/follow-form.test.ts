import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { PACK, type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { PEOPLE_PERMISSIONS, SOMEONE } from "#support/discord/world.ts";

let stage: Stage;

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const type = (
  name: string,
  options = {},
  where: { channel?: Channel; installed?: "person" | "both"; permissions?: bigint } = {},
) => stage.discord.people.type(name, options, { channel: stage.channel, ...where });
const press = (message: Message | null, label: string, values?: readonly string[], channel = stage.channel) =>
  stage.discord.people.press(message!, label, { channel }, values);
const textOf = (message: Message | null) =>
  [message?.content, ...(message?.embeds ?? []).map(({ description }) => description)].join("\n");
const requests = () => subscriptionsOf(stage.db, { guildId: stage.guild.id });
/** The menu with this placeholder, as it is shown. */
const menu = (message: Message | null, placeholder: string) =>
  message?.components
    .flatMap(({ components }) => components as readonly Record<string, unknown>[])
    .find((one) => one.placeholder === placeholder) as { options: { value: string; default: boolean }[] } | undefined;
const chosen = (message: Message | null, placeholder: string) =>
  menu(message, placeholder)
    ?.options.filter((one) => one.default)
    .map(({ value }) => value);

describe("the form of /follow", () => {
  it("asks by menus, shows what each choice would have brought, and saves when it is told to", async () => {
    stage = await setStage();
    await stage.tell({ title: "A penalty in the US" });
    const { message, ephemeral } = await type("follow");
    expect(ephemeral).toBe(true);
    expect(JSON.stringify(message?.components)).toMatch(/"label":"Save"[^}]*"disabled":true/);
    await press(message, "Friction points: any", ["penalties"]);
    expect(textOf(message)).toContain("**1 post** in the last 30 days");
    await press(message, "Places: any", ["US", "EU"]);
    await press(message, "When it is posted", ["daily"]);
    expect(chosen(message, "Places: any")).toEqual(["US", "EU"]);
    expect(await requests()).toEqual([]);
    await press(message, "Save");
    expect(message?.content).toContain(
      `<#${stage.channel.id}> now follows Penalties and fines; in United States or European Union: a daily digest at 08:00`,
    );
    expect(await requests()).toMatchObject([
      { filter: { points: ["penalties"], places: ["US", "EU"] }, manner: { mode: "daily" } },
    ]);
    await press(message, "Undo");
    expect(message?.content).toBe("Undone: it is not followed.");
    expect(await requests()).toEqual([]);
  });

  it("takes a preset of the pack, and what a person types beside it", async () => {
    stage = await setStage();
    const { message } = await type("follow");
    await press(message, "Take a preset …", ["1"]);
    expect(textOf(message)).toContain("**everything; stage Enacted: a daily digest at 07:30 (UTC).**");
    const { modal } = await press(message, "Time, words …");
    const fields = {
      at: "Friday 16:00",
      timezone: "Berlin",
      quiet: "",
      words: "audit, model",
      not: "Commerce, football",
    };
    const where = { channel: stage.channel };
    const bad = await stage.discord.people.submit(
      String(modal?.custom_id),
      { ...fields, timezone: "EST" },
      where,
      message,
    );
    expect(bad.message?.content).toContain("“EST” is no one place's time. Choose a city: America/New\\_York");
    await stage.discord.people.submit(String(modal?.custom_id), fields, where, message);
    await press(message, "When it is posted", ["weekly"]);
    expect(textOf(message)).toContain(
      "stage Enacted; with “audit” and “model”; not commerce or football: a weekly digest on Friday at 16:00 (Europe/Berlin)",
    );
    await press(message, "Save");
    expect(await requests()).toHaveLength(1);
  });

  it("says stages by their short labels, and of most of them those that are left out", async () => {
    const labels = ["Talks", "Threatened", "Draft", "Proposed", "Adopted", "Stayed", "In court", "Withdrawn"];
    const stages = labels.map((label, order) => {
      return { id: `s${order}`, name: `${label} at length`, label, order, cues: [], conditionalCap: false };
    });
    stage = await setStage("embeds", { pack: { ...PACK, facets: { ...PACK.facets, stages } } });
    const asked = async (typed: string) => textOf((await type("follow", { place: "EU", stage: typed })).message);
    expect(await asked("s1, s4")).toContain("; stage Threatened or Adopted: each");
    expect(await asked("s1, s2, s3, s4, s5, s6")).toContain("; any stage but Talks or Withdrawn: each");
  });

  it("takes laws by number and by name, shows them again, and says which it does not know", async () => {
    stage = await setStage();
    const { message } = await type("follow");
    const typed = async (laws: string) => {
      const { modal } = await press(message, "Laws …");
      const where = { channel: stage.channel };
      const sent = await stage.discord.people.submit(String(modal?.custom_id), { laws }, where, message);
      return { said: sent.message?.content ?? "", modal: JSON.stringify(modal) };
    };
    await typed("H.R. 1234");
    expect(textOf(message)).toContain("law HR1234");
    const shown = await typed("no such law");
    expect(shown.said).toContain("There is no law “no such law”.");
    const value = /"value":"([^"]+)"/.exec(shown.modal)?.[1] ?? "";
    await typed(value);
    await press(message, "Save");
    expect(await requests()).toMatchObject([{ filter: { laws: [value] } }]);
  });

  it("leaves no time aside that is typed: a day asks for a weekly digest, a time alone for a daily one", async () => {
    stage = await setStage();
    const asked = async (options: object) => textOf((await type("follow", { point: "penalties", ...options })).message);
    expect(await asked({ at: "09:00" })).toContain("a daily digest at 09:00 (UTC)");
    expect(await asked({ at: "Friday 16:00" })).toContain("a weekly digest on Friday at 16:00 (UTC)");
    expect(await asked({ at: "09:00", mode: "each" })).toContain("each movement as it comes");
    const { message } = await type("follow");
    await press(message, "Friction points: any", ["penalties"]);
    const typed = async (at: string) => {
      const { modal } = await press(message, "Time, words …");
      const fields = { at, timezone: "UTC", quiet: "", words: "", not: "" };
      await stage.discord.people.submit(String(modal?.custom_id), fields, { channel: stage.channel }, message);
      return textOf(message);
    };
    expect(await typed("")).toContain("each movement as it comes");
    expect(await typed("Friday 16:00")).toContain("a weekly digest on Friday at 16:00 (UTC)");
    expect(await typed("17:00")).toContain("a weekly digest on Friday at 17:00 (UTC)");
  });

  it("says plainly that it is too old when the bot was started anew", async () => {
    stage = await setStage();
    const { message } = await type("follow");
    const { modal } = await press(message, "Time, words …");
    await stage.restart();
    for (const [label, values] of [["Save"], ["Friction points: any", ["penalties"]]] as const)
      expect((await press(message, label, values)).message?.content).toContain("grown too old");
    const sent = await stage.discord.people.submit(
      String(modal?.custom_id),
      { at: "09:00" },
      { channel: stage.channel },
    );
    expect(sent.message?.content).toContain("leads nowhere any more");
    expect(await requests()).toEqual([]);
  });

  it("stands prefilled with a request to change, which keeps its number and can be had back", async () => {
    stage = await setStage();
    await press((await type("follow", { point: "penalties", actor: "commerce", not: "football" })).message, "Follow");
    const [before] = await requests();
    const list = await type("following");
    const detail = await press(list.message, "Edit, pause, test or remove …", [String(before!.id)]);
    const { message } = await press(detail.message, "Edit");
    expect(chosen(message, "Friction points: any")).toEqual(["penalties"]);
    await press(message, "Friction points: any", ["audit-scope"]);
    await press(message, "Save");
    expect(await requests()).toEqual([{ ...before, filter: { ...before!.filter, points: ["audit-scope"] } }]);
    await press(message, "Undo");
    expect(await requests()).toEqual([before]);
    expect(textOf((await type("follow", { replace: before!.id })).message)).toContain("Penalties and fines; actor");
  });

  it("follows a removed request again when that is undone", async () => {
    stage = await setStage();
    await press((await type("follow", { point: "penalties" })).message, "Follow");
    const before = await requests();
    const { message } = await type("following");
    await press(message, "Edit, pause, test or remove …", [String(before[0]!.id)]);
    await press(message, "Remove");
    expect(message?.content).toContain(`Removed **${before[0]!.id}**: Penalties and fines.`);
    expect(await requests()).toEqual([]);
    await press(message, "Undo");
    expect(await requests()).toEqual(before);
    expect(message?.content).toContain(`**${before[0]!.id}** <#${stage.channel.id}>`);
  });

  it("is within Discord's limits under any pack", async () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 100 }).filter((text) => text.trim() !== "");
    const named = (most: number) =>
      fc
        .array(name, { minLength: 1, maxLength: most })
        .map((names) => names.map((one, at) => ({ id: `a${at}`, name: one })));
    const words = fc.array(name, { maxLength: 10 });
    const anyPack = fc.record({
      points: named(60),
      places: named(60),
      presets: fc.array(name, { maxLength: 25 }),
      words,
    });
    const [first] = fc.sample(anyPack, { seed: 1, numRuns: 1 });
    for (const given of [...fc.sample(anyPack, 3), first!]) {
      const pack: Pack = {
        ...PACK,
        points: given.points.map((one) => ({ ...PACK.points[1]!, ...one })),
        presets: given.presets.map((one) => ({
          ...PACK.presets[0]!,
          name: one,
          places: [],
          points: ["a0"],
          words: given.words,
          not: given.words,
        })),
        facets: { ...PACK.facets, places: given.places.map((one) => ({ ...one, aliases: [] })) },
      };
      stage = await setStage("embeds", { pack });
      const { message } = await type("follow");
      const all = (some: readonly { readonly id: string }[]) => some.slice(0, 25).map(({ id }) => id);
      await press(message, "Friction points: any", all(pack.points));
      await press(message, "Places: any", all(pack.facets.places));
      if (pack.points.length > 25) await press(message, "More points");
      if (pack.facets.places.length > 25) {
        await press(message, "More places");
        await press(message, "Places: 25 more chosen", ["a25"]);
      }
      expect((await press(message, "Time, words …")).modal).not.toBeNull();
      await press(message, "Save");
      const [saved] = await requests();
      expect(saved?.filter.places).toHaveLength(Math.min(pack.facets.places.length, 26));
      if (pack.presets.length > 0) {
        const taken = await type("follow");
        await press(taken.message, "Take a preset …", ["0"]);
        expect((await press(taken.message, "Time, words …")).modal).not.toBeNull();
        const { choices } = await stage.discord.people.complete("follow", "preset", "", { channel: stage.channel });
        expect(choices).toHaveLength(pack.presets.length);
      }
      if (given !== first) {
        expect(stage.discord.violations).toEqual([]);
        await stage.close();
      }
    }
  });
});

describe("/follow preset", () => {
  it("is completed by name, and is narrowed and timed by further options", async () => {
    stage = await setStage();
    const { choices } = await stage.discord.people.complete("follow", "preset", "pena", { channel: stage.channel });
    expect(choices).toEqual([{ name: "EU penalties", value: "EU penalties" }]);
    const { message } = await type("follow", { preset: "eu penalties", stage: "enacted", mode: "daily", at: "09:15" });
    await press(message, "Follow");
    expect(await requests()).toMatchObject([
      {
        filter: { ...EVERYTHING, points: ["penalties"], places: ["EU"], stages: ["enacted"] },
        manner: { mode: "daily", at: "09:15" },
      },
    ]);
    expect((await type("follow", { preset: "Sports" })).message?.content).toContain("no preset “Sports”");
  });
});

describe("/follow for one person", () => {
  const direct = () => [...stage.discord.world.channels.values()].find((one) => one.type === 1)!;

  it("posts to their direct messages, wherever they ask, and is listed for them alone", async () => {
    stage = await setStage();
    const asked = await type("follow", { point: "penalties", threads: true }, { installed: "person" as const });
    expect(textOf(asked.message)).toContain("You would follow Penalties and fines");
    await press(asked.message, "Follow");
    expect(await requests()).toEqual([]);
    const [own] = await subscriptionsOf(stage.db, { createdBy: SOMEONE });
    expect(own).toMatchObject({ guildId: null, destination: direct().id, manner: { threads: false } });
    const form = await type("follow", {}, { channel: direct() });
    await press(form.message, "Friction points: any", ["audit-scope"], direct());
    expect(textOf(form.message)).toContain("Follow in your direct messages.");
    await press(form.message, "Save", undefined, direct());
    expect(await subscriptionsOf(stage.db, { destination: direct().id })).toHaveLength(2);
    for (const where of [{ channel: direct() }, { installed: "person" as const }]) {
      const { message } = await type("following", {}, where);
      expect(message?.content.match(/your direct messages/g)).toHaveLength(2);
    }
    expect((await type("following")).message?.content).toContain("Nothing is followed here yet");
  });

  it("is theirs where a person brings it past a server's rights, and the server's for who manages it", async () => {
    stage = await setStage();
    const reader = { installed: "both" as const, permissions: PEOPLE_PERMISSIONS };
    expect(textOf((await type("follow", { point: "penalties" }, reader)).message)).toContain("You would follow");
    expect((await type("following", {}, reader)).message?.content).toContain("Nothing is followed here yet");
    const { message } = await type("follow", { point: "penalties" }, { installed: "both" });
    expect(textOf(message)).toContain(`<#${stage.channel.id}> would follow`);
  });

  it("says so where Discord lets nobody write to them", async () => {
    stage = await setStage();
    stage.discord.faults.next({ kind: "error", status: 403, code: 50007 }, { route: "POST /users/@me/channels" });
    const { message } = await type("follow", { point: "penalties" }, { installed: "person" as const });
    expect(message?.content).toContain("Allow direct messages");
  });
});
