import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AT_ONCE, EVERYTHING, type Manner } from "#model/subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { deliveryCounts } from "#store/outbox/deliveries.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { addRevision } from "#store/stories.ts";
import { createSubscription, subscriptionById } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel } from "#support/discord/discord.ts";
import { SOMEONE } from "#support/discord/world.ts";
import { deliverDue } from "#worker/deliver.ts";

const { SendMessages, SendMessagesInThreads, CreatePublicThreads, ReadMessageHistory, ViewChannel } =
  PermissionFlagsBits;

const CREATE = { route: "POST /channels/:/messages" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const follow = ({ id, guildId }: Channel, manner: Partial<Manner> = {}) =>
  createSubscription(
    stage.db,
    { guildId, destination: id, filter: EVERYTHING, createdBy: SOMEONE, manner: { ...AT_ONCE, ...manner } },
    stage.clock(),
  );

const owe = async (channel: Channel, storyId?: number, revision = 1): Promise<number> => {
  const id = storyId ?? (await stage.tell()).id;
  if (revision > 1) await addRevision(stage.db, { storyId: id, number: revision, at: stage.clock(), movements: [] });
  await enqueue(stage.db, [{ storyId: id, revision, destination: channel.id, dueAt: stage.clock() }]);
  return id;
};

const deliver = () => {
  const { db, pack, clock, bug, bot } = stage;
  return deliverDue({ db, pack, clock, bug }, bot, new AbortController().signal);
};

/** What is seen once more has been delivered. */
const delivered =
  <T>(look: () => T) =>
  async () => {
    await deliver();
    return look();
  };

/** Minute by minute, as the program would; what it does beside its posts is over when this is. */
const deliverFor = async (ms: number) => {
  for (let at = 0; at < ms; at += MINUTE_MS) {
    stage.pass(MINUTE_MS);
    await deliver();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const held = async () => (await deliveryCounts(stage.db)).held;

const told = () =>
  [...stage.discord.world.channels.values()].filter(({ type }) => type === 1).flatMap(({ messages }) => messages);
const shown = (channel: Channel = stage.channel) => stage.discord.messagesIn(channel);
const threadsOf = (channel: Channel) =>
  [...stage.discord.world.channels.values()].filter(({ parentId }) => parentId === channel.id);
const requests = (route: string) => stage.discord.received.filter((one) => one.route === route);

describe("a refusal that no right explains", () => {
  it.each([
    ["a moderator's doing that Discord does not tell of", 50013],
    ["a block of the address", 40333],
    ["a check of a code that is new", 59999],
  ])("%s is tried again ever later, pauses nothing and is told once", async (_, code) => {
    const subscription = await follow(stage.channel);
    await owe(stage.channel);
    stage.discord.faults.plan = (route) => (route === CREATE.route ? { kind: "error", status: 403, code } : null);
    await deliver();
    await deliverFor(5 * HOUR_MS);
    expect(requests(CREATE.route).length).toBeLessThan(code === 40333 ? 60 : 45);
    expect(await subscriptionById(stage.db, subscription.id)).toMatchObject({ pausedAt: null });
    // The direct message meets the same refusal.
    expect(requests("POST /users/@me/channels").length).toBeLessThanOrEqual(1);
    stage.discord.faults.plan = null;
    await deliverFor(HOUR_MS);
    expect(shown()).toHaveLength(1);
  });

  it("is told to those who followed, with no right that would be missing", async () => {
    await follow(stage.channel);
    await owe(stage.channel);
    stage.discord.faults.plan = (route, path) =>
      route === CREATE.route && path.includes(stage.channel.id) ? { kind: "error", status: 403, code: 50013 } : null;
    await deliver();
    await deliverFor(12 * HOUR_MS);
    expect(told().map(({ content }) => content)).toEqual([
      expect.stringContaining("no permission that Policywire needs is missing"),
    ]);
    await deliverFor(13 * HOUR_MS);
    expect(told()).toHaveLength(2);
  });
});

describe("a bot that a moderator has timed out", () => {
  it("asks for nothing meanwhile, says so once for all channels, and goes on when it is over", async () => {
    const other = stage.discord.addChannel(stage.guild, "other");
    for (const channel of [stage.channel, other]) {
      await follow(channel);
      await owe(channel);
    }
    const until = new Date(stage.clock().getTime() + 2 * DAY_MS);
    stage.discord.timeOut(stage.guild, until);
    await expect.poll(delivered(held)).toBe(2);
    await expect.poll(told).toHaveLength(1);
    expect(told()[0]?.content).toContain("timed Policywire out");
    const asked = requests(CREATE.route).length;
    await deliverFor(HOUR_MS);
    expect(requests(CREATE.route)).toHaveLength(asked);
    stage.pass(2 * DAY_MS);
    await expect.poll(delivered(() => [...shown(), ...shown(other)])).toHaveLength(2);
    expect(told()).toHaveLength(1);
  });
});

it("names the right that is missing, once a day, and asks Discord for nothing meanwhile", async () => {
  const channel = stage.discord.addChannel(stage.guild, "mute", { deny: SendMessages });
  await follow(channel);
  await expect.poll(async () => (await stage.discord.people.type("points", {}, { channel })).message).not.toBeNull();
  for (let count = 0; count < 3; count += 1) await owe(channel);
  await deliver();
  await deliverFor(HOUR_MS);
  await expect.poll(told).toHaveLength(1);
  expect(told()[0]?.content).toContain("are paused. Policywire lacks Send Messages in this channel.");
  stage.discord.deny(channel, 0n);
  await expect.poll(delivered(() => shown(channel))).toHaveLength(3);
  stage.discord.deny(channel, SendMessages);
  await owe(channel);
  await expect.poll(delivered(held)).toBe(1);
  expect(told()).toHaveLength(1);
});

describe("a thread that a moderator closed and locked", () => {
  it("never stops its forum: what moves is posted anew, and other stories go on", async () => {
    const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15 });
    const subscription = await follow(forum);
    const story = await owe(forum);
    await deliver();
    const [thread] = threadsOf(forum);
    stage.discord.moderate(thread!, { archived: true, locked: true });
    await owe(forum, story, 2);
    await owe(forum);
    await deliver();
    expect(threadsOf(forum).map(({ messages }) => messages.length)).toEqual([1, 1, 1]);
    await owe(forum, story, 3);
    await deliver();
    expect(threadsOf(forum).map(({ messages }) => messages.length)).toEqual([1, 2, 1]);
    expect(await subscriptionById(stage.db, subscription.id)).toMatchObject({ pausedAt: null });
    expect(told()).toEqual([]);
  });

  it("gives way to the channel, once, also when the answer is lost", async () => {
    await follow(stage.channel, { threads: true });
    const story = await owe(stage.channel);
    await deliver();
    await owe(stage.channel, story, 2);
    await deliver();
    stage.discord.moderate(threadsOf(stage.channel)[0]!, { locked: true });
    await owe(stage.channel, story, 3);
    // Refused in the thread, and then done in the channel with the answer lost.
    stage.discord.faults.plan = (route, path) => {
      if (route !== CREATE.route || !path.includes(stage.channel.id)) return null;
      stage.discord.faults.plan = null;
      return { kind: "cut", when: "after" };
    };
    await deliver();
    await deliverFor(10 * MINUTE_MS);
    expect(shown().map(({ replyTo }) => replyTo)).toEqual([null, shown()[0]?.id]);
  });

  it("keeps what is owed to itself until it is open again, and says why", async () => {
    await follow(stage.channel, { threads: true });
    const story = await owe(stage.channel);
    await deliver();
    await owe(stage.channel, story, 2);
    await deliver();
    const [thread] = threadsOf(stage.channel);
    stage.discord.moderate(thread!, { archived: true, locked: true });
    const subscription = await follow(thread!);
    await owe(thread!);
    await deliver();
    expect(await subscriptionById(stage.db, subscription.id)).toMatchObject({
      pauseReason: expect.stringContaining("locked"),
    });
    stage.discord.moderate(thread!, { archived: false, locked: false });
    await expect.poll(delivered(() => shown(thread!))).toHaveLength(2);
  });

  it("lets a card in it wait for its edit, and be edited when it is open", async () => {
    const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15 });
    const story = await owe(forum);
    await deliver();
    const [thread] = threadsOf(forum);
    stage.discord.moderate(thread!, { archived: true, locked: true });
    await noteGrowth(stage.db, story, stage.clock());
    await deliverFor(HOUR_MS);
    expect(requests("PATCH /channels/:/messages/:").length).toBeLessThanOrEqual(1);
    expect(stage.logged.map(({ message }) => message)).toContain("a card cannot be edited for now");
    stage.discord.moderate(thread!, { locked: false });
    await deliverFor(6 * HOUR_MS);
    expect(thread!.messages[0]?.edits).toHaveLength(1);
  });
});

