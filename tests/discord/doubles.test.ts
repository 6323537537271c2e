import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Poster } from "#model/delivery.ts";
import { AT_ONCE, destinationOf, EVERYTHING, type Manner } from "#model/subscription.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision } from "#store/stories.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel } from "#support/discord/discord.ts";
import { SOMEONE } from "#support/discord/world.ts";
import { card } from "#support/samples.ts";
import { deliverDue } from "#worker/deliver.ts";

/*
 * A try whose answer was lost may have been carried out, or be carried out yet; and what is then allowed, or chosen, may be another
 * place than it was. Whichever place that try had, the post is seen once.
 */

const SAY = { route: "POST /channels/:/messages" };
const OPEN_POST = { route: "POST /channels/:/threads" };
const REFUSED = { kind: "error", status: 403, code: 50013 } as const;
const LATE = { kind: "late", afterMs: null } as const;
const CUT = { kind: "cut", when: "after" } as const;

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const deliver = (poster: Poster = stage.bot) => {
  const { db, pack, clock, bug } = stage;
  return deliverDue({ db, pack, clock, bug }, poster, new AbortController().signal);
};

const deliverFor = async (ms: number, everyMs = 10_000) => {
  for (let at = 0; at < ms; at += everyMs) {
    stage.pass(everyMs);
    await deliver();
  }
};

const owe = async (storyId: number, revision: number, { id: destination }: Channel) => {
  if (revision > 1) await addRevision(stage.db, { storyId, number: revision, at: stage.clock(), movements: [] });
  await enqueue(stage.db, [{ storyId, revision, destination, dueAt: stage.clock() }]);
};

const follow = ({ id: destination, guildId }: Channel, manner: Partial<Manner> = {}) =>
  createSubscription(
    stage.db,
    { guildId, destination, filter: EVERYTHING, createdBy: null, manner: { ...AT_ONCE, ...manner } },
    stage.clock(),
  );

/** A story whose first card stands, and whose next revision is owed. */
const movedStory = async (channel: Channel, manner: Partial<Manner> = {}): Promise<number> => {
  await follow(channel, manner);
  const { id } = await stage.tell();
  await owe(id, 1, channel);
  await deliver();
  stage.pass(MINUTE_MS);
  await owe(id, 2, channel);
  return id;
};

/** In a channel and in what is below it. */
const messagesOf = ({ id: channelId }: Channel) =>
  [...stage.discord.world.channels.values()]
    .filter(({ id, parentId }) => id === channelId || parentId === channelId)
    .flatMap(({ messages }) => messages);

/** The revisions that are seen there, in any order. */
const seenIn = (channel: Channel): string[] =>
  messagesOf(channel)
    .flatMap(({ components }) => JSON.stringify(components).match(/why:\d+:\d+/g) ?? [])
    .toSorted();

/** What the gateway says it says in order: the bot knows what came before this. */
const gatewayTold = () => stage.discord.people.type("points", {}, { channel: stage.channel });

const allOnce = (storyId: number) => [`why:${storyId}:1`, `why:${storyId}:2`];
const forum = () => stage.discord.addChannel(stage.guild, "forum", { type: 15 });

it("is said once where a thread takes it late and refuses the next try", async () => {
  const story = await movedStory(stage.channel, { threads: true });
  stage.discord.faults.next(LATE, SAY);
  await deliver();
  stage.discord.faults.next(REFUSED, SAY);
  await deliverFor(20_000);
  stage.discord.faults.finish();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(stage.channel)).toEqual(allOnce(story));
});

it("is said once where a thread refuses it, the channel takes it late, and the thread takes the next try", async () => {
  const story = await movedStory(stage.channel, { threads: true });
  stage.discord.faults.next(REFUSED, SAY);
  stage.discord.faults.next(LATE, SAY);
  await deliver();
  await deliverFor(20_000);
  stage.discord.faults.finish();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(stage.channel)).toEqual(allOnce(story));
});

it("is said once where it stands in a thread and the right to open threads is lost", async () => {
  const story = await movedStory(stage.channel, { threads: true });
  stage.discord.faults.next(CUT, SAY);
  await deliver();
  stage.discord.deny(stage.channel, PermissionFlagsBits.CreatePublicThreads);
  await gatewayTold();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(stage.channel)).toEqual(allOnce(story));
});

it("is said once where it stands in a thread and threads are wished no more", async () => {
  const story = await movedStory(stage.channel, { threads: true });
  stage.discord.faults.next(CUT, SAY);
  await deliver();
  await stage.db
    .updateTable("subscriptions")
    .set({ manner: JSON.stringify(AT_ONCE) })
    .execute();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(stage.channel)).toEqual(allOnce(story));
});

it("goes to the channel once the thread refused it and no earlier try may be carried out any more", async () => {
  const story = await movedStory(stage.channel, { threads: true });
  stage.discord.faults.next({ kind: "cut", when: "before" }, SAY);
  await deliver();
  stage.discord.faults.next(REFUSED, { ...SAY, times: 2 });
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(stage.channel)).toEqual(allOnce(story));
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(2);
  stage.pass(MINUTE_MS);
  await owe(story, 3, stage.channel);
  stage.discord.faults.next(REFUSED, SAY);
  await deliver();
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(3);
});

it("is said once where a post of a forum takes it late and refuses the next try", async () => {
  const place = forum();
  const story = await movedStory(place);
  stage.discord.faults.next(LATE, SAY);
  await deliver();
  stage.discord.faults.next(REFUSED, SAY);
  await deliverFor(20_000);
  stage.discord.faults.finish();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(place)).toEqual(allOnce(story));
});

