import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claim, PostOutcome } from "#model/delivery.ts";
import {
  AT_ONCE,
  destinationOf,
  EVERYTHING,
  type Filter,
  type Manner,
  type Subscription,
} from "#model/subscription.ts";
import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { nextEditAt, noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { createSubscription, subscriptionById } from "#store/subscriptions.ts";
import { type Stage, setStage } from "#support/discord/bot.ts";
import type { Channel } from "#support/discord/discord.ts";
import { SOMEONE } from "#support/discord/world.ts";
import { card } from "#support/samples.ts";
import { deliverDue } from "#worker/deliver.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  expect(stage.discord.violations).toEqual([]);
  await stage.close();
});

const claim = (destination: Channel, given: Partial<Claim> = {}): Claim => ({
  deliveryId: 1,
  storyId: 7,
  revision: 1,
  destination: destination.id,
  attempts: 1,
  messageId: null,
  sagaMessageId: null,
  ...given,
});

const idOf = (outcome: PostOutcome) => (outcome.kind === "posted" ? outcome.messageId : null);

const followed = (
  channel: Channel,
  manner: Partial<Manner> = {},
  filter: Partial<Filter> = {},
): Promise<Subscription> =>
  createSubscription(
    stage.db,
    {
      guildId: stage.guild.id,
      destination: channel.id,
      filter: { ...EVERYTHING, ...filter },
      createdBy: "900000000000000003",
      manner: { ...AT_ONCE, ...manner },
    },
    stage.clock(),
  );

const deliver = () =>
  deliverDue(
    { db: stage.db, pack: stage.pack, clock: stage.clock, bug: stage.bug },
    stage.bot,
    new AbortController().signal,
  );

describe("a forum", () => {
  const threadsOf = (forum: Channel) =>
    [...stage.discord.world.channels.values()].filter(({ parentId }) => parentId === forum.id);

  it("gets a post a story, tagged by friction point, and later movements inside it", async () => {
    const tags = [
      { id: "11111", name: "Elsewhere" },
      { id: "22222", name: "penalties and fines" },
    ];
    const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15, tags, requireTag: true });
    const first = idOf(await stage.bot.post(claim(forum), card()));
    const [thread] = threadsOf(forum);
    expect(thread).toMatchObject({ name: "Department weighs penalty", appliedTags: ["22222"] });
    thread!.archived = true;
    const second = idOf(await stage.bot.post(claim(forum, { revision: 2, messageId: first }), card({ revision: 2 })));
    expect(thread!.messages).toHaveLength(2);
    expect(second).toBe(`${thread!.id}/${thread!.messages[1]!.id}`);
    const third = await stage.bot.post(claim(forum, { revision: 3, messageId: second }), card({ revision: 3 }));
    expect(third.kind).toBe("posted");
    expect(threadsOf(forum)).toHaveLength(1);
  });

  it("gets one post when the answer to the first try is lost", async () => {
    const forum = stage.discord.addChannel(stage.guild, "forum", { type: 15 });
    stage.discord.faults.next({ kind: "status", status: 502, when: "after" }, { route: "POST /channels/:/threads" });
    expect((await stage.bot.post(claim(forum), card())).kind).toBe("retry");
    expect((await stage.bot.post(claim(forum, { attempts: 2 }), card())).kind).toBe("posted");
    expect(threadsOf(forum)).toHaveLength(1);
  });

  it("takes any tag when it wants one and none fits, and a new post when the old one was deleted", async () => {
    const forum = stage.discord.addChannel(stage.guild, "forum", {
      type: 15,
      tags: [{ id: "11111", name: "Other" }],
      requireTag: true,
    });
    const first = idOf(await stage.bot.post(claim(forum), card()));
    expect(threadsOf(forum)[0]?.appliedTags).toEqual(["11111"]);
    stage.discord.removeChannel(threadsOf(forum)[0]!);
    expect((await stage.bot.post(claim(forum, { revision: 2, messageId: first }), card({ revision: 2 }))).kind).toBe(
      "posted",
    );
    expect(threadsOf(forum)).toHaveLength(1);
  });
});

