import { expect, test } from "vitest";
import { digestOf, keyOf, memoOf, namedIn, overflowOf, type Reach, remindersOf } from "#model/destination.ts";
import { AT_ONCE, EVERYTHING, TERMINAL } from "#model/subscription.ts";
import {
  addDestination,
  allowNamed,
  destinationNamed,
  kindsInUse,
  namedDestinations,
  pauseNamed,
  removeNamed,
  resealNamed,
  unpauseNamed,
} from "#store/destinations.ts";
import type { Db } from "#store/engine/database.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { deliveriesIn, heldChannels } from "#store/outbox/deliveries.ts";
import { claimGrownCards, noteGrowth } from "#store/outbox/growth.ts";
import { enqueue, enqueueMemo } from "#store/outbox/owed.ts";
import { createSubscription, removeSubscription, subscriptionsOf } from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { addNamed } from "#support/receivers/named.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

const follow = (db: Db, destination: string) =>
  createSubscription(db, { guildId: null, destination, filter: EVERYTHING, createdBy: null, manner: AT_ONCE }, NOON);

onEachEngine("named destinations", (databases) => {
  test("are added once under a name, of whatever kind", async () => {
    const { db } = await databases.open();
    await addNamed(db, "desk", { url: "https://hooks.example/" });
    const again = { name: "desk", kind: "slack", leadsTo: "x", sealed: "y", guildId: null, createdBy: null };
    expect(await addDestination(db, again, NOON)).toBe(false);
    expect(await namedDestinations(db)).toMatchObject([{ name: "desk", kind: "webhook", pausedAt: null }]);
    expect(await kindsInUse(db)).toEqual(["webhook"]);
  });

  test("are a server's to use where operators say so", async () => {
    const { db } = await databases.open();
    await addNamed(db, "desk", {});
    await addNamed(db, "press", {}, { guildId: "1" });
    expect((await namedDestinations(db, "1")).map(({ name }) => name)).toEqual(["press"]);
    await allowNamed(db, "desk", "1");
    await allowNamed(db, "press", null);
    expect((await namedDestinations(db, "1")).map(({ name }) => name)).toEqual(["desk"]);
  });

  test("pause once, and keep the first reason", async () => {
    const { db } = await databases.open();
    await addNamed(db, "desk", {});
    expect(await pauseNamed(db, "desk", "It is gone.", NOON)).toBe(true);
    expect(await pauseNamed(db, "desk", "Another reason.", NOON)).toBe(false);
    expect(await destinationNamed(db, "desk")).toMatchObject({ pausedAt: NOON, pauseReason: "It is gone." });
    await unpauseNamed(db, "desk");
    expect(await destinationNamed(db, "desk")).toMatchObject({ pausedAt: null, pauseReason: null });
  });

  test("are sealed anew only as they were read", async () => {
    const { db } = await databases.open();
    await addNamed(db, "desk", {});
    const read = (await destinationNamed(db, "desk"))!;
    expect(await resealNamed(db, read, { sealed: "new", leadsTo: "new.example" })).toBe(true);
    expect(await resealNamed(db, read, { sealed: "late", leadsTo: "late.example" })).toBe(false);
    expect(await destinationNamed(db, "desk")).toMatchObject({ sealed: "new", leadsTo: "new.example" });
  });

  /** One delivery of each sort to each sort of place. */
  async function oweAll(db: Db) {
    const { id } = await storedStory(db);
    const desk = await addNamed(db, "desk", {});
    const channels = ["123456789012345678", desk, "slack:press"];
    const owed: Record<string, string[]> = {};
    for (const channel of channels) {
      const { id: asked } = await follow(db, channel);
      const all = [channel, digestOf(asked), overflowOf(channel), remindersOf(channel)];
      await enqueue(
        db,
        all.map((destination) => ({ storyId: id, revision: 1, destination, dueAt: NOON })),
      );
      await enqueueMemo(db, asked, 20_000, NOON);
      owed[channel] = [...all, memoOf(asked)].map(keyOf).sort();
    }
    await enqueue(db, [{ storyId: id, revision: 1, destination: TERMINAL, dueAt: NOON }]);
    return { id, desk, owed };
  }

  const claimedBy = async (db: Db, serves: Reach, now = NOON) =>
    (await claimDue(db, now, 50, { serves })).map(({ destination }) => keyOf(destination)).sort();

  test("are posted to by what reaches them, and by nothing else", async () => {
    const { db } = await databases.open();
    const { desk, owed } = await oweAll(db);
    expect(await claimedBy(db, { kind: "webhook" })).toEqual(owed[desk]);
    expect(await claimedBy(db, { kind: "slack" })).toEqual(owed["slack:press"]);
    expect(await claimedBy(db, "terminal")).toEqual([TERMINAL]);
    expect(await claimedBy(db, "channels")).toEqual(owed["123456789012345678"]);
    expect(await claimDue(db, NOON, 50)).toEqual([]);
  });

  test("a digest that nobody asks for any more is whoever's posts digests", async () => {
    const { db } = await databases.open();
    const { desk } = await oweAll(db);
    const [asked] = await subscriptionsOf(db, { destination: desk });
    await removeSubscription(db, asked!.id);
    expect(await claimedBy(db, "terminal")).toEqual([TERMINAL]);
    expect(await claimedBy(db, { kind: "slack" })).toEqual(
      expect.arrayContaining([`digest:${asked?.id}`, `memo:${asked?.id}`]),
    );
  });

  test("have their cards edited by what reaches them", async () => {
    const { db } = await databases.open();
    const { id, desk } = await oweAll(db);
    for (const claim of await claimDue(db, NOON, 50))
      await settle(db, claim, { kind: "posted", messageId: `in ${keyOf(claim.destination)}` }, NOON);
    await noteGrowth(db, id, NOON);
    const grown = async (serves: Reach) =>
      (await claimGrownCards(db, minutes(5), 50, { serves })).map(({ destination }) => destination);
    expect(await grown({ kind: "webhook" })).toEqual(expect.arrayContaining([desk]));
    expect(await grown("channels")).not.toEqual(expect.arrayContaining([desk]));
  });

  test("leave nothing behind that is owed, and no request, when they are removed", async () => {
    const { db } = await databases.open();
    const { desk } = await oweAll(db);
    const [claim] = await claimDue(db, NOON, 1, { serves: { kind: "webhook" } });
    await settle(db, claim!, { kind: "forbidden", reason: "It is paused." }, NOON);
    expect(await heldChannels(db)).toEqual([desk]);
    await removeNamed(db, (await destinationNamed(db, "desk"))!);
    expect(await destinationNamed(db, "desk")).toBeNull();
    expect(await subscriptionsOf(db, { destination: desk })).toEqual([]);
    expect(await heldChannels(db)).toEqual([]);
    const due = await deliveriesIn(db, "due", { limit: 50 });
    expect(due.filter(({ destination }) => namedIn(destination)?.name === "desk")).toEqual([]);
    expect(await claimedBy(db, { kind: "webhook" }, days(1))).toEqual([]);
  });
});
