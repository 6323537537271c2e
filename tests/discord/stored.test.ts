import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { escapeText, labelWithin } from "#discord/escape.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import type { Tag } from "#model/tag.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { storable } from "#store/rows.ts";
import { addMute, createSubscription, pauseSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Message } from "#support/discord/discord.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage.close());

/** Names and texts as the store may hold them: of any length, of marks that act, hide, turn and stack. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .tuple(fc.constantFrom("@", "*", "_", " ", "\u061c", "\u{e0041}", "\u3164", "\u0301", "\ud800", "a"), fc.nat(6_000))
    .map(([character, times]) => character.repeat(times)),
);
const names = fc.uniqueArray(hostile, { maxLength: 30, selector: (name) => storable(name.toWellFormed()) });
const stored = fc.record({
  name: hostile,
  names,
  reason: hostile,
  words: fc.array(hostile, { maxLength: 30 }),
  at: hostile,
  rule: hostile,
});

const tagsOf = (ids: readonly string[], phrase: string, rule: string): Tag[] =>
  ids.map((id) => {
    const sentence = { start: 0, end: 40 };
    const evidence = { field: "text" as const, phrase, sentence, rule, reading: "stated" as const, start: 0, end: 40 };
    return {
      axis: "point",
      id: storable(id.toWellFormed()),
      strength: "strong",
      primary: true,
      evidence: [evidence],
    };
  });

it("answers within Discord's limits, whatever was stored", async () => {
  const where = () => ({ channel: stage.discord.addChannel(stage.guild, "news") });
  await fc.assert(
    fc.asyncProperty(stored, async ({ name, names, reason, words, at, rule }) => {
      const here = where();
      const type = (command: string, options = {}) => stage.discord.people.type(command, options, here);
      const press = (message: Message | null, label: string, values?: readonly string[]) =>
        stage.discord.people.press(message!, label, here, values);
      const { db, clock } = stage;
      for (const state of await feedStates(db))
        await saveFeedState(db, { ...state, failureCount: 3, failingSince: clock(), failureReason: reason });
      const request = {
        guildId: stage.guild.id,
        destination: here.channel.id,
        filter: { ...EVERYTHING, points: names, places: names, actors: names, words, not: words },
        createdBy: "900000000000000003",
        manner: { ...AT_ONCE, mode: "weekly" as const, at, timeZone: at, quiet: { from: at, to: at }, mention: at },
      };
      const { id } = await createSubscription(db, request, clock());
      const paused = await createSubscription(db, request, clock());
      await pauseSubscription(db, paused.id, reason, clock());
      await createSubscription(db, { ...request, filter: EVERYTHING, manner: AT_ONCE }, clock());
      const story = await stage.tell({
        title: name,
        points: names,
        places: names,
        stage: name,
        tagging: { tags: tagsOf(names, reason, rule) },
        summary: words.map((text) => ({ text, start: 0, end: 1, articleId: 1, ranges: [] })),
      });
      await enqueue(db, [{ storyId: story.id, revision: 1, destination: here.channel.id, dueAt: clock() }]);
      await db.updateTable("deliveries").set({ reason, state: "dead" }).where("story_id", "=", story.id).execute();
      for (const value of [name, reason])
        await addMute(
          db,
          { destination: here.channel.id, kind: "word", value, until: clock(), createdBy: null },
          clock(),
        );
      const answers = [
        await type("feeds"),
        await type("latest"),
        await type("status"),
        await type("mute"),
        await type("story", { story: story.id }),
        await type("why", { story: story.id }),
        await press((await type("why", { story: story.id })).message, "Proof"),
        await type("why", { link: `https://gazette.example/${story.id}` }),
        await type("follow", { words: "audit", not: "x" }),
      ];
      const list = await type("following");
      const detail = await press(list.message, "Edit, pause, test or remove …", [String(id)]);
      const setRight = await press((await type("story", { story: story.id })).message, "Set right");
      answers.push(list, detail, setRight, await press(detail.message, "Test"));
      for (const { message } of answers) {
        expect(message).not.toBeNull();
        expect(JSON.stringify(message)).not.toContain("Something went wrong");
      }
      expect(stage.discord.violations).toEqual([]);
      expect(stage.logged.filter(({ level }) => level === "error")).toEqual([]);
      stage.discord.removeChannel(here.channel);
      await db.deleteFrom("subscriptions").execute();
    }),
    { numRuns: 12 },
  );
});

it("shows no character that hides, turns or grows into other lines", () => {
  const hiding = /(?!\ufe0f)[\p{Cc}\p{DI}\u2028\u2029\u2800\ufff9-\ufffb]|\p{M}{5}/u;
  fc.assert(
    fc.property(hostile, (text) => {
      for (const shown of [escapeText(text), labelWithin(text, 100)]) {
        expect(shown).not.toMatch(hiding);
        expect(shown.isWellFormed()).toBe(true);
      }
      expect(labelWithin(text, 100).trim()).not.toBe("");
    }),
  );
  expect(escapeText("a\u061cb\u{e0041}c\u3164d\u115fe Z\u0301\u0301\u0301\u0301\u0301\u0301")).toBe(
    "a b c d e Z\u0301\u0301\u0301\u0301",
  );
  expect(labelWithin("\u3164\u2800", 100)).toBe("Untitled");
  expect(labelWithin("❤\ufe0f @everyone", 100)).toBe("❤\ufe0f @everyone");
});
