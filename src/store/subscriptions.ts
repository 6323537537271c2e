import { sql } from "kysely";
import { z } from "zod";
import { type Destination, destinationsOf, keyOf } from "#model/destination.ts";
import {
  AT_ONCE,
  type Filter,
  type Manner,
  MODES,
  MOST_MUTES,
  type Mute,
  REMINDING,
  type Subscription,
  type Unwanted,
  without,
} from "#model/subscription.ts";
import type { Db } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { dateAt, dateOrNull, msOf, msOrNull, readJson, readWord, remembering } from "./rows.ts";
import type { SubscriptionTable } from "./tables.ts";

const words = z.array(z.string());

const unwanted: z.ZodType<Unwanted> = z.union([
  // A story that somebody wrote among the words of a request.
  z
    .string()
    .regex(/^story:\d+$/)
    .transform((said) => ({ storyId: Number(said.slice("story:".length)) })),
  z.string(),
  z.object({ storyId: z.number() }),
]);

const filterSchema: z.ZodType<Filter> = z.object({
  points: words,
  places: words,
  stages: words,
  actors: words,
  // Rows from before one could follow a law lack it.
  laws: words.default([]),
  sources: words,
  words,
  // Rows from before one could follow a story lack it.
  stories: z.array(z.number()).default([]),
  not: z.array(unwanted),
});

const mannerSchema: z.ZodType<Manner> = z.object({
  mode: z.enum(MODES),
  at: z.string(),
  weekday: z.number(),
  timeZone: z.string(),
  quiet: z.object({ from: z.string(), to: z.string() }).nullable(),
  mention: z.string().nullable(),
  threads: z.boolean(),
  // Who asked for a digest before it could say so expects silence.
  quietDays: z.boolean().default(false),
  // Who followed before there were any follows the dates as well.
  reminders: z.enum(REMINDING).default("on"),
  // Nor did anybody who asked before there were memos ask for one.
  memo: z.boolean().default(false),
  silences: z.boolean().default(true),
});

export type NewSubscription = Pick<Subscription, "guildId" | "destination" | "filter" | "createdBy"> & {
  readonly manner?: Manner;
};

