import { expect, test } from "vitest";
import { AT_ONCE, destinationOf, EVERYTHING } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { addCorrection, corrections } from "#store/corrections.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { deliveriesIn, deliveryCounts, heldChannels } from "#store/outbox/deliveries.ts";
import { gatherDigest } from "#store/outbox/digests.ts";
import { claimGrownCards, noteGrowth, settleEdit } from "#store/outbox/growth.ts";
import { enqueue, resumeDestination } from "#store/outbox/owed.ts";
import {
  activeMutes,
  activeSubscriptions,
  addMute,
  createSubscription,
  mayMention,
  removeMute,
  subscriptionById,
} from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

const daily = {
  guildId: "g",
  destination: "here",
  filter: EVERYTHING,
  createdBy: null,
  manner: { ...AT_ONCE, mode: "daily" as const },
};

onEachEngine("digests and edits", (databases) => {
  test("a digest carries what was due when it was first gathered, and settles all of it", async () => {
    const { db } = await databases.open();
    const stories = [
      await storedStory(db),
      await storedStory(db, { keys: ["guid:2"] }),
      await storedStory(db, { keys: ["guid:3"] }),
    ];
    const destination = destinationOf(await createSubscription(db, daily, NOON));
    const owe = (at: number, dueAt: Date) =>
      enqueue(db, [{ storyId: stories[at]!.id, revision: 1, destination, dueAt }]);
    await owe(0, NOON);
    await owe(1, NOON);
    const [claim] = await claimDue(db, NOON, 10);
    expect(await gatherDigest(db, claim!, NOON)).toHaveLength(2);
    await owe(2, NOON);
    expect(await gatherDigest(db, claim!, minutes(1))).toHaveLength(2);
    expect(await settle(db, claim!, { kind: "posted", messageId: "m" }, NOON)).toBe(true);
    expect(
      (await deliveriesIn(db, "posted", { limit: 10, destinations: [destination] })).map(({ storyId }) => storyId),
    ).toEqual([stories[1]!.id, stories[0]!.id]);
    expect(await claimDue(db, NOON, 10)).toMatchObject([{ storyId: stories[2]!.id }]);
    expect(await deliveryCounts(db)).toEqual({ due: 1, posted: 2, held: 0, dropped: 0, dead: 0 });
  });

  test("a digest that may not be posted pauses its subscription and is held with its channel", async () => {
    const { db } = await databases.open();
    const { id: storyId } = await storedStory(db);
    const subscription = await createSubscription(db, daily, NOON);
    await enqueue(db, [{ storyId, revision: 1, destination: destinationOf(subscription), dueAt: NOON }]);
    const [claim] = await claimDue(db, NOON, 1);
    await gatherDigest(db, claim!, NOON);
    await settle(db, claim!, { kind: "forbidden", reason: "It lacks Send Messages." }, NOON);
    expect(await subscriptionById(db, subscription.id)).toMatchObject({ pausedAt: NOON });
    expect(await heldChannels(db)).toEqual(["here"]);
    expect(await resumeDestination(db, "here", days(-1), NOON)).toBe(1);
    expect(await heldChannels(db)).toEqual([]);
    expect(await subscriptionById(db, subscription.id)).toMatchObject({ pausedAt: null });
  });

  test("what comes while a permission is missing waits behind what is held, in order", async () => {
    const { db } = await databases.open();
    const { id: storyId } = await storedStory(db);
    await createSubscription(db, { ...daily, manner: AT_ONCE }, NOON);
    const owe = (revision: number) => enqueue(db, [{ storyId, revision, destination: "here", dueAt: NOON }]);
    await owe(1);
    const [claim] = await claimDue(db, NOON, 1);
    await settle(db, claim!, { kind: "forbidden", reason: "It lacks Send Messages." }, NOON);
    expect(await activeSubscriptions(db, NOON)).toMatchObject([{ destination: "here", pausedAt: null }]);
    await owe(2);
    expect(await claimDue(db, minutes(1), 10)).toEqual([]);
    await resumeDestination(db, "here", days(-1), minutes(2));
    const [first] = await claimDue(db, minutes(2), 10);
    expect(first).toMatchObject({ revision: 1 });
    await settle(db, first!, { kind: "posted", messageId: "m1" }, minutes(2));
    expect(await claimDue(db, minutes(2), 10)).toMatchObject([{ revision: 2 }]);
  });

  test("the newest card of a story that grew is edited once, and again if it grew meanwhile", async () => {
    const { db } = await databases.open();
    const { id: storyId } = await storedStory(db);
    for (const revision of [1, 2]) {
      await enqueue(db, [{ storyId, revision, destination: "here", dueAt: NOON }]);
      const [claim] = await claimDue(db, NOON, 1);
      await settle(db, claim!, { kind: "posted", messageId: `m${revision}` }, NOON);
    }
    await noteGrowth(db, storyId, NOON);
    expect(await claimGrownCards(db, NOON, 10)).toEqual([]);
    const [first] = await claimGrownCards(db, minutes(2), 10);
    expect(first).toMatchObject({ revision: 2, messageId: "m2", destination: "here" });
    expect(await claimGrownCards(db, minutes(2), 10)).toEqual([]);
    await noteGrowth(db, storyId, minutes(2));
    await settleEdit(db, first!, { kind: "posted", messageId: "m2" });
    const [second] = await claimGrownCards(db, minutes(5), 10);
    await settleEdit(db, second!, { kind: "retry", at: minutes(9), reason: "" });
    expect(await claimGrownCards(db, minutes(8), 10)).toEqual([]);
    const [third] = await claimGrownCards(db, minutes(9), 10);
    await settleEdit(db, third!, { kind: "posted", messageId: "m2" });
    expect(await claimGrownCards(db, days(1), 10)).toEqual([]);
  });
});