it("opens an archived thread for an edit", async () => {
  const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15 });
  const story = await owe(forum);
  await deliver();
  const [thread] = threadsOf(forum);
  thread!.archived = true;
  await noteGrowth(stage.db, story, stage.clock());
  await deliverFor(3 * MINUTE_MS);
  expect(thread!.messages[0]?.edits).toHaveLength(1);
});

describe("an act that takes a right which is missing", () => {
  it.each([
    ["a reply", ReadMessageHistory, {}],
    ["a thread", CreatePublicThreads, { threads: true }],
    ["a post in a thread", SendMessagesInThreads, { threads: true }],
  ] as const)("%s becomes a post in the channel", async (what, right, manner) => {
    const channel = stage.discord.addChannel(stage.guild, "poor", { deny: right });
    await follow(channel, manner);
    const story = await owe(channel);
    await deliver();
    await owe(channel, story, 2);
    await deliver();
    expect(shown(channel).map(({ replyTo }) => replyTo)).toEqual([
      null,
      what === "a reply" ? null : shown(channel)[0]?.id,
    ]);
    expect(threadsOf(channel).flatMap(({ messages }) => messages)).toEqual([]);
    expect(told()).toEqual([]);
  });

  it("stands alone where Discord did not tell yet that one may not reply", async () => {
    const story = await owe(stage.channel);
    await deliver();
    stage.discord.faults.next({ kind: "error", status: 403, code: 160002 }, CREATE);
    await owe(stage.channel, story, 2);
    await deliver();
    expect(shown()[1]).toMatchObject({ replyTo: null });
  });
});

