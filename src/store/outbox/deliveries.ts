import type { NotNull } from "kysely";
import { DELIVERY_STATES, type DeliveryState } from "#model/delivery.ts";
import { type Destination, destinationFrom, keyOf } from "#model/destination.ts";
import type { Db } from "#store/engine/engine.ts";
import { remindersById } from "#store/reminders.ts";
import { chunks, dateOrNull, msOf, readWord } from "#store/rows.ts";
import { subscriptionById } from "#store/subscriptions.ts";
import { dayText, isoDay } from "#text/calendar.ts";

/** How a delivery stands, for people. */
export type Standing = {
  /** Null for a memo, which is of no one story. */
  readonly storyId: number | null;
  /** Null for a memo and a reminder, which are no state of a story. */
  readonly revision: number | null;
  /** The day (ISO 8601) of a memo, or the one that is reminded of; null for what is of none. */
  readonly day: string | null;
  /** As it is stored. */
  readonly destination: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly settledAt: Date | null;
};

/** The newest in a state, newest first; `destinations` narrows. */
export async function deliveriesIn(
  db: Db,
  state: DeliveryState,
  { limit, destinations }: { readonly limit: number; readonly destinations?: readonly Destination[] },
): Promise<Standing[]> {
  let query = db.selectFrom("deliveries").selectAll().where("state", "=", state).orderBy("id", "desc").limit(limit);
  if (destinations !== undefined) query = query.where("destination", "in", destinations.map(keyOf));
  const rows = (await query.execute()).map((row) => ({ ...row, kind: kindOf(destinationFrom(row.destination)) }));
  const reminders = await remindersById(
    db,
    rows.filter(({ kind }) => kind === "reminders").map(({ revision }) => revision),
  );
  return rows.map(({ kind, revision, ...row }) => {
    const dayOf = { memo: () => isoDay(revision), reminders: () => reminders.get(revision)?.day ?? null };
    const isDated = kind === "memo" || kind === "reminders";
    return {
      storyId: row.story_id,
      revision: isDated ? null : revision,
      day: isDated ? dayOf[kind]() : null,
      destination: row.destination,
      state: readWord(DELIVERY_STATES, row.state, "deliveries.state"),
      attempts: row.attempts,
      reason: row.reason,
      settledAt: dateOrNull(row.settled_at),
    };
  });
}

const kindOf = (to: Destination) => (typeof to === "string" ? "post" : to.kind);

/** What a delivery is of: `Story 5, revision 2`, `The reminder of story 5 of 2 Mar 2026`, `The memo of 6 Mar 2026`. */
export function standingText({ storyId, revision, day }: Pick<Standing, "storyId" | "revision" | "day">): string {
  const of = day === null ? "" : ` of ${dayText(new Date(day))}`;
  if (storyId === null) return `The memo${of}`;
  return revision === null ? `The reminder of story ${storyId}${of}` : `Story ${storyId}, revision ${revision}`;
}

/** Whether anything was or is due to one of these after one time, and by the other. */
export async function anyDueBetween(
  db: Db,
  destinations: readonly Destination[],
  after: Date,
  by: Date,
): Promise<boolean> {
  const found = await db
    .selectFrom("deliveries")
    .select("id")
    .where("destination", "in", destinations.map(keyOf))
    .where("due_at", ">", msOf(after))
    .where("due_at", "<=", msOf(by))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Of these stories those that were posted somewhere. */
export async function postedAmong(db: Db, storyIds: readonly number[]): Promise<ReadonlySet<number>> {
  const posted = new Set<number>();
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("deliveries")
      .select("story_id")
      .$narrowType<{ story_id: NotNull }>()
      .distinct()
      .where("story_id", "in", some)
      .where("state", "=", "posted")
      .execute();
    for (const row of rows) posted.add(row.story_id);
  }
  return posted;
}

/** The destinations, as they are stored, at which one of these stories was posted or is due. */
export async function destinationsTold(db: Db, storyIds: readonly number[]): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("deliveries")
      .select("destination")
      .distinct()
      .where("story_id", "in", some)
      .where("state", "in", ["posted", "due"])
      .execute();
    for (const row of rows) told.add(row.destination);
  }
  return told;
}

/** How many deliveries are in each state. */
export async function deliveryCounts(db: Db): Promise<Readonly<Record<DeliveryState, number>>> {
  const rows = await db
    .selectFrom("deliveries")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return {
    due: count("due"),
    posted: count("posted"),
    held: count("held"),
    dropped: count("dropped"),
    dead: count("dead"),
  };
}

/** The channels to which something is held back until the bot may post there again. */
export async function heldChannels(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("deliveries").select("destination").distinct().where("state", "=", "held").execute();
  const channels = new Set<string>();
  for (const { destination } of rows) {
    const channel = await channelOf(db, destinationFrom(destination));
    if (channel !== undefined) channels.add(channel);
  }
  return [...channels];
}

async function channelOf(db: Db, to: Destination): Promise<string | undefined> {
  if (typeof to === "string") return to;
  return "channel" in to ? to.channel : (await subscriptionById(db, to.subscriptionId))?.destination;
}

/** When the next delivery is due or its claim lapses; null when nothing is owed. */
export async function nextDeliveryAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom("deliveries")
    .select((eb) => eb.fn.min("due_at").as("at"))
    .where("state", "=", "due")
    .executeTakeFirst();
  return row?.at == null ? null : new Date(row.at);
}
