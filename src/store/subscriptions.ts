import { z } from "zod";
import type { Filter, Subscription } from "#model/subscription.ts";
import type { Db } from "./engine.ts";
import { dateAt, dateOrNull, msOf, readJson } from "./rows.ts";
import type { SubscriptionTable } from "./schema.ts";

const words = z.array(z.string());

const filterSchema: z.ZodType<Filter> = z.object({
  points: words,
  places: words,
  stages: words,
  actors: words,
  sources: words,
  words,
  not: words,
});

export type NewSubscription = Pick<Subscription, "guildId" | "destination" | "filter" | "createdBy">;

export async function createSubscription(db: Db, wanted: NewSubscription, now: Date): Promise<Subscription> {
  const row = await db
    .insertInto("subscriptions")
    .values({
      guild_id: wanted.guildId,
      destination: wanted.destination,
      filter: JSON.stringify(wanted.filter),
      created_at: msOf(now),
      created_by: wanted.createdBy,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionFrom(row);
}

/** All that a new story is matched against: those not paused. */
export async function activeSubscriptions(db: Db): Promise<Subscription[]> {
  return (await db.selectFrom("subscriptions").selectAll().where("paused_at", "is", null).orderBy("id").execute()).map(
    subscriptionFrom,
  );
}

export async function subscriptionById(db: Db, id: number): Promise<Subscription | null> {
  const row = await db.selectFrom("subscriptions").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : subscriptionFrom(row);
}

/** Of a guild or of a destination, oldest first, the paused ones too. */
export async function subscriptionsOf(
  db: Db,
  owner: { readonly guildId: string } | { readonly destination: string },
): Promise<Subscription[]> {
  const query = db.selectFrom("subscriptions").selectAll().orderBy("id");
  const narrowed =
    "guildId" in owner
      ? query.where("guild_id", "=", owner.guildId)
      : query.where("destination", "=", owner.destination);
  return (await narrowed.execute()).map(subscriptionFrom);
}

/** Replaces what a subscription asks for; false when it is gone. */
export async function refilterSubscription(db: Db, id: number, filter: Filter): Promise<boolean> {
  const changed = await db
    .updateTable("subscriptions")
    .set({ filter: JSON.stringify(filter) })
    .where("id", "=", id)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Keeps a subscription but matches nothing against it. `reason` is a sentence for its guild. */
export async function pauseSubscription(db: Db, id: number, reason: string, now: Date): Promise<boolean> {
  const changed = await db
    .updateTable("subscriptions")
    .set({ paused_at: msOf(now), pause_reason: reason })
    .where("id", "=", id)
    .where("paused_at", "is", null)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

export async function resumeSubscription(db: Db, id: number): Promise<boolean> {
  const changed = await db
    .updateTable("subscriptions")
    .set({ paused_at: null, pause_reason: null })
    .where("id", "=", id)
    .where("paused_at", "is not", null)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

export async function removeSubscription(db: Db, id: number): Promise<boolean> {
  const removed = await db.deleteFrom("subscriptions").where("id", "=", id).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

const subscriptionFrom = (row: Omit<SubscriptionTable, "id"> & { readonly id: number }): Subscription => ({
  id: row.id,
  guildId: row.guild_id,
  destination: row.destination,
  filter: readJson(filterSchema, row.filter, `subscriptions.filter of ${row.id}`),
  createdAt: dateAt(row.created_at),
  createdBy: row.created_by,
  pausedAt: dateOrNull(row.paused_at),
  pauseReason: row.pause_reason,
});