it("gives up a message that the server's own moderation stops, and goes on", async () => {
  await follow(stage.channel);
  stage.discord.faults.next({ kind: "error", status: 400, code: 200000 }, CREATE);
  await owe(stage.channel);
  await owe(stage.channel);
  await deliver();
  expect(shown()).toHaveLength(1);
  expect((await deliveryCounts(stage.db)).dead).toBe(1);
});

describe("direct messages that are closed", () => {
  it.each([50007, 50278, 340013])("(%i) wait, and go on by themselves", async (code) => {
    const direct = await stage.discord.people.type("points", {}, { channel: stage.channel });
    expect(direct.message).not.toBeNull();
    const story = await stage.tell();
    const { card } = await posted(story.id);
    const where = await stage.discord.people.press(card, "Follow this story", { channel: stage.channel });
    await stage.discord.people.press(where.message!, "Direct message", { channel: stage.channel });
    const [channel] = [...stage.discord.world.channels.values()].filter(({ type }) => type === 1);
    stage.discord.refuseDirect(SOMEONE, code);
    await owe(channel!, story.id, 2);
    await deliver();
    expect(await held()).toBe(1);
    stage.discord.refuseDirect(SOMEONE, null);
    stage.pass(7 * HOUR_MS);
    await expect.poll(delivered(() => shown(channel!))).toHaveLength(1);
  });

  it("go on at once when one asks again", async () => {
    const story = await stage.tell();
    const { card } = await posted(story.id);
    const ask = async () => {
      const where = await stage.discord.people.press(card, "Follow this story", { channel: stage.channel });
      await stage.discord.people.press(where.message!, "Direct message", { channel: stage.channel });
    };
    await ask();
    const [channel] = [...stage.discord.world.channels.values()].filter(({ type }) => type === 1);
    stage.discord.refuseDirect(SOMEONE, 50007);
    await owe(channel!, story.id, 2);
    await deliver();
    stage.discord.refuseDirect(SOMEONE, null);
    await ask();
    await deliver();
    expect(shown(channel!)).toHaveLength(1);
  });
});

async function posted(storyId: number) {
  await owe(stage.channel, storyId);
  await deliver();
  return { card: shown().at(-1)! };
}

it("looks before it asks: a channel that it cannot see is named so", async () => {
  const channel = stage.discord.addChannel(stage.guild, "hidden", { deny: ViewChannel });
  const subscription = await follow(channel);
  await owe(channel);
  await stage.discord.people.type("points", {}, { channel: stage.channel });
  await deliver();
  expect(await subscriptionById(stage.db, subscription.id)).toMatchObject({
    pauseReason: "Policywire lacks View Channel in this channel.",
  });
  expect(requests(CREATE.route)).toEqual([]);
});
