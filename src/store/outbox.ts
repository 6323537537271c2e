import { sql } from "kysely";
import type { Claim, Poster, PostOutcome } from "#model/delivery.ts";
import { type Destination, destinationFrom, destinationsOf, keyOf } from "#model/destination.ts";
import { TERMINAL } from "#model/subscription.ts";
import { MINUTE_MS } from "#model/time.ts";
import { type Db, engineOf, unlocked } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { releaseFeeds } from "./feeds.ts";
import { chunks, dateAt, msOf } from "./rows.ts";
import { pauseSubscriptions, removeSubscriptions, resumeSubscriptions, subscriptionsOf } from "./subscriptions.ts";
import { takeTurns } from "./turns.ts";

/** A claim lapses after this: a crash delays a post but never loses it. A post takes seconds, half a minute at the worst. */
export const CLAIM_MS = MINUTE_MS;

/**
 * The life of a delivery: `due` until it is settled; `posted`; `held` while the bot may not post to its destination; `dropped` when
 * the destination is gone; `dead` when it can never be posted as it is (a dead letter for the operators).
 */
export const DELIVERY_STATES = ["due", "posted", "held", "dropped", "dead"] as const;

export type Owed<To extends Destination = Destination> = {
  readonly storyId: number;
  readonly revision: number;
  readonly destination: To;
  readonly dueAt: Date;
  /** It came with a feed's first poll, or is dated ahead. */
  readonly backlog?: boolean;
};

/** Owes each story revision to its destination, once: what is owed or was posted already is left as it is. Returns how many are new. */
export async function enqueue(tx: Db, owed: readonly Owed[]): Promise<number> {
  let added = 0;
  for (const some of chunks(owed, 200)) {
    const rows = some.map(({ storyId, revision, destination, dueAt }) => ({
      story_id: storyId,
      revision,
      destination: keyOf(destination),
      state: "due",
      due_at: msOf(dueAt),
    }));
    const result = await tx
      .insertInto("deliveries")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["story_id", "destination", "revision"]).doNothing())
      .executeTakeFirst();
    added += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return added;
}

/**
 * Claims due deliveries for CLAIM_MS, longest due first. A destination has one claim at a time, its oldest unsettled delivery: what
 * was enqueued first is posted first, and what cannot be posted yet, or may not be, holds the later ones back. A destination that has had
 * its posts for now, from whichever worker, waits as the poster's pace says.
 */
export async function claimDue(
  db: Db,
  now: Date,
  limit: number,
  { serves, pace }: Pick<Poster, "serves" | "pace"> = {},
): Promise<Claim<Destination>[]> {
  const at = msOf(now);
  const rows = await db
    .with("picked", (qb) => {
      let due = qb
        .selectFrom("deliveries as due")
        .select("due.id")
        .where("due.state", "=", "due")
        .where("due.due_at", "<=", at)
        .where("due.lease_until", "<=", at)
        .where((eb) => {
          // Asked one by one, so that each is answered by its own partial index.
          const earlier = (state: "due" | "held") =>
            eb.exists(
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
          return eb.and([eb.not(earlier("due")), eb.not(earlier("held"))]);
        })
        .orderBy("due.due_at")
        .orderBy("due.id")
        .limit(limit);
      if (serves !== undefined) due = due.where("due.destination", serves === "terminal" ? "=" : "<>", TERMINAL);
      if (pace !== undefined) {
        // Each post put the turn everyMs further; so far ahead of the clock, the burst is used up.
        const ahead = (pace.burst - 1) * pace.everyMs;
        due = due.where((eb) => {
          const turns = eb.selectFrom("turns").select("turns.key").whereRef("turns.key", "=", "due.destination");
          return eb.not(eb.exists(turns.where("turns.next_at", ">", at + ahead)));
        });
      }
      return unlocked(db, due);
    })
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
      eb
        .selectFrom("deliveries as shown")
        .select("shown.message_id")
        .whereRef("shown.story_id", "=", "deliveries.story_id")
        .whereRef("shown.destination", "=", "deliveries.destination")
        .whereRef("shown.revision", "<", "deliveries.revision")
        .where("shown.state", "=", "posted")
        .orderBy("shown.revision", "desc")
        .limit(1)
        .as("earlier_message"),
      eb
        .selectFrom("stories as own")
        .innerJoin("stories as other", "other.saga_id", "own.saga_id")
        .innerJoin("deliveries as shown", "shown.story_id", "other.id")
        .select("shown.message_id")
        .whereRef("own.id", "=", "deliveries.story_id")
        .whereRef("shown.destination", "=", "deliveries.destination")
        .where("shown.state", "=", "posted")
        .orderBy("shown.settled_at", "desc")
        .orderBy("shown.id", "desc")
        .limit(1)
        .as("saga_message"),
    ])
    .execute();
  if (pace !== undefined && rows.length > 0) {
    await takeTurns(
      db,
      rows.map(({ destination }) => destination),
      now,
      pace.everyMs,
    );
  }
  return rows
    .sort((a, b) => a.due_at - b.due_at || a.id - b.id)
    .map((row) => ({
      deliveryId: row.id,
      storyId: row.story_id,
      revision: row.revision,
      destination: destinationFrom(row.destination),
      attempts: row.attempts,
      messageId: row.earlier_message,
      sagaMessageId: row.saga_message,
    }));
}