onEachEngine("mutes, mentions and corrections", (databases) => {
  test("a story that is written among the words of a request is that story", async () => {
    const { db } = await databases.open();
    const { id } = await createSubscription(
      db,
      { ...daily, filter: { ...EVERYTHING, not: ["story:7", "story:telling"] } },
      NOON,
    );
    expect((await subscriptionById(db, id))?.filter.not).toEqual([{ storyId: 7 }, "story:telling"]);
  });

  test("a mute narrows what its channel follows, until it ends or is lifted", async () => {
    const { db } = await databases.open();
    await createSubscription(db, { ...daily, filter: { ...EVERYTHING, not: ["copyright"] } }, NOON);
    const word = await addMute(
      db,
      { destination: "here", kind: "word", value: "football", until: days(1), createdBy: "1" },
      NOON,
    );
    await addMute(db, { destination: "here", kind: "story", value: "7", until: null, createdBy: null }, NOON);
    await addMute(db, { destination: "there", kind: "source", value: "gazette", until: null, createdBy: null }, NOON);
    const unwanted = async (now: Date) => (await activeSubscriptions(db, now))[0]?.filter.not;
    expect(await unwanted(NOON)).toEqual(["copyright", "football", { storyId: 7 }]);
    expect(await unwanted(days(1))).toEqual(["copyright", { storyId: 7 }]);
    expect(await activeMutes(db, NOON, "here")).toHaveLength(2);
    expect(await removeMute(db, word!.id, "there")).toBe(false);
    expect(await removeMute(db, word!.id, "here")).toBe(true);
    expect(await unwanted(NOON)).toEqual(["copyright", { storyId: 7 }]);
  });

  test("a role is mentioned once an hour, by each try of one delivery", async () => {
    const { db } = await databases.open();
    const { id } = await createSubscription(db, daily, NOON);
    expect(await mayMention(db, id, 1, HOUR_MS, NOON)).toBe(true);
    expect(await mayMention(db, id, 1, HOUR_MS, minutes(1))).toBe(true);
    expect(await mayMention(db, id, 2, HOUR_MS, minutes(59))).toBe(false);
    expect(await mayMention(db, id, 2, HOUR_MS, minutes(61))).toBe(true);
  });

  test("what readers found wrong is kept in their words", async () => {
    const { db } = await databases.open();
    const correction = {
      storyId: 1,
      revision: 2,
      kind: "stage" as const,
      note: "It is only proposed.",
      guildId: "g",
      createdBy: "1",
      applied: null,
    };
    await addCorrection(db, correction, NOON);
    expect(await corrections(db)).toEqual([{ ...correction, at: NOON }]);
  });
});