it("begins no second forum post where the first was finished while it was looked for", async () => {
  const place = forum();
  await follow(place);
  const { id } = await stage.tell();
  await owe(id, 1, place);
  stage.discord.faults.next(LATE, OPEN_POST);
  await deliver();
  stage.pass(45_000);
  stage.discord.faults.plan = (route) => {
    if (route !== "GET /channels/:/threads/archived/public") return null;
    stage.discord.faults.finish();
    stage.pass(15_000);
    return null;
  };
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(place)).toEqual([`why:${id}:1`]);
});

/** A story's post in a forum that was made, though the answer was cut. */
async function lostForumPost() {
  const place = forum();
  await follow(place);
  const { id } = await stage.tell();
  await owe(id, 1, place);
  stage.discord.faults.next(CUT, OPEN_POST);
  await deliver();
  return { place, id };
}

it("knows a forum post again that was made under another name", async () => {
  const { place, id } = await lostForumPost();
  await stage.db.updateTable("stories").set({ title: "What the outlet calls it now" }).execute();
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(place)).toEqual([`why:${id}:1`]);
});

it("knows a forum post again below what else was posted there since", async () => {
  const { place, id } = await lostForumPost();
  for (let storyId = 101; storyId < 120; storyId += 1) {
    stage.pass(1_000);
    const claim = { deliveryId: storyId, storyId, revision: 1, destination: place.id, attempts: 1 };
    await stage.bot.post({ ...claim, messageId: null, sagaMessageId: null }, card({ storyId }));
  }
  await deliverFor(5 * MINUTE_MS);
  expect(seenIn(place).filter((mark) => mark === `why:${id}:1`)).toHaveLength(1);
  expect(seenIn(place)).toHaveLength(20);
});

it("knows a post again below what others said since", async () => {
  await follow(stage.channel);
  const { id } = await stage.tell();
  await owe(id, 1, stage.channel);
  stage.discord.faults.next(CUT, SAY);
  await deliver();
  for (let said = 0; said < 250; said += 1)
    stage.discord.say(stage.channel, { content: `Word ${said}`, components: [] });
  stage.pass(HOUR_MS);
  await deliver();
  expect(seenIn(stage.channel)).toEqual([`why:${id}:1`]);
});

it("is not said by a worker that was held up until another one had said it", async () => {
  await follow(stage.channel);
  const { id } = await stage.tell();
  await owe(id, 1, stage.channel);
  const { bot } = stage;
  await deliver({
    ...bot,
    async post(claim, card) {
      stage.pass(2 * MINUTE_MS);
      await deliver();
      stage.pass(10 * MINUTE_MS);
      return bot.post(claim, card);
    },
  });
  expect(seenIn(stage.channel)).toEqual([`why:${id}:1`]);
});

describe("a card that is shown anew below the old one, late or without an answer", () => {
  it.each([
    ["carried out at once", CUT],
    ["carried out late", LATE],
  ])("stands once, and is edited from then on: %s", async (_, fault) => {
    await follow(stage.channel);
    const { id } = await stage.tell();
    await owe(id, 1, stage.channel);
    await deliver();
    stage.discord.faults.next({ kind: "error", status: 400, code: 30046 }, { route: "PATCH /channels/:/messages/:" });
    stage.discord.faults.next(fault, SAY);
    await noteGrowth(stage.db, id, stage.clock());
    stage.pass(2 * MINUTE_MS);
    await deliver();
    stage.discord.faults.finish();
    await deliverFor(HOUR_MS, MINUTE_MS);
    expect(stage.discord.messagesIn(stage.channel).map(({ edits }) => edits.length)).toEqual([0, 1]);
  });
});

describe("what Discord carries out late is said once", () => {
  const late = async (place: Channel, route: { readonly route: string }) => {
    stage.discord.faults.next(LATE, route);
    await deliver();
    stage.discord.faults.next({ kind: "cut", when: "before" }, route);
    await deliverFor(20_000);
    stage.discord.faults.finish();
    await deliverFor(10 * MINUTE_MS);
    return messagesOf(place);
  };

  it.each([
    ["a digest", () => stage.channel, SAY],
    ["a digest in a forum", () => forum(), OPEN_POST],
  ] as const)("%s", async (_, at, route) => {
    const place = at();
    const subscription = await follow(place, { mode: "daily" });
    const { id: storyId } = await stage.tell();
    const owed = { storyId, revision: 1, destination: destinationOf(subscription), dueAt: stage.clock() };
    await enqueue(stage.db, [owed]);
    expect(await late(place, route)).toHaveLength(1);
  });

  it("that nothing moved, in a forum", async () => {
    const place = forum();
    const quiet = { subscriptionId: 1, destination: place.id, at: stage.clock(), read: 1, feeds: 1 };
    const say = () => stage.bot.postQuietDay(quiet);
    stage.discord.faults.next(LATE, OPEN_POST);
    expect((await say()).kind).toBe("retry");
    stage.pass(30_000);
    expect((await say()).kind).toBe("retry");
    stage.discord.faults.finish();
    stage.pass(MINUTE_MS);
    expect((await say()).kind).toBe("posted");
    expect(messagesOf(place)).toHaveLength(1);
  });

  it("a direct message", async () => {
    const direct = stage.discord.directOf(SOMEONE);
    await follow(direct);
    const { id } = await stage.tell();
    await owe(id, 1, direct);
    expect(await late(direct, SAY)).toHaveLength(1);
  });

  it("a reply", async () => {
    await movedStory(stage.channel);
    expect(await late(stage.channel, SAY)).toHaveLength(2);
  });
});