/**
 * Gives back what a worker that died held, feeds too, so that a restart need not wait for the leases to lapse. On SQLite the worker
 * that asks is the only one; on PostgreSQL others may be at work, and nothing is given back before its time.
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
      return changeAll(db, claim, { ...settled, state: "posted", message_id: outcome.messageId, reason: null });
    case "retry":
      return changeMine(db, claim, { lease_until: 0, due_at: msOf(outcome.at), reason: outcome.reason });
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
  state: (typeof DELIVERY_STATES)[number];
  lease_until: number;
  due_at: number;
  message_id: string;
  reason: string | null;
  settled_at: number;
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

export type Carried = { readonly storyId: number; readonly revision: number };

/**
 * What the digest of a claim carries: all that is due to the same destination when it is first asked for, and the same
 * ever after, so that a digest which was posted and not settled is recognised. Oldest first.
 */
export async function gatherDigest(db: Db, claim: Claim<Destination>, now: Date): Promise<Carried[]> {
  return transact(db, async (tx) => {
    const known = await carriedBy(tx, claim);
    if (known.length > 0) return known;
    await tx
      .updateTable("deliveries")
      .set({ digest_of: claim.deliveryId })
      .where("destination", "=", keyOf(claim.destination))
      .where("state", "=", "due")
      .where("due_at", "<=", msOf(now))
      .execute();
    return carriedBy(tx, claim);
  });
}

async function carriedBy(tx: Db, { deliveryId }: Pick<Claim, "deliveryId">): Promise<Carried[]> {
  const rows = await tx
    .selectFrom("deliveries")
    .select(["story_id", "revision"])
    .where("digest_of", "=", deliveryId)
    .where("state", "=", "due")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ storyId: row.story_id, revision: row.revision }));
}

/**
 * The bot may post to a destination again: its subscriptions resume, and what was held since `since` is due in its old order. What
 * is older has lost its news and is dropped. Returns how many deliveries are due again.
 */
export async function resumeDestination(db: Db, destination: string, since: Date, now: Date): Promise<number> {
  return transact(db, async (tx) => {
    await resumeSubscriptions(tx, destination);
    const resumed = destinationsOf(destination, await subscriptionsOf(tx, { destination }));
    const held = tx
      .updateTable("deliveries")
      .where("destination", "in", resumed.map(keyOf))
      .where("state", "=", "held");
    await held
      .set({ state: "dropped", settled_at: msOf(now) })
      .where("due_at", "<", msOf(since))
      .execute();
    const due = await held.set({ state: "due", settled_at: null, reason: null }).executeTakeFirst();
    return Number(due.numUpdatedRows);
  });
}

/** What is due to a destination later than `limit` is due at `at`. Returns how many are. */
export async function bringForward(tx: Db, to: Destination, limit: Date, at: Date): Promise<number> {
  const changed = await tx
    .updateTable("deliveries")
    .set({ due_at: msOf(at) })
    .where("destination", "=", keyOf(to))
    .where("state", "=", "due")
    .where("due_at", ">", msOf(limit))
    .executeTakeFirst();
  return Number(changed.numUpdatedRows);
}

/** Owes of one story what was owed of another, which it took over. What is being posted just now is left to whoever posts it. */
export async function oweInstead(
  tx: Db,
  from: number,
  into: { readonly id: number; readonly revision: number },
  now: Date,
): Promise<void> {
  await tx.updateTable("deliveries").set({ edit_due_at: null }).where("story_id", "=", from).execute();
  const unsent = await tx
    .updateTable("deliveries")
    .set({ state: "dropped", settled_at: msOf(now), reason: `Merged into story ${into.id}.` })
    .where("story_id", "=", from)
    .where("state", "=", "due")
    .where("lease_until", "<=", msOf(now))
    .where("digest_of", "is", null)
    .returning(["destination", "due_at"])
    .execute();
  const owed = unsent.map((row) => ({
    storyId: into.id,
    revision: into.revision,
    destination: destinationFrom(row.destination),
    dueAt: dateAt(row.due_at),
  }));
  await enqueue(tx, owed);
}

/** Forgets a destination: its subscriptions, and what is still owed to it. */
export async function removeDestination(tx: Db, destination: string): Promise<void> {
  await removeSubscriptions(tx, destination);
  await tx.deleteFrom("deliveries").where("destination", "=", destination).where("state", "=", "due").execute();
}
