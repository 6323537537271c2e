import { expect, test } from "vitest";
import { EVERYTHING, TERMINAL } from "#model/subscription.ts";
import type { Db } from "#store/engine/database.ts";
import { claimDueFeeds } from "#store/feeds.ts";
import { CLAIM_MS, claimDue, releaseClaims, settle } from "#store/outbox/claims.ts";
import { destinationsTold, nextDeliveryAt, postedAmong } from "#store/outbox/deliveries.ts";
import { claimGrownCards, noteGrowth } from "#store/outbox/growth.ts";
import { enqueue, removeDestination, resumeDestination } from "#store/outbox/owed.ts";
import { openStory, storyById } from "#store/stories.ts";
import { createSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("the outbox", (databases) => {
  const lapsed = new Date(NOON.getTime() + CLAIM_MS);
  const withStory = async () => {
    const { db } = await databases.open();
    return { db, storyId: (await storedStory(db)).id };
  };
  const owe = (db: Db, storyId: number, revision: number, destination = "here", dueAt = NOON) =>
    enqueue(db, [{ storyId, revision, destination, dueAt }]);

  test("owes a story revision to a destination once", async () => {
    const { db, storyId } = await withStory();
    expect(await owe(db, storyId, 1)).toBe(1);
    expect(await owe(db, storyId, 1, "here", minutes(5))).toBe(0);
    expect(await owe(db, storyId, 1, "there")).toBe(1);
    expect(await enqueue(db, [])).toBe(0);
    expect(await claimDue(db, NOON, 10)).toHaveLength(2);
  });

  test("knows where one of several stories was posted or is due, and not where it was dropped", async () => {
    const { db, storyId } = await withStory();
    for (const destination of ["posted", "dead", "due"]) {
      await owe(db, storyId, 1, destination);
      if (destination === "due") break;
      const [claim] = await claimDue(db, NOON, 1);
      const outcome =
        destination === "posted"
          ? { kind: "posted" as const, messageId: "m" }
          : { kind: "rejected" as const, reason: "" };
      await settle(db, claim!, outcome, NOON);
    }
    expect(await destinationsTold(db, [storyId])).toEqual(new Set(["posted", "due"]));
    expect(await destinationsTold(db, [storyId + 1])).toEqual(new Set());
    expect(await postedAmong(db, [storyId, storyId + 1])).toEqual(new Set([storyId]));
  });

  test("gives a card that grew to one of the workers that ask at once", async () => {
    const { db, storyId } = await withStory();
    for (let at = 0; at < 40; at++) await owe(db, storyId, 1, `channel-${at}`);
    for (const claim of await claimDue(db, NOON, 40)) await settle(db, claim, { kind: "posted", messageId: "m" }, NOON);
    await noteGrowth(db, storyId, NOON);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimGrownCards(db, minutes(5), 20)));
    const cards = claims.flat().map(({ destination }) => destination);
    expect(new Set(cards).size).toBe(cards.length);
    expect(cards.length + (await claimGrownCards(db, minutes(5), 40)).length).toBe(40);
  });

  test("names the last message of the saga at the same destination, whichever development it told", async () => {
    const { db, storyId } = await withStory();
    const { sagaId, ...first } = (await storyById(db, storyId))!;
    const developments = [first, await openStory(db, first, sagaId), await openStory(db, first, sagaId)];
    await owe(db, storyId, 1, "there");
    for (const [at, { id }] of developments.entries()) {
      await owe(db, id, 1);
      const now = minutes(at);
      for (const claim of await claimDue(db, now, 10)) {
        const before = claim.destination === "there" || at === 0 ? null : `here ${at - 1}`;
        expect(claim).toMatchObject({ messageId: null, sagaMessageId: before });
        await settle(db, claim, { kind: "posted", messageId: `${claim.destination} ${at}` }, now);
      }
    }
    // Another dispute is none of theirs.
    await owe(db, (await storedStory(db, { keys: ["guid:other"], canonicalUrl: "https://gazette.example/b" })).id, 1);
    expect(await claimDue(db, minutes(9), 10)).toMatchObject([{ sagaMessageId: null }]);
  });

  test("gives a due delivery to one worker, and again when its claim lapsed", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1);
    const [claim] = await claimDue(db, NOON, 10);
    expect(claim).toMatchObject({ storyId, revision: 1, destination: "here", attempts: 1, messageId: null });
    expect(await claimDue(db, NOON, 10)).toEqual([]);
    expect(await claimDue(db, lapsed, 10)).toMatchObject([{ attempts: 2 }]);
  });

  test("lets only the latest claimant settle", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1);
    const [first] = await claimDue(db, NOON, 1);
    const [second] = await claimDue(db, lapsed, 1);
    expect(await settle(db, first!, { kind: "posted", messageId: "1" }, lapsed)).toBe(false);
    expect(await settle(db, second!, { kind: "posted", messageId: "2" }, lapsed)).toBe(true);
    expect(await settle(db, second!, { kind: "retry", at: NOON, reason: "" }, lapsed)).toBe(false);
    expect(await claimDue(db, days(1), 1)).toEqual([]);
  });

  test("gives back the claims of a worker that died, where no other can be at work", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1);
    await claimDue(db, NOON, 1);
    await claimDueFeeds(db, NOON, 10);
    await releaseClaims(db);
    const only = databases.engine === "sqlite";
    expect(await claimDue(db, NOON, 1)).toHaveLength(only ? 1 : 0);
    expect(await claimDueFeeds(db, NOON, 10)).toHaveLength(only ? 2 : 0);
  });

  test("gives a destination no more than the pace allows, whoever asks", async () => {
    const { db, storyId } = await withStory();
    for (const revision of [1, 2, 3, 4]) await owe(db, storyId, revision);
    await owe(db, storyId, 1, "elsewhere");
    const pace = { burst: 2, everyMs: 1_000, allEveryMs: 0 };
    const post = async (at: Date) => {
      const claims = await claimDue(db, at, 10, { pace });
      for (const claim of claims) await settle(db, claim, { kind: "posted", messageId: "m" }, at);
      return claims.length;
    };
    const after = (ms: number) => new Date(NOON.getTime() + ms);
    expect(await post(NOON)).toBe(2);
    expect(await post(NOON)).toBe(1);
    expect(await post(after(999))).toBe(0);
    expect(await post(after(1_000))).toBe(1);
    expect(await post(after(1_000))).toBe(0);
    expect(await post(after(2_000))).toBe(1);
  });

  test("serves a destination in the order of enqueueing, whatever fails on the way", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1, "here", minutes(-1));
    await owe(db, storyId, 2, "here", minutes(-2));
    await owe(db, storyId, 1, "there");
    const claims = await claimDue(db, NOON, 10);
    expect(claims.map(({ destination, revision }) => [destination, revision])).toEqual([
      ["here", 1],
      ["there", 1],
    ]);
    await settle(db, claims[0]!, { kind: "retry", at: minutes(10), reason: "It answered 503." }, NOON);
    await settle(db, claims[1]!, { kind: "posted", messageId: "m0" }, NOON);
    expect(await claimDue(db, minutes(9), 10)).toEqual([]);
    const [again] = await claimDue(db, minutes(10), 10);
    expect(again).toMatchObject({ destination: "here", revision: 1, attempts: 2 });
    await settle(db, again!, { kind: "posted", messageId: "m1" }, minutes(10));
    expect(await claimDue(db, minutes(10), 10)).toMatchObject([{ destination: "here", revision: 2, messageId: "m1" }]);
  });

  test("gives the message of the latest revision shown there, of this story and destination alone", async () => {
    const { db, storyId } = await withStory();
    const other = await storedStory(db, { keys: ["guid:other"] });
    const posted = async (story: number, revision: number, destination: string, messageId: string) => {
      await owe(db, story, revision, destination);
      const [claim] = await claimDue(db, NOON, 1);
      await settle(db, claim!, { kind: "posted", messageId }, NOON);
    };
    await posted(storyId, 1, "here", "m1");
    await posted(storyId, 2, "here", "m2");
    await posted(storyId, 2, "there", "m3");
    await posted(other.id, 2, "here", "m4");
    await owe(db, storyId, 3);
    expect(await claimDue(db, NOON, 1)).toMatchObject([{ messageId: "m2" }]);
  });

  test("holds what it may not post, pauses the subscriptions there, and posts it when it may again", async () => {
    const { db, storyId } = await withStory();
    const subscription = { guildId: "g", destination: "here", filter: EVERYTHING, createdBy: null };
    await createSubscription(db, subscription, NOON);
    await createSubscription(db, { ...subscription, destination: "there" }, NOON);
    await owe(db, storyId, 1, "here", days(-4));
    await owe(db, storyId, 2);
    await owe(db, storyId, 3);
    const [claim] = await claimDue(db, NOON, 1);
    expect(await settle(db, claim!, { kind: "forbidden", reason: "The bot may not send messages." }, NOON)).toBe(true);
    expect(await claimDue(db, days(1), 10)).toEqual([]);
    expect(await subscriptionsOf(db, { destination: "here" })).toMatchObject([
      { pausedAt: NOON, pauseReason: "The bot may not send messages." },
    ]);
    expect(await subscriptionsOf(db, { destination: "there" })).toMatchObject([{ pausedAt: null }]);

    expect(await resumeDestination(db, "here", days(-3), minutes(5))).toBe(2);
    expect(await subscriptionsOf(db, { destination: "here" })).toMatchObject([{ pausedAt: null, pauseReason: null }]);
    expect(await claimDue(db, minutes(5), 10)).toMatchObject([{ revision: 2 }]);
  });

  test("drops what is owed to a destination that is gone", async () => {
    const { db, storyId } = await withStory();
    await createSubscription(db, { guildId: "g", destination: "here", filter: EVERYTHING, createdBy: null }, NOON);
    await owe(db, storyId, 1);
    await owe(db, storyId, 2);
    const [claim] = await claimDue(db, NOON, 1);
    await settle(db, claim!, { kind: "gone", reason: "The channel was deleted." }, NOON);
    expect(await resumeDestination(db, "here", days(-3), NOON)).toBe(0);
    expect(await claimDue(db, days(1), 10)).toEqual([]);
  });

  test("keeps what can never be posted as a dead letter, and goes on with the next", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1);
    await owe(db, storyId, 2);
    const [claim] = await claimDue(db, NOON, 1);
    await settle(db, claim!, { kind: "rejected", reason: "Embed too long." }, NOON);
    expect(await claimDue(db, NOON, 1)).toMatchObject([{ revision: 2 }]);
  });

  test("gives a poster what it can reach, and keeps the rest", async () => {
    const { db, storyId } = await withStory();
    await owe(db, storyId, 1, TERMINAL);
    await owe(db, storyId, 1, "channel");
    expect(await claimDue(db, NOON, 9, { serves: "terminal" })).toMatchObject([{ destination: TERMINAL }]);
    expect(await claimDue(db, NOON, 9, { serves: "terminal" })).toEqual([]);
    expect(await claimDue(db, NOON, 9, { serves: "channels" })).toMatchObject([{ destination: "channel" }]);
  });

  test("forgets a destination that nobody serves any more", async () => {
    const { db, storyId } = await withStory();
    await createSubscription(db, { guildId: null, destination: TERMINAL, filter: EVERYTHING, createdBy: null }, NOON);
    await owe(db, storyId, 1, TERMINAL);
    await owe(db, storyId, 1, "channel");
    await removeDestination(db, TERMINAL);
    expect(await subscriptionsOf(db, { destination: TERMINAL })).toEqual([]);
    expect(await claimDue(db, NOON, 9)).toMatchObject([{ destination: "channel" }]);
  });

  test("knows when it is next needed", async () => {
    const { db, storyId } = await withStory();
    expect(await nextDeliveryAt(db)).toBeNull();
    await owe(db, storyId, 1, "here", minutes(7));
    expect(await nextDeliveryAt(db)).toEqual(minutes(7));
  });

  test("claimed by many at once gives each delivery to one", async () => {
    const { db, storyId } = await withStory();
    for (let at = 0; at < 40; at++) await owe(db, storyId, 1, `channel-${at}`);
    const shares = await Promise.all(Array.from({ length: 6 }, () => claimDue(db, NOON, 10)));
    const ids = shares.flat().map((claim) => claim.deliveryId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(shares.flat().every((claim) => claim.attempts === 1)).toBe(true);
  });
});
