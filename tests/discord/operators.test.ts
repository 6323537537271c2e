import { afterEach, beforeEach, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import { deliverDue } from "#worker/deliver.ts";
import { tellOfWeek, watchOutages } from "#worker/operators.ts";

const CREATE = { route: "POST /channels/:/messages" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const told = () => stage.discord.messagesIn(stage.operators).map(({ content }) => content);

it("says a sentence once, pings nobody, and waits for Discord to be back", async () => {
  stage.discord.faults.next({ kind: "status", status: 502, when: "before" }, CREATE);
  stage.bot.tell?.("@everyone The Gazette has not been read for a day.");
  stage.bot.tell?.("Nor has the Office.");
  stage.bot.tell?.("Nor the Court.");
  await expect
    .poll(told)
    .toEqual(["\\@everyone The Gazette has not been read for a day.", "Nor has the Office.\nNor the Court."]);
  expect(stage.discord.received.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] } });
});

it.each([
  ["an answer that is lost", { kind: "status", status: 502, when: "after" }],
  ["a cut", { kind: "cut", when: "after" }],
] as const)("says a sentence once through %s", async (_, fault) => {
  stage.discord.faults.next(fault, CREATE);
  stage.bot.tell?.("The Gazette has not been read for a day.");
  await expect.poll(() => stage.discord.received.filter(({ route }) => route.endsWith("/messages"))).toHaveLength(2);
  stage.bot.tell?.("Nor has the Office.");
  await expect.poll(told).toEqual(["The Gazette has not been read for a day.", "Nor has the Office."]);
});

it("says a sentence once where Discord has forgotten that it has it", async () => {
  stage.bot.tell?.("The Gazette has not been read for a day.");
  await expect.poll(told).toHaveLength(1);
  stage.discord.faults.next({ kind: "cut", when: "after" }, CREATE);
  stage.discord.faults.plan = (route) => {
    if (told().length === 2 && route.endsWith("/messages")) stage.pass(HOUR_MS);
    return null;
  };
  stage.bot.tell?.("The Gazette has not been read for a day.");
  await expect.poll(() => stage.discord.received.filter(({ route }) => route.endsWith("/messages"))).toHaveLength(3);
  stage.bot.tell?.("Nor has the Office.");
  await expect.poll(told).toContain("Nor has the Office.");
  expect(told()).toEqual([
    "The Gazette has not been read for a day.",
    "The Gazette has not been read for a day.",
    "Nor has the Office.",
  ]);
});

it("says what it has begun to say and the newest fifty, where more is told than can wait", async () => {
  stage.discord.faults.next({ kind: "status", status: 502, when: "before" }, CREATE);
  const sentences = Array.from({ length: 60 }, (_, at) => `Feed ${at} has not been read for a day.`);
  for (const sentence of sentences) stage.bot.tell?.(sentence);
  await expect.poll(() => told().join("\n")).toBe([sentences[0], ...sentences.slice(-50)].join("\n"));
});

it("says in the log that its channel cannot be posted to", async () => {
  stage.discord.removeChannel(stage.operators);
  stage.bot.tell?.("Anything.");
  await expect.poll(() => stage.logged.at(-1)?.message).toBe("the operators' channel cannot be posted to");
});

it("tells of a post that can never be made", async () => {
  const { id } = await stage.tell();
  await enqueue(stage.db, [{ storyId: id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  stage.discord.faults.next({ kind: "error", status: 400, code: 50035 }, CREATE);
  const { db, pack, clock, bug, bot } = stage;
  const delivering = { db, pack, clock, bug, tell: (sentence: string) => bot.tell?.(sentence) };
  await deliverDue(delivering, bot, new AbortController().signal);
  await expect.poll(told).toEqual([expect.stringContaining(`Story ${id}, revision 1 was given up`)]);
});

it("tells when an outage of our own begins and when it is over", () => {
  const sentences: string[] = [];
  const watch = watchOutages((sentence) => sentences.push(sentence));
  const at = (minutes: number) => new Date(stage.clock().getTime() + minutes * MINUTE_MS);
  watch({ offline: false, read: 3, unchanged: 0 }, at(0));
  watch({ offline: true, read: 0, unchanged: 0 }, at(5));
  watch({ offline: true, read: 0, unchanged: 0 }, at(10));
  watch({ offline: false, read: 0, unchanged: 0 }, at(11));
  watch({ offline: false, read: 0, unchanged: 2 }, at(15));
  expect(sentences).toEqual([
    expect.stringContaining("No site at all could be reached"),
    "Sites are reached again, after 10 minutes.",
  ]);
});

it("tells once a week how it went", async () => {
  const sentences: string[] = [];
  const week = () => tellOfWeek(stage.db, stage.clock(), (sentence) => sentences.push(sentence));
  await stage.tell();
  await stage.tell({ title: "Another" });
  await week();
  await week();
  stage.pass(8 * DAY_MS);
  await week();
  expect(sentences).toEqual([
    "Seven days: 2 new articles, 2 new stories, 0 posts, 0 dead letters. Of 2 feeds, 0 failing.",
    "Seven days: 0 new articles, 0 new stories, 0 posts, 0 dead letters. Of 2 feeds, 0 failing.",
  ]);
});
