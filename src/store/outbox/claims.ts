import { type ExpressionBuilder, type QueryCreator, sql } from "kysely";
import { type Claim, type DeliveryState, NO_STORY, type Poster, type PostOutcome } from "#model/delivery.ts";
import { type Destination, destinationFrom, keyOf } from "#model/destination.ts";
import { MINUTE_MS } from "#model/time.ts";
import { type Db, engineOf, unlocked } from "#store/engine/engine.ts";
import { transact } from "#store/engine/transact.ts";
import { releaseFeeds } from "#store/feeds.ts";
import { msOf } from "#store/rows.ts";
import { pauseSubscriptions } from "#store/subscriptions.ts";
import type { Schema } from "#store/tables.ts";
import { takeTurns } from "#store/turns.ts";
import { isWithin } from "./reach.ts";

/** A claim lapses after this: a crash delays a post but never loses it. A post takes seconds, half a minute at the worst. */
export const CLAIM_MS = MINUTE_MS;

/**
 * Claims due deliveries for CLAIM_MS, longest due first. A destination has one claim at a time, its oldest unsettled delivery:
 * what was enqueued first is posted first, and what cannot be posted yet, or may not be, holds the later ones back. A destination
 * that has had its posts for now, from whichever worker, waits as the poster's pace says.
 */
export async function claimDue(
  db: Db,
  now: Date,
  limit: number,
  poster: Pick<Poster, "serves" | "pace"> = {},
): Promise<Claim<Destination>[]> {
  const at = msOf(now);
  const rows = await db
    .with("picked", (qb) => unlocked(db, dueNow(qb, at, poster).limit(limit)))
    .updateTable("deliveries")
    .set((eb) => ({ lease_until: at + CLAIM_MS, attempts: eb("attempts", "+", 1) }))
    .where("id", "in", (qb) => qb.selectFrom("picked").select("picked.id"))
    .returning((eb) => [
      "id",
      "story_id",
      "revision",
      "destination",
      "attempts",
      "due_at",
      earlierMessage(eb).as("earlier_message"),
      sagaMessage(eb).as("saga_message"),
    ])
    .execute();
  const destinations = rows.map(({ destination }) => destination);
  if (poster.pace !== undefined && rows.length > 0) await takeTurns(db, destinations, now, poster.pace.everyMs);
  return rows
    .sort((a, b) => a.due_at - b.due_at || a.id - b.id)
    .map((row) => ({
      deliveryId: row.id,
      storyId: row.story_id ?? NO_STORY,
      revision: row.revision,
      destination: destinationFrom(row.destination),
      attempts: row.attempts,
      messageId: row.earlier_message,
      sagaMessageId: row.saga_message,
    }));
}

/** What is due and held back by nothing before it, longest due first. */
function dueNow(qb: QueryCreator<Schema>, at: number, { serves, pace }: Pick<Poster, "serves" | "pace">) {
  let due = qb
    .selectFrom("deliveries as due")
    .select("due.id")
    .where("due.state", "=", "due")
    .where("due.due_at", "<=", at)
    .where("due.lease_until", "<=", at)
    // Asked one by one, so that each is answered by its own partial index.
    .where((eb) => eb.and([eb.not(earlier(eb, "due", at)), eb.not(earlier(eb, "held", at))]))
    .orderBy("due.due_at")
    .orderBy("due.id");
  if (serves !== undefined) due = due.where(isWithin("due.destination", serves));
  if (pace === undefined) return due;
  // Each post put the turn everyMs further; so far ahead of the clock, the burst is used up.
  const ahead = (pace.burst - 1) * pace.everyMs;
  return due.where((eb) => {
    const turns = eb.selectFrom("turns").select("turns.key").whereRef("turns.key", "=", "due.destination");
    return eb.not(eb.exists(turns.where("turns.next_at", ">", at + ahead)));
  });
}

type Due = ExpressionBuilder<Schema & { due: Schema["deliveries"] }, "due">;

/** Whether an older delivery to the same destination holds back the one named `due`. */
function earlier(eb: Due, state: "due" | "held", at: number) {
  return eb.exists(
    eb
      .selectFrom("deliveries as earlier")
      .select("earlier.id")
      .whereRef("earlier.destination", "=", "due.destination")
      .where("earlier.state", "=", sql.lit(state))
      .whereRef("earlier.id", "<", "due.id")
      // What waits for the end of quiet hours holds back its own story alone; what is being retried, all.
      .where((or) =>
        or.or([
          or("earlier.due_at", "<=", at),
          or("earlier.attempts", ">", 0),
          or("earlier.story_id", "=", or.ref("due.story_id")),
        ]),
      ),
  );
}

