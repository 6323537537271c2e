import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AT_ONCE, destinationOf, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel } from "#support/discord/discord.ts";
import { deliverDue } from "#worker/deliver.ts";

const OPEN = { route: "POST /channels/:/threads" };
const PUBLISH = { route: "POST /channels/:/messages/:/crosspost" };

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const deliver = () => {
  const { db, pack, clock, bug, bot } = stage;
  return deliverDue({ db, pack, clock, bug }, bot, new AbortController().signal);
};

const deliverFor = async (ms: number, everyMs = 10_000) => {
  for (let at = 0; at < ms; at += everyMs) {
    stage.pass(everyMs);
    await deliver();
  }
};

const owe = async (channel: Channel) => {
  const { id } = await stage.tell();
  await enqueue(stage.db, [{ storyId: id, revision: 1, destination: channel.id, dueAt: stage.clock() }]);
  return id;
};

const oweDigest = async (channel: Channel, stories: number) => {
  const wanted = { guildId: channel.guildId, destination: channel.id, filter: EVERYTHING, createdBy: null };
  const subscription = await createSubscription(
    stage.db,
    { ...wanted, manner: { ...AT_ONCE, mode: "daily" } },
    stage.clock(),
  );
  const destination = destinationOf(subscription);
  for (let count = 0; count < stories; count += 1) {
    const { id } = await stage.tell({ title: `Development ${count}` });
    await enqueue(stage.db, [{ storyId: id, revision: 1, destination, dueAt: stage.clock() }]);
  }
};

const threadsOf = (forum: Channel) =>
  [...stage.discord.world.channels.values()].filter(({ parentId }) => parentId === forum.id);
const requests = (route: string) => stage.discord.received.filter((one) => one.route === route).length;
const forum = (given = {}) => stage.discord.addChannel(stage.guild, "forum", { type: 15, ...given });

describe("a forum post that Discord finishes late", () => {
  it.each([14_000, 50_000])("by %i ms is one", async (lateMs) => {
    const place = forum();
    await owe(place);
    stage.discord.faults.next({ kind: "late", afterMs: null }, OPEN);
    await deliver();
    await deliverFor(lateMs);
    expect(requests(OPEN.route)).toBe(1);
    stage.discord.faults.finish();
    await deliverFor(5 * MINUTE_MS);
    expect(threadsOf(place)).toHaveLength(1);
    expect(requests(OPEN.route)).toBe(1);
  });

  it("is known again though a moderator closed it at once", async () => {
    const place = forum();
    await owe(place);
    stage.discord.faults.next({ kind: "cut", when: "after" }, OPEN);
    await deliver();
    threadsOf(place)[0]!.archived = true;
    await deliverFor(5 * MINUTE_MS);
    expect(threadsOf(place)).toHaveLength(1);
  });

  it("is asked for again when Discord never does", async () => {
    const place = forum();
    await owe(place);
    stage.discord.faults.next({ kind: "cut", when: "before" }, OPEN);
    await deliver();
    await deliverFor(5 * MINUTE_MS);
    expect(threadsOf(place)).toHaveLength(1);
  });

  it("waits for nothing where Discord said that it did not", async () => {
    const place = forum();
    await owe(place);
    stage.discord.faults.next({ kind: "rate-limit", scope: "shared", retryAfterMs: 50 }, OPEN);
    await deliver();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await deliverFor(10_000);
    expect(threadsOf(place)).toHaveLength(1);
  });
});

it("posts a digest into a forum as a post of its own, also beside one whose first message somebody deleted", async () => {
  const place = forum({ tags: [{ id: "11111", name: "Any" }], requireTag: true });
  await oweDigest(place, 2);
  await deliver();
  const [first] = threadsOf(place);
  expect(first).toMatchObject({ name: "Daily digest · 2 developments", appliedTags: ["11111"] });
  first!.messages.splice(0);
  await oweDigest(place, 2);
  stage.discord.faults.next({ kind: "cut", when: "after" }, OPEN);
  await deliver();
  await deliverFor(5 * MINUTE_MS);
  expect(threadsOf(place).map(({ messages }) => messages.length)).toEqual([0, 1]);
});

it("sets no tag that only moderators may set, and none that is gone", async () => {
  const tags = [
    { id: "11111", name: "Penalties and fines", moderated: true },
    { id: "22222", name: "Other" },
  ];
  const place = forum({ tags, requireTag: true });
  await owe(place);
  await deliver();
  expect(threadsOf(place)).toMatchObject([{ appliedTags: ["22222"] }]);
  const changed = forum({ tags: [{ id: "33333", name: "Threatened" }] });
  await stage.discord.people.type("points", {}, { channel: stage.channel });
  (changed.tags as { id: string; name: string }[]).splice(0);
  await owe(changed);
  await deliver();
  expect(threadsOf(changed)).toMatchObject([{ appliedTags: [] }]);
});

describe("what an announcement channel publishes", () => {
  it.each([
    ["a server in trouble", { kind: "status", status: 502, when: "before" }],
    ["an answer that is lost", { kind: "cut", when: "after" }],
    ["a rate limit", { kind: "rate-limit", scope: "shared", retryAfterMs: 50 }],
  ] as const)("is published after %s, and posted once", async (_, fault) => {
    const channel = stage.discord.addChannel(stage.guild, "announcements", { type: 5 });
    await owe(channel);
    stage.discord.faults.next(fault, PUBLISH);
    await deliver();
    expect(stage.discord.messagesIn(channel)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await deliverFor(5 * MINUTE_MS);
    expect(stage.discord.world.crossposts).toEqual([stage.discord.messagesIn(channel)[0]?.id]);
    expect(stage.discord.messagesIn(channel)).toHaveLength(1);
    const asked = requests(PUBLISH.route);
    await deliverFor(HOUR_MS, MINUTE_MS);
    expect(requests(PUBLISH.route)).toBe(asked);
  });

  it("waits for the next hour beyond what Discord grants, a digest too, and no edit publishes twice", async () => {
    const channel = stage.discord.addChannel(stage.guild, "announcements", { type: 5 });
    const stories: number[] = [];
    for (let count = 0; count < 12; count += 1) stories.push(await owe(channel));
    await deliverFor(MINUTE_MS);
    expect(stage.discord.messagesIn(channel)).toHaveLength(12);
    expect(stage.discord.world.crossposts).toHaveLength(10);
    await oweDigest(channel, 1);
    await deliverFor(2 * HOUR_MS, MINUTE_MS);
    expect(new Set(stage.discord.world.crossposts).size).toBe(13);
    const asked = requests(PUBLISH.route);
    for (const story of stories) await noteGrowth(stage.db, story, stage.clock());
    await deliverFor(5 * MINUTE_MS, MINUTE_MS);
    expect(requests(PUBLISH.route)).toBe(asked);
    expect(stage.discord.messagesIn(channel)).toHaveLength(13);
  });
});
