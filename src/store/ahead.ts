import { sql } from "kysely";
import { destinationFrom } from "#model/destination.ts";
import { dueAt } from "#model/due.ts";
import { LONGEST_WAIT_MS } from "#model/feed.ts";
import { DAY_MS, HOUR_MS } from "#model/time.ts";
import type { Db } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { FEED_LEASE_MS } from "./feeds.ts";
import { CLAIM_MS } from "./outbox/claims.ts";
import { GATHER_MS } from "./outbox/growth.ts";
import { bringForward } from "./outbox/owed.ts";
import { TRY_MS } from "./outbox/tries.ts";
import { dateOrNull, msOf } from "./rows.ts";
import { subscriptionById } from "./subscriptions.ts";

/** Clocks of several workers differ, and time passes between a look and the next. */
const SLACK_MS = HOUR_MS;

/** A weekly digest is at most so far away, on the day that the clocks of its zone are put back. */
const LONGEST_DIGEST_MS = 8 * DAY_MS;

/** A time that a clock which was right never sets further ahead than `mostMs`. */
type Time = {
  readonly what: string;
  readonly table: "feeds" | "articles" | "subscriptions" | "deliveries" | "turns" | "tries" | "schedules";
  readonly column: string;
  readonly mostMs: number;
  readonly only?: string;
};

const feed = (what: string, column: string, mostMs = 0): Time => ({ what, table: "feeds", column, mostMs });
const due = { table: "deliveries", only: "state = 'due'" } as const;

const TIMES: readonly Time[] = [
  feed("next polls", "next_poll_at", LONGEST_WAIT_MS),
  feed("claims on feeds", "lease_until", FEED_LEASE_MS),
  feed("feeds added", "added_at"),
  feed("polls", "last_polled_at"),
  feed("successful polls", "last_success_at"),
  feed("changes of feeds", "last_changed_at"),
  feed("whole documents", "whole_at"),
  feed("comparisons of feeds", "compared_at"),
  feed("failures of feeds", "failing_since"),
  feed("reports of feeds", "reported_at"),
  // By an index; the other time of an article is never later.
  { what: "articles", table: "articles", column: "last_seen_at", mostMs: 0 },
  { what: "subscriptions", table: "subscriptions", column: "created_at", mostMs: 0 },
  { what: "claims on deliveries", column: "lease_until", mostMs: CLAIM_MS, ...due },
  { what: "deliveries due", column: "due_at", mostMs: LONGEST_DIGEST_MS, ...due },
  {
    what: "edits due",
    table: "deliveries",
    column: "edit_due_at",
    mostMs: GATHER_MS,
    only: "edit_due_at is not null",
  },
  { what: "turns and pauses", table: "turns", column: "next_at", mostMs: LONGEST_WAIT_MS },
  { what: "tries to post", table: "tries", column: "until", mostMs: TRY_MS },
  { what: "runs of schedules", table: "schedules", column: "ran_at", mostMs: 0 },
];

const beyond = ({ column, mostMs, only = "1 = 1" }: Time, now: Date) =>
  sql`${sql.ref(column)} > ${msOf(now) + mostMs + SLACK_MS} and ${sql.raw(only)}`;

/** What is dated further ahead than any right clock would have it, most of each kind: `3 next polls, until 2036-03-02`. */
export async function datedAhead(db: Db, now: Date): Promise<string[]> {
  const found: string[] = [];
  for (const time of TIMES) {
    const { rows } = await sql<{ count: number; last: number | null }>`
      select count(*) as count, max(${sql.ref(time.column)}) as last from ${sql.table(time.table)}
      where ${beyond(time, now)}`.execute(db);
    const { count = 0, last = null } = rows[0] ?? {};
    if (last !== null) found.push(`${count} ${time.what}, until ${new Date(last).toISOString().slice(0, 10)}`);
  }
  return found;
}

/**
 * Pulls back what a wrong clock has dated further ahead than any right one would: what was to be done is due now, or with its
 * next digest, and what was done was done now. For a clock that is believed. Returns how many times were pulled back.
 */
export async function pullBack(db: Db, now: Date): Promise<number> {
  return transact(db, async (tx) => {
    let pulled = await pullDigestsBack(tx, now);
    for (const time of TIMES) {
      const { table, column } = time;
      const earlier = sql`${sql.ref(column)} = ${msOf(now)}`;
      const change =
        table === "articles"
          ? sql`first_seen_at = case when first_seen_at > ${msOf(now)} then ${msOf(now)} else first_seen_at end, ${earlier}`
          : earlier;
      const done = await sql`update ${sql.table(table)} set ${change} where ${beyond(time, now)}`.execute(tx);
      pulled += Number(done.numAffectedRows ?? 0n);
    }
    return pulled;
  });
}

/** Each to the next time of its own. */
async function pullDigestsBack(tx: Db, now: Date): Promise<number> {
  const latest = new Date(now.getTime() + LONGEST_DIGEST_MS + SLACK_MS);
  const late = await tx
    .selectFrom("deliveries")
    .select("destination")
    .distinct()
    .where("state", "=", "due")
    .where("due_at", ">", msOf(latest))
    .execute();
  let pulled = 0;
  for (const { destination } of late) {
    const to = destinationFrom(destination);
    if (typeof to === "string" || to.kind !== "digest") continue;
    const subscription = await subscriptionById(tx, to.subscriptionId);
    if (subscription === null) continue;
    pulled += await bringForward(tx, to, latest, dueAt(subscription.manner, now));
  }
  return pulled;
}

/** When the newest of what is stored was stored; null for an empty store. */
export async function newestAt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ newest: number | null }>`
    select max(at) as newest from (
      select max(last_polled_at) as at from feeds union all select max(last_seen_at) from articles) as times`.execute(
    db,
  );
  return dateOrNull(rows[0]?.newest ?? null);
}