/** The message in which the newest revision before this one stands at its destination. */
function earlierMessage(eb: ExpressionBuilder<Schema, "deliveries">) {
  return eb
    .selectFrom("deliveries as shown")
    .select("shown.message_id")
    .whereRef("shown.story_id", "=", "deliveries.story_id")
    .whereRef("shown.destination", "=", "deliveries.destination")
    .whereRef("shown.revision", "<", "deliveries.revision")
    .where("shown.state", "=", "posted")
    .orderBy("shown.revision", "desc")
    .limit(1);
}

/** The newest message at its destination about any development of its saga. */
function sagaMessage(eb: ExpressionBuilder<Schema, "deliveries">) {
  return eb
    .selectFrom("stories as own")
    .innerJoin("stories as other", "other.saga_id", "own.saga_id")
    .innerJoin("deliveries as shown", "shown.story_id", "other.id")
    .select("shown.message_id")
    .whereRef("own.id", "=", "deliveries.story_id")
    .whereRef("shown.destination", "=", "deliveries.destination")
    .where("shown.state", "=", "posted")
    .orderBy("shown.settled_at", "desc")
    .orderBy("shown.id", "desc")
    .limit(1);
}

/**
 * Gives back what a worker that died held, feeds too, so that a restart need not wait for the leases to lapse. On SQLite the
 * worker that asks is the only one; on PostgreSQL others may be at work, and nothing is given back before its time.
 */
export async function releaseClaims(db: Db): Promise<void> {
  if (engineOf(db) === "sqlite") await releaseAll(db);
}

/** Gives back every claim, whoever has it: for a store that nobody works on yet. */
export async function releaseAll(db: Db): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ lease_until: 0 })
    .where("state", "=", "due")
    .where("lease_until", ">", 0)
    .execute();
  await releaseFeeds(db);
}

/**
 * Notes what became of a claim; false, and nothing done, when it lapsed and another worker has claimed it since.
 * `forbidden` holds all that is owed to the destination and pauses its subscriptions; `gone` drops it and pauses them for good.
 */
export async function settle(db: Db, claim: Claim<Destination>, outcome: PostOutcome, now: Date): Promise<boolean> {
  const settled = { lease_until: 0, settled_at: msOf(now) };
  switch (outcome.kind) {
    case "posted":
      return changeAll(db, claim, {
        ...settled,
        state: "posted",
        message_id: outcome.messageId,
        reason: null,
        ...(outcome.again === undefined ? {} : { edit_due_at: msOf(outcome.again) }),
      });
    case "retry":
      return changeMine(db, claim, { lease_until: 0, due_at: msOf(outcome.at), reason: outcome.reason });
    case "moot":
      return changeAll(db, claim, { ...settled, state: "dropped", reason: outcome.reason });
    case "rejected":
      return changeAll(db, claim, { ...settled, state: "dead", reason: outcome.reason });
    case "forbidden":
    case "gone":
      return transact(db, async (tx) => {
        const state = outcome.kind === "gone" ? "dropped" : "held";
        const { destination: to } = claim;
        if (!(await changeMine(tx, claim, { ...settled, state, reason: outcome.reason }))) return false;
        await tx
          .updateTable("deliveries")
          .set({ ...settled, state, reason: outcome.reason })
          .where("destination", "=", keyOf(to))
          .where("state", "=", "due")
          .execute();
        await pauseSubscriptions(tx, to, outcome.reason, now);
        return true;
      });
  }
}

type Change = Partial<{
  state: DeliveryState;
  lease_until: number;
  due_at: number;
  message_id: string;
  reason: string | null;
  settled_at: number;
  edit_due_at: number;
}>;

/** The claim and, where it carries others, all of them. */
async function changeAll(db: Db, claim: Claim<Destination>, change: Change): Promise<boolean> {
  if (typeof claim.destination === "string") return changeMine(db, claim, change);
  return transact(db, async (tx) => {
    if (!(await changeMine(tx, claim, change))) return false;
    await tx
      .updateTable("deliveries")
      .set(change)
      .where("digest_of", "=", claim.deliveryId)
      .where("state", "=", "due")
      .execute();
    return true;
  });
}

/** The fence: only the latest claimant of a delivery that is still due changes it. */
async function changeMine(db: Db, claim: Claim<Destination>, change: Change): Promise<boolean> {
  const changed = await db
    .updateTable("deliveries")
    .set(change)
    .where("id", "=", claim.deliveryId)
    .where("attempts", "=", claim.attempts)
    .where("state", "=", "due")
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