export async function createSubscription(db: Db, wanted: NewSubscription, now: Date): Promise<Subscription> {
  const row = await db
    .insertInto("subscriptions")
    .values({
      guild_id: wanted.guildId,
      destination: wanted.destination,
      filter: JSON.stringify(wanted.filter),
      created_at: msOf(now),
      created_by: wanted.createdBy,
      manner: JSON.stringify(wanted.manner ?? AT_ONCE),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionFrom(row);
}

/** Writes one back that was removed. */
export async function writeSubscription(tx: Db, { id, ...given }: Subscription): Promise<void> {
  await tx
    .insertInto("subscriptions")
    .values({ id, ...rowOf(given) })
    .execute();
}

const rowOf = (given: Omit<Subscription, "id">): Omit<SubscriptionTable, "id" | "mentioned_at" | "mentioned_by"> => ({
  guild_id: given.guildId,
  destination: given.destination,
  filter: JSON.stringify(given.filter),
  created_at: msOf(given.createdAt),
  created_by: given.createdBy,
  paused_at: msOrNull(given.pausedAt),
  pause_reason: given.pauseReason,
  manner: JSON.stringify(given.manner),
});

/** Writes one anew where it stands. */
export async function changeSubscription(tx: Db, { id, ...given }: Subscription): Promise<void> {
  await tx.updateTable("subscriptions").set(rowOf(given)).where("id", "=", id).execute();
}

/**
 * All that a new story is matched against, without what is muted in their channels: those not paused, and those whose channel
 * only waits for a permission. What comes for them meanwhile waits behind what is held, and nothing is missing when it is given
 * back.
 */
export async function activeSubscriptions(db: Db, now: Date): Promise<Subscription[]> {
  const rows = await db.selectFrom("subscriptions").selectAll().orderBy("id").execute();
  const held = await db
    .selectFrom("deliveries")
    .select("destination")
    .distinct()
    .where("state", "=", sql.lit("held"))
    .execute();
  const waiting = new Set(held.map(({ destination }) => destination));
  const muted = Map.groupBy(await activeMutes(db, now), ({ destination }) => destination);
  return rows.flatMap((row) => {
    const subscription = subscriptionFrom(row);
    const { destination, pausedAt } = subscription;
    const isHeld = destinationsOf(destination, [subscription]).some((to) => waiting.has(keyOf(to)));
    if (pausedAt !== null && !isHeld) return [];
    const filter = without(subscription.filter, muted.get(destination) ?? []);
    return { ...subscription, pausedAt: null, filter };
  });
}

export async function subscriptionById(db: Db, id: number): Promise<Subscription | null> {
  const row = await db.selectFrom("subscriptions").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : subscriptionFrom(row);
}

/** Of a guild, of a destination or of who asked for them, oldest first, the paused ones too. */
export async function subscriptionsOf(
  db: Db,
  owner: { readonly guildId: string } | { readonly destination: string } | { readonly createdBy: string },
): Promise<Subscription[]> {
  const query = db.selectFrom("subscriptions").selectAll().orderBy("id");
  const narrowed = () => {
    if ("guildId" in owner) return query.where("guild_id", "=", owner.guildId);
    if ("destination" in owner) return query.where("destination", "=", owner.destination);
    return query.where("created_by", "=", owner.createdBy);
  };
  return (await narrowed().execute()).map(subscriptionFrom);
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

/** Who followed or muted the story `from` follows or mutes `into` instead. */
export async function followMerged(tx: Db, from: number, into: number): Promise<void> {
  const rows = await tx.selectFrom("subscriptions").selectAll().execute();
  for (const { id, filter } of rows.map(subscriptionFrom)) {
    if (!filter.stories.includes(from)) continue;
    const stories = new Set(filter.stories.map((each) => (each === from ? into : each)));
    await refilterSubscription(tx, id, { ...filter, stories: [...stories] });
  }
  await tx
    .updateTable("mutes")
    .set({ value: `${into}` })
    .where("kind", "=", "story")
    .where("value", "=", `${from}`)
    .execute();
}

/** True for one delivery an hour at most (`everyMs`), however often it is tried: the one that may mention the subscription's role. */
export async function mayMention(db: Db, id: number, deliveryId: number, everyMs: number, now: Date): Promise<boolean> {
  const changed = await db
    .updateTable("subscriptions")
    .set({ mentioned_at: msOf(now), mentioned_by: deliveryId })
    .where("id", "=", id)
    .where((eb) =>
      eb.or([
        eb("mentioned_at", "is", null),
        eb("mentioned_at", "<=", msOf(now) - everyMs),
        eb("mentioned_by", "=", deliveryId),
      ]),
    )
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

/**
 * Null, and nothing done, where the channel has MOST_MUTES already. The same mute a second time is the one that stands, and not new.
 */
export async function addMute(
  db: Db,
  mute: Omit<Mute, "id">,
  now: Date,
): Promise<(Mute & { readonly isNew: boolean }) | null> {
  const { until, createdBy, ...rest } = mute;
  return transact(db, async (tx) => {
    const standing = await activeMutes(tx, now, mute.destination);
    const same = standing.find(
      (one) => one.kind === rest.kind && one.value === rest.value && one.until?.getTime() === until?.getTime(),
    );
    if (same !== undefined) return { ...same, isNew: false };
    if (standing.length >= MOST_MUTES) return null;
    const { id } = await tx
      .insertInto("mutes")
      .values({ ...rest, until: msOrNull(until), created_at: msOf(now), created_by: createdBy })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { id, ...mute, isNew: true };
  });
}

/** Oldest first; of one channel where it is given. */
export async function activeMutes(db: Db, now: Date, destination?: string): Promise<Mute[]> {
  let query = db
    .selectFrom("mutes")
    .selectAll()
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", msOf(now))]))
    .orderBy("id");
  if (destination !== undefined) query = query.where("destination", "=", destination);
  return (await query.execute()).map((row) => ({
    id: row.id,
    destination: row.destination,
    kind: readWord(["story", "source", "word"], row.kind, "mutes.kind"),
    value: row.value,
    until: dateOrNull(row.until),
    createdBy: row.created_by,
  }));
}

export async function removeMute(db: Db, id: number, destination: string): Promise<boolean> {
  const removed = await db
    .deleteFrom("mutes")
    .where("id", "=", id)
    .where("destination", "=", destination)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Pauses those for which something cannot be posted where it is owed. `reason` is a sentence for their guild. */
export async function pauseSubscriptions(tx: Db, to: Destination, reason: string, now: Date): Promise<void> {
  await tx
    .updateTable("subscriptions")
    .set({ paused_at: msOf(now), pause_reason: reason })
    .where((eb) => {
      if (typeof to === "string") return eb("destination", "=", to);
      return "channel" in to ? eb("destination", "=", to.channel) : eb("id", "=", to.subscriptionId);
    })
    .where("paused_at", "is", null)
    .execute();
}

export async function resumeSubscriptions(tx: Db, destination: string): Promise<void> {
  await tx
    .updateTable("subscriptions")
    .set({ paused_at: null, pause_reason: null })
    .where("destination", "=", destination)
    .execute();
}

export async function removeSubscriptions(tx: Db, destination: string): Promise<void> {
  await tx.deleteFrom("subscriptions").where("destination", "=", destination).execute();
}

/** Each new story is matched against all of them. */
const readFilter = remembering<Filter>((text, id) => readJson(filterSchema, text, `subscriptions.filter of ${id}`));
const readManner = remembering<Manner>((text, id) => readJson(mannerSchema, text, `subscriptions.manner of ${id}`));

const subscriptionFrom = (row: Omit<SubscriptionTable, "id"> & { readonly id: number }): Subscription => ({
  id: row.id,
  guildId: row.guild_id,
  destination: row.destination,
  filter: readFilter(row.filter, row.id),
  manner: row.manner === null ? AT_ONCE : readManner(row.manner, row.id),
  createdAt: dateAt(row.created_at),
  createdBy: row.created_by,
  pausedAt: dateOrNull(row.paused_at),
  pauseReason: row.pause_reason,
});
