import { afterEach, beforeEach, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING, type Filter, type Manner } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel, Message } from "#support/discord/discord.ts";
import { SOMEONE } from "#support/discord/world.ts";
import { deliverDue } from "#worker/deliver.ts";
import { oweDueReminders } from "#worker/reminders.ts";
import { createStoryMemory } from "#worker/story-memory.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
  await look();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

/** A worker looks at its clock. */
async function look(): Promise<void> {
  const { db, pack, clock, bug, bot } = stage;
  await oweDueReminders({ db, pack, clock, memory: createStoryMemory(pack) });
  await deliverDue({ db, pack, clock, bug }, bot, new AbortController().signal);
}

/** Some days pass, in each of which a worker looks three times, at 08:00 for one. */
async function pass(days: number): Promise<void> {
  for (let at = 0; at < 3 * days; at += 1) {
    stage.pass(8 * HOUR_MS);
    await look();
  }
}

/** A story of one article that sets what its text says; the stage's clock shows 24 November 2026, 08:00. */
async function told(text: string, given: Parameters<Stage["tell"]>[0] = {}) {
  const story = await stage.tell({ ...given, article: { text, ...given?.article } });
  const deadlines = deadlinesIn({ text, publishedAt: stage.clock(), firstSeenAt: stage.clock() });
  await saveDeadlines(stage.db, { id: story.leadArticleId, text, deadlines });
  return story;
}

const followed = (manner: Partial<Manner> = {}, filter: Partial<Filter> = {}, channel = stage.channel) =>
  createSubscription(
    stage.db,
    {
      guildId: channel.guildId,
      destination: channel.id,
      filter: { ...EVERYTHING, ...filter },
      createdBy: SOMEONE,
      manner: { ...AT_ONCE, ...manner },
    },
    stage.clock(),
  );

const type = (name: string, options = {}, channel: Channel = stage.channel) =>
  stage.discord.people.type(name, options, { channel });
const press = (message: Message | null, label: string, values?: readonly string[], channel: Channel = stage.channel) =>
  stage.discord.people.press(message!, label, { channel }, values);
const inChannel = () => stage.discord.messagesIn(stage.channel);
const direct = () => stage.discord.directOf(SOMEONE);

