import { expect, test } from "vitest";
import { EVERYTHING } from "#model/subscription.ts";
import {
  activeSubscriptions,
  createSubscription,
  pauseSubscription,
  refilterSubscription,
  removeSubscription,
  resumeSubscription,
  subscriptionById,
  subscriptionsOf,
} from "#store/subscriptions.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes, NOON } from "#support/stored.ts";

onEachEngine("subscriptions", (databases) => {
  const wanted = {
    guildId: "81384788765712384",
    destination: "41771983423143937",
    filter: { ...EVERYTHING, points: ["audit-scope"] },
    createdBy: "7",
  };

  test("are kept with snowflakes as text", async () => {
    const { db } = await databases.open();
    const created = await createSubscription(db, wanted, NOON);
    expect(created).toMatchObject({ ...wanted, createdAt: NOON, pausedAt: null, pauseReason: null });
    expect(await subscriptionById(db, created.id)).toEqual(created);
    expect(await activeSubscriptions(db, NOON)).toEqual([created]);
  });

  test("are listed for their guild and their channel alone", async () => {
    const { db } = await databases.open();
    const mine = await createSubscription(db, wanted, NOON);
    await createSubscription(db, { ...wanted, guildId: "2", destination: "3" }, NOON);
    expect(await subscriptionsOf(db, { guildId: wanted.guildId })).toEqual([mine]);
    expect(await subscriptionsOf(db, { destination: wanted.destination })).toEqual([mine]);
  });

  test("pause with a reason and resume", async () => {
    const { db } = await databases.open();
    const { id } = await createSubscription(db, wanted, NOON);
    expect(await pauseSubscription(db, id, "Asked for.", minutes(1))).toBe(true);
    expect(await pauseSubscription(db, id, "Twice.", minutes(2))).toBe(false);
    expect(await activeSubscriptions(db, NOON)).toEqual([]);
    expect(await subscriptionById(db, id)).toMatchObject({ pausedAt: minutes(1), pauseReason: "Asked for." });
    expect(await resumeSubscription(db, id)).toBe(true);
    expect(await resumeSubscription(db, id)).toBe(false);
    expect(await activeSubscriptions(db, NOON)).toHaveLength(1);
  });

  test("change what they ask for, and go", async () => {
    const { db } = await databases.open();
    const { id } = await createSubscription(db, wanted, NOON);
    expect(await refilterSubscription(db, id, { ...EVERYTHING, words: ["audit"] })).toBe(true);
    expect((await subscriptionById(db, id))?.filter.words).toEqual(["audit"]);
    expect(await removeSubscription(db, id)).toBe(true);
    expect(await removeSubscription(db, id)).toBe(false);
    expect(await refilterSubscription(db, id, EVERYTHING)).toBe(false);
    expect(await subscriptionById(db, id)).toBeNull();
  });
});