it("puts later movements into a thread under the first card where the channel wants that", async () => {
  await followed(stage.channel, { threads: true });
  const first = idOf(await stage.bot.post(claim(stage.channel), card()));
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages/:/threads" });
  const movement = claim(stage.channel, { revision: 2, messageId: first });
  expect((await stage.bot.post(movement, card({ revision: 2 }))).kind).toBe("retry");
  const second = idOf(await stage.bot.post({ ...movement, attempts: 2 }, card({ revision: 2 })));
  expect(second).toMatch(new RegExp(`^${first}/`));
  await stage.bot.post(claim(stage.channel, { revision: 3, messageId: second }), card({ revision: 3 }));
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
  expect(stage.discord.world.channels.get(first!)?.messages).toHaveLength(2);
  // Another development of the dispute stands in the channel: it answers the message under which that thread is.
  await stage.bot.post(claim(stage.channel, { storyId: 8, sagaMessageId: second }), card({ storyId: 8 }));
  expect(stage.discord.messagesIn(stage.channel)[1]).toMatchObject({ replyTo: first });
});

it("publishes in an announcement channel, as often as Discord allows", async () => {
  const channel = stage.discord.addChannel(stage.guild, "announcements", { type: 5 });
  for (let storyId = 1; storyId <= 11; storyId += 1)
    await stage.bot.post(claim(channel, { storyId }), card({ storyId }));
  expect(stage.discord.messagesIn(channel)).toHaveLength(11);
  expect(stage.discord.world.crossposts).toHaveLength(10);
});

it("mentions one role at most once an hour, and nothing else", async () => {
  await followed(stage.channel, { mention: "123456789012345678" });
  await stage.bot.post(claim(stage.channel, { storyId: 1 }), card({ storyId: 1, title: "@everyone look" }));
  await stage.bot.post(claim(stage.channel, { deliveryId: 2, storyId: 2 }), card({ storyId: 2 }));
  stage.pass(HOUR_MS);
  await stage.bot.post(claim(stage.channel, { deliveryId: 3, storyId: 3 }), card({ storyId: 3 }));
  const created = stage.discord.received
    .filter(({ route }) => route === "POST /channels/:/messages")
    .map(({ body }) => body);
  expect(created).toMatchObject([
    {
      content: expect.stringMatching(/^<@&123456789012345678> /),
      allowed_mentions: { parse: [], roles: ["123456789012345678"] },
    },
    { content: expect.not.stringContaining("<@&"), allowed_mentions: { parse: [] } },
    {
      content: expect.stringMatching(/^<@&123456789012345678> /),
      allowed_mentions: { parse: [], roles: ["123456789012345678"] },
    },
  ]);
});

it("mentions the role where the first try of a post failed", async () => {
  await followed(stage.channel, { mention: "123456789012345678" });
  stage.discord.faults.next({ kind: "status", status: 502, when: "before" }, { route: "POST /channels/:/messages" });
  await stage.bot.post(claim(stage.channel), card());
  await stage.bot.post(claim(stage.channel, { attempts: 2 }), card());
  expect(stage.discord.messagesIn(stage.channel)).toMatchObject([
    { content: expect.stringMatching(/^<@&123456789012345678> /) },
  ]);
});

it("edits the card of a story that grew, in place", async () => {
  const story = await stage.tell();
  await followed(stage.channel);
  await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await deliver();
  await noteGrowth(stage.db, story.id, stage.clock());
  stage.pass(2 * MINUTE_MS);
  await deliver();
  const [message] = stage.discord.messagesIn(stage.channel);
  expect(message?.edits).toHaveLength(1);
  await deliver();
  expect(message?.edits).toHaveLength(1);
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
});

it("comes back to a grown card whose edit met a refused token", async () => {
  const story = await stage.tell();
  await followed(stage.channel);
  await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await deliver();
  await noteGrowth(stage.db, story.id, stage.clock());
  stage.pass(2 * MINUTE_MS);
  stage.discord.faults.next({ kind: "error", status: 401, code: 0 }, { route: "PATCH /channels/:/messages/:" });
  await deliver();
  expect(await nextEditAt(stage.db)).toEqual(new Date(stage.clock().getTime() + 5 * MINUTE_MS));
});

it("shows a grown card anew, once, where Discord lets the old one be edited no more, and edits that from then on", async () => {
  const story = await stage.tell();
  await followed(stage.channel);
  await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await deliver();
  const grow = async () => {
    await noteGrowth(stage.db, story.id, stage.clock());
    stage.pass(2 * MINUTE_MS);
    await deliver();
  };
  stage.discord.faults.next({ kind: "error", status: 429, code: 30046 }, { route: "PATCH /channels/:/messages/:" });
  stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
  await grow();
  stage.pass(HOUR_MS);
  await deliver();
  const [card, anew, ...more] = stage.discord.messagesIn(stage.channel);
  expect(anew).toMatchObject({ replyTo: card?.id });
  await grow();
  expect(anew?.edits).toHaveLength(2);
  expect(card?.edits).toHaveLength(0);
  expect(more).toEqual([]);
});