/** The card of a story, with what there is to be reminded of. */
async function cardOf({ id }: { readonly id: number }): Promise<Message> {
  await enqueue(stage.db, [{ storyId: id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await look();
  return inChannel().at(-1)!;
}

it("a channel is reminded in one message, posted once whatever answer is lost, with all deadlines a press away", async () => {
  await followed();
  const story = await told("Comments on the *draft* must be received by December 4, 2026.", { title: "Draft" });
  await told("A hearing is set for December 4, 2026.", { title: "Other" });
  await pass(8);
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await pass(1);
  const reminders = inChannel();
  expect(reminders.map(({ embeds: [embed] }) => embed?.title)).toEqual([
    "Reminder · 2 deadlines",
    "Reminder · 2 deadlines",
  ]);
  const [first] = reminders;
  expect(first?.content).toBe("4 Dec 2026: Comments close: Draft");
  expect(first?.embeds[0]?.description).toContain(
    "“Comments on the \\*draft\\* must be received by December 4, 2026.” [The Gazette](https://gazette.example/1)",
  );
  expect(first?.embeds[0]?.description).toContain(`Story ${story.id}: Draft`);
  const { message, ephemeral } = await press(first!, "All deadlines");
  expect(ephemeral).toBe(true);
  expect(message?.embeds[0]?.description).toContain("Hearing");
});

it("a channel where the bot may not post gets what stands then, once it may again", async () => {
  await followed();
  await told("A hearing is set for December 2, 2026.");
  await told("A vote is set for December 3, 2026.");
  stage.discord.deny(stage.channel, 1n << 11n);
  await pass(9);
  expect(inChannel()).toEqual([]);
  stage.discord.deny(stage.channel, 0n);
  await expect
    .poll(async () => {
      await look();
      return inChannel().length;
    })
    .toBe(1);
  expect(inChannel()[0]?.embeds[0]?.description).toMatch(/^(?!.*Hearing).*Vote/s);
});

it("a card with a day to come offers a reminder in a direct message, which can be taken back", async () => {
  const story = await told("A hearing is set for December 4, 2026.");
  const card = await cardOf(story);
  expect(JSON.stringify((await cardOf(await told("Nothing is to come."))).components)).not.toContain("Remind me");
  const done = await press(card, "Remind me");
  expect(done.ephemeral).toBe(true);
  expect(done.message?.content).toContain("7 days and 1 day before each date");
  const own = await type("deadlines", { mine: true });
  expect(own.message?.embeds[0]?.description).toContain(`Story ${story.id}`);
  expect((await press(card, "Remind me")).message?.content).toContain("already");
  await pass(4);
  expect(stage.discord.messagesIn(direct()).map(({ embeds }) => embeds[0]?.title)).toEqual(["Reminder · 1 deadline"]);
  const ended = await press(done.message, "Remind me no more");
  expect(ended.message?.content).toBe(`You are not reminded of story ${story.id}.`);
  await pass(8);
  expect(stage.discord.messagesIn(direct())).toHaveLength(1);
  expect((await type("deadlines", { mine: true })).message?.content).toContain("No day");
});

it("who takes no direct messages is reminded once they do again, and nothing that moves comes with it", async () => {
  const story = await told("A hearing is set for December 4, 2026.");
  const card = await cardOf(story);
  await press(card, "Remind me");
  stage.discord.refuseDirect(SOMEONE, 50007);
  await pass(3);
  expect(stage.discord.messagesIn(direct())).toEqual([]);
  const [own] = await subscriptionsOf(stage.db, { createdBy: SOMEONE });
  expect(own?.pauseReason).toContain("no direct messages");
  stage.discord.refuseDirect(SOMEONE, null);
  await press(card, "Remind me");
  await look();
  expect(stage.discord.messagesIn(direct())).toHaveLength(1);
});

it("following a story brings its dates beside what moves, and can be without them", async () => {
  const card = await cardOf(await told("A hearing is set for December 4, 2026."));
  await press((await press(card, "Follow this story")).message, "Direct message");
  expect((await press(card, "Remind me")).message?.content).toContain("already");
  const listed = await type("following", {}, direct());
  const [{ id } = { id: 0 }] = await subscriptionsOf(stage.db, { createdBy: SOMEONE });
  const detail = await press(listed.message, "Edit, pause, test or remove …", [String(id)], direct());
  const without = await press(detail.message, "No reminders", undefined, direct());
  expect(without.message?.content).toContain("no reminders");
  await pass(12);
  expect(stage.discord.messagesIn(direct())).toEqual([]);
});

it("/follow asks for reminders alone, or for none", async () => {
  for (const reminders of ["only", "off"]) {
    const { message } = await type("follow", { point: "penalties", reminders });
    await press(message, "Follow");
  }
  const rows = await subscriptionsOf(stage.db, { guildId: stage.guild.id });
  expect(rows.map(({ manner }) => manner.reminders)).toEqual(["only", "off"]);
  const { message } = await type("following");
  expect(message?.content).toContain("reminders of deadlines alone, at 08:00 (UTC)");
  expect(message?.content).toContain("each movement as it comes, no reminders");
});

it("/deadlines gives all that a request asks for, as a calendar file too, to those who may see it", async () => {
  const { id } = await followed({}, { words: ["fines"] });
  const elsewhere = await followed({}, {}, stage.operators);
  await told("A hearing is set for December 1, 2026.", { title: "On fines" });
  await told("A hearing is set for December 2, 2026.", { title: "On fees" });
  const list = await type("deadlines", { request: id });
  expect(list.message?.embeds[0]?.description).toContain("On fines");
  expect(list.message?.embeds[0]?.description).not.toContain("On fees");
  const file = await type("deadlines", { request: id, ics: true });
  expect(file.message?.files?.[0]?.text?.match(/SUMMARY:.*/g)?.map((line) => line.trim())).toEqual([
    "SUMMARY:Hearing: On fines",
  ]);
  const ask = (permissions: bigint) =>
    stage.discord.people.type("deadlines", { request: elsewhere.id }, { channel: stage.channel, permissions });
  expect((await ask(1n << 10n)).message?.content).toContain(`There is no request ${elsewhere.id} here`);
  expect((await ask((1n << 10n) | (1n << 5n))).message?.embeds[0]?.description).toContain("On fees");
  const { choices } = await stage.discord.people.complete("deadlines", "request", "", { channel: stage.channel });
  expect(choices.map(({ value }) => value)).toEqual([id, elsewhere.id]);
});