describe("a digest", () => {
  it("is one message for all that is due, the furthest first, and survives a lost answer", async () => {
    const subscription = await followed(stage.channel, { mode: "daily" });
    const stories = [
      await stage.tell({ title: "Weighs" }),
      await stage.tell({ title: "Enacts", stage: "enacted" }),
      await stage.tell({ title: "Third", articleCount: 4 }),
    ];
    const owed = stories.map(({ id }) => ({
      storyId: id,
      revision: 1,
      destination: destinationOf(subscription),
      dueAt: stage.clock(),
    }));
    await enqueue(stage.db, owed);
    stage.discord.faults.next({ kind: "cut", when: "after" }, { route: "POST /channels/:/messages" });
    await deliver();
    stage.pass(HOUR_MS);
    await deliver();
    const messages = stage.discord.messagesIn(stage.channel);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.embeds[0]?.title).toBe("Daily digest · 3 developments in 6 articles");
    const text = String(messages[0]?.embeds[0]?.description);
    expect(text.indexOf("Enacts")).toBeLessThan(text.indexOf("Third"));
    expect(text.indexOf("Third")).toBeLessThan(text.indexOf("Weighs"));
    const all = await stage.discord.people.press(messages[0]!, "All 3", { channel: stage.channel });
    expect(all.message).toMatchObject({ flags: 64, embeds: [{ title: "All of this digest" }] });
    expect(String(all.message?.embeds[0]?.description)).toContain("Weighs");
    await deliver();
    expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
  });
});

it("a digest puts first, of what has come as far, the development that was asked for most", async () => {
  const subscription = await followed(stage.channel, { mode: "daily" }, { points: ["audit-scope"] });
  const stories = [
    await stage.tell({ title: "On both", points: ["penalties", "audit-scope"] }),
    await stage.tell({ title: "Apart", points: ["penalties"], articleCount: 9 }),
    await stage.tell({ title: "As asked", points: ["audit-scope"] }),
  ];
  const to = { revision: 1, destination: destinationOf(subscription), dueAt: stage.clock() };
  await enqueue(
    stage.db,
    stories.map(({ id }) => ({ storyId: id, ...to })),
  );
  await deliver();
  const lines = String(stage.discord.messagesIn(stage.channel)[0]?.embeds[0]?.description).split("\n");
  expect(lines.map((line) => /As asked|On both|Apart/.exec(line)?.[0])).toEqual(["As asked", "On both", "Apart"]);
});

it("goes on when somebody resumes by hand what the gateway tells nothing of", async () => {
  const story = await stage.tell();
  const direct = stage.discord.directOf(SOMEONE);
  const filter = { ...EVERYTHING, stories: [story.id] };
  const wanted = { guildId: null, destination: direct.id, filter, createdBy: SOMEONE };
  const subscription = await createSubscription(stage.db, wanted, stage.clock());
  stage.discord.refuseDirect(SOMEONE, 50007);
  await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: direct.id, dueAt: stage.clock() }]);
  await deliver();
  stage.discord.refuseDirect(SOMEONE, null);
  const where = { channel: direct };
  const list = await stage.discord.people.type("following", {}, where);
  const id = [String(subscription.id)];
  const detail = await stage.discord.people.press(list.message!, "Edit, pause, test or remove …", where, id);
  expect(detail.message?.content).toContain("**Paused**");
  await stage.discord.people.press(detail.message!, "Resume", where);
  await deliver();
  expect(stage.discord.messagesIn(direct).filter(({ embeds }) => embeds.length > 0)).toHaveLength(1);
});

it("pauses a channel that it may not post to, tells who followed, and goes on by itself when it may", async () => {
  const story = await stage.tell();
  const subscription = await followed(stage.channel);
  stage.discord.deny(stage.channel, PermissionFlagsBits.SendMessages);
  await enqueue(stage.db, [{ storyId: story.id, revision: 1, destination: stage.channel.id, dueAt: stage.clock() }]);
  await deliver();
  expect(await subscriptionById(stage.db, subscription.id)).toMatchObject({
    pauseReason: expect.stringContaining("Send Messages"),
  });
  const direct = () =>
    [...stage.discord.world.channels.values()].filter(({ type }) => type === 1).flatMap(({ messages }) => messages);
  await expect.poll(() => direct()[0]?.content).toContain("are paused");
  stage.discord.deny(stage.channel, 0n);
  await expect.poll(async () => (await subscriptionById(stage.db, subscription.id))?.pausedAt).toBeNull();
  await deliver();
  expect(stage.discord.messagesIn(stage.channel)).toHaveLength(1);
});
