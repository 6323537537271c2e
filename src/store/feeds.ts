import { type Insertable, type Selectable, sql } from "kysely";
import { z } from "zod";
import {
  askedAt,
  type Feed,
  type FeedState,
  type Gap,
  type IdentityKind,
  LEAST_GAP_MS,
  type Learned,
  type Source,
  unasked,
} from "#model/feed.ts";
import { type Db, unlocked } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { chunks, dateAt, dateOrNull, msOf, msOrNull, readJson, readWord } from "./rows.ts";
import type { FeedTable } from "./tables.ts";

/**
 * A worker holds a feed this long, and holds it on while it polls it: one that died frees its feeds after this. Short, as little
 * is lost with a claim that lapses too early: the feed is polled twice, and the fence keeps the second one's word.
 */
export const FEED_LEASE_MS = 15_000;

const IDENTITIES: readonly IdentityKind[] = ["guid", "url", "title-date"];
const redirectSchema = z.object({ url: z.string(), polls: z.number() });

/**
 * Makes the catalogue the feeds to poll: new ones are due now, and those that left are polled no more. One that returns starts
 * anew, but for what identifies its entries: what it published while nobody listed it is no news.
 */
export async function registerFeeds(db: Db, feedIds: readonly string[], now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const rows = await tx.selectFrom("feeds").select("feed_id").where("listed", "=", 1).execute();
    const listed = new Set(rows.map((row) => row.feed_id));
    const wanted = new Set(feedIds);
    // Only what differs is written: other workers have the rest in use.
    for (const some of chunks([...listed.difference(wanted)], 100)) {
      await tx.updateTable("feeds").set({ listed: 0 }).where("feed_id", "in", some).execute();
    }
    for (const some of chunks([...wanted.difference(listed)], 100)) {
      await tx
        .insertInto("feeds")
        .values(some.map((id) => rowOf(firstState(id, now))))
        .onConflict((conflict) =>
          conflict.column("feed_id").doUpdateSet({ listed: 1, added_at: msOf(now), ...anew(now) }),
        )
        .execute();
    }
  });
}

/** Feeds whose address in the catalogue, or how it is read, is another than what is remembered start anew there, paused or not. */
export async function readdressFeeds(
  db: Db,
  feeds: readonly (Source & Pick<Feed, "id" | "url">)[],
  now: Date,
): Promise<void> {
  const urls = new Map(feeds.map((feed) => [feed.id, askedAt(feed)]));
  const asked = await db
    .selectFrom("feeds")
    .select(["feed_id", "address"])
    .where("listed", "=", 1)
    .where("address", "is not", null)
    .execute();
  const moved = asked.filter(({ feed_id, address }) => (urls.get(feed_id) ?? address) !== address);
  for (const some of chunks(moved.map(({ feed_id }) => feed_id)))
    await db.updateTable("feeds").set(anew(now)).where("feed_id", "in", some).execute();
}

/** Nothing learned, and no claim on it that would say otherwise. */
const anew = (now: Date) => ({ ...learnedOf(unasked(now)), lease_until: 0, claims: sql<number>`feeds.claims + 1` });

const firstState = (feedId: string, now: Date): FeedState => ({
  feedId,
  claim: 0,
  addedAt: now,
  identity: null,
  ...unasked(now),
  knownEntries: [],
  comparedAt: null,
  lastPolledAt: null,
  lastChangedAt: null,
});

/** The states of all feeds of the catalogue, by id. */
export async function feedStates(db: Db): Promise<FeedState[]> {
  const rows = await db.selectFrom("feeds").selectAll().where("listed", "=", 1).orderBy("feed_id").execute();
  return rows.map(stateOf);
}

/**
 * Claims feeds whose poll is due, longest overdue first: no other worker gets them for FEED_LEASE_MS, or until `saveFeedState`.
 * One whose claim lapsed may have been claimed again since: what it says of the feed then changes nothing.
 */
export async function claimDueFeeds(db: Db, now: Date, limit: number): Promise<FeedState[]> {
  const at = msOf(now);
  const rows = await db
    .with("picked", (qb) => {
      const due = qb
        .selectFrom("feeds")
        .select("feed_id")
        .where("listed", "=", 1)
        .where("paused_at", "is", null)
        .where("next_poll_at", "<=", at)
        .where("lease_until", "<=", at)
        .orderBy("next_poll_at")
        .limit(limit);
      return unlocked(db, due);
    })
    .updateTable("feeds")
    .set(claimedAt(at))
    .where("feed_id", "in", (qb) => qb.selectFrom("picked").select("feed_id"))
    .returningAll()
    .execute();
  return rows.map(stateOf).sort((a, b) => msOf(a.nextPollAt) - msOf(b.nextPollAt));
}

/** Claims these whether due or not, save those that another worker holds. */
export async function claimFeeds(db: Db, feedIds: readonly string[], now: Date): Promise<FeedState[]> {
  const at = msOf(now);
  const claimed: FeedState[] = [];
  for (const some of chunks(feedIds)) {
    const rows = await db
      .updateTable("feeds")
      .set(claimedAt(at))
      .where("feed_id", "in", some)
      .where("lease_until", "<=", at)
      .returningAll()
      .execute();
    claimed.push(...rows.map(stateOf));
  }
  return claimed;
}

const claimedAt = (at: number) => ({ lease_until: at + FEED_LEASE_MS, claims: sql<number>`claims + 1` });

/** How many feeds the catalogue has. */
export async function feedCount(db: Db): Promise<number> {
  const counted = await db
    .selectFrom("feeds")
    .select((eb) => eb.fn.countAll<number>().as("feeds"))
    .where("listed", "=", 1)
    .executeTakeFirstOrThrow();
  return counted.feeds;
}

/** How many feeds could be claimed now. */
export async function dueFeedCount(db: Db, now: Date): Promise<number> {
  const counted = await db
    .selectFrom("feeds")
    .select((eb) => eb.fn.countAll<number>().as("feeds"))
    .where("listed", "=", 1)
    .where("paused_at", "is", null)
    .where("next_poll_at", "<=", msOf(now))
    .where("lease_until", "<=", msOf(now))
    .executeTakeFirstOrThrow();
  return counted.feeds;
}

/** Holds feeds that are still being polled for another FEED_LEASE_MS. */
export async function holdFeeds(db: Db, claimed: readonly FeedState[], now: Date): Promise<void> {
  await lease(db, claimed, msOf(now) + FEED_LEASE_MS);
}

/** Lets feeds go that were claimed and not polled: another worker may have them at once. */
export async function letFeedsGo(db: Db, claimed: readonly FeedState[]): Promise<void> {
  await lease(db, claimed, 0);
}

async function lease(db: Db, claimed: readonly FeedState[], until: number): Promise<void> {
  for (const some of chunks(claimed, 100)) {
    const held = db
      .selectFrom("feeds")
      .select("feed_id")
      .where((eb) => eb.or(some.map((state) => eb.and(mine(state)))))
      // What was saved meanwhile is held no longer.
      .where("lease_until", ">", 0);
    // One that is just being listed anew or saved is left as it is: another renewal follows.
    await db.updateTable("feeds").set({ lease_until: until }).where("feed_id", "in", unlocked(db, held)).execute();
  }
}

/** Remembers what a poll found, and lets the feed go; false, and nothing done, when another worker has claimed it since. */
export async function saveFeedState(db: Db, state: FeedState): Promise<boolean> {
  if (state.failingSince === null && state.lastSuccessAt !== null) await noteGap(db, state, state.lastSuccessAt);
  const saved = await db
    .updateTable("feeds")
    .set({ ...rememberedOf(state), lease_until: 0 })
    .where((eb) => eb.and(mine(state)))
    .executeTakeFirst();
  return saved.numUpdatedRows > 0n;
}

/** A feed is read again that nobody could or did read for LEAST_GAP_MS, whether it failed or the worker was away. */
async function noteGap(db: Db, state: FeedState, readAt: Date): Promise<void> {
  const ended = db
    .selectFrom("feeds")
    .select((eb) => ["feed_id", eb.ref("last_success_at").$notNull().as("since"), eb.val(msOf(readAt)).as("until")])
    .where((eb) => eb.and(mine(state)))
    .where("last_success_at", "<=", msOf(readAt) - LEAST_GAP_MS);
  await db
    .insertInto("feed_gaps")
    .columns(["feed_id", "since", "until"])
    .expression(ended)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Times between two in which listed feeds were not read for LEAST_GAP_MS, as they stood at the second, the earliest first. */
export async function gapsBetween(db: Db, after: Date, by: Date): Promise<readonly Gap[]> {
  const over = await db
    .selectFrom("feed_gaps")
    .innerJoin("feeds", "feeds.feed_id", "feed_gaps.feed_id")
    .select(["feed_gaps.feed_id", "since", "until"])
    .where("listed", "=", 1)
    .where("until", ">", msOf(after))
    .execute();
  const lasting = await db
    .selectFrom("feeds")
    .select((eb) => ["feed_id", eb.fn.coalesce("last_success_at", "added_at").as("since")])
    .where("listed", "=", 1)
    .execute();
  return [...over, ...lasting.map((row) => ({ ...row, until: null }))]
    .filter(({ since, until }) => Math.min(until ?? msOf(by), msOf(by)) - since >= LEAST_GAP_MS)
    .map(({ feed_id: feedId, since, until }) => ({
      feedId,
      since: dateAt(since),
      until: until === null || until > msOf(by) ? null : dateAt(until),
    }))
    .sort((a, b) => a.since.getTime() - b.since.getTime() || (a.feedId < b.feedId ? -1 : 1));
}

/** Forgets gaps that were over before. */
export async function forgetGaps(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("feed_gaps").where("until", "<", msOf(before)).execute();
}

/** Has all that the feed lists compared with the store at its next poll. */
export async function forgetEntries(db: Db, feedId: string): Promise<void> {
  await db.updateTable("feeds").set({ known_entries: "" }).where("feed_id", "=", feedId).execute();
}

/** The fence. */
const mine = ({ feedId, claim }: FeedState) => ({ feed_id: feedId, claims: claim });

const rowOf = (state: FeedState): Insertable<FeedTable> => ({
  feed_id: state.feedId,
  listed: 1,
  ...rememberedOf(state),
});

const rememberedOf = (state: FeedState) => ({
  added_at: msOf(state.addedAt),
  identity: state.identity,
  known_entries: state.knownEntries.join(" "),
  compared_at: msOrNull(state.comparedAt),
  last_polled_at: msOrNull(state.lastPolledAt),
  last_changed_at: msOrNull(state.lastChangedAt),
  ...learnedOf(state),
});

const learnedOf = (state: Learned) => ({
  address: state.address,
  etag: state.etag,
  last_modified: state.lastModified,
  answered_by: state.answeredBy,
  whole_at: msOrNull(state.wholeAt),
  body_hash: state.bodyHash,
  moved_to: state.movedTo,
  redirect: state.redirect === null ? null : JSON.stringify(state.redirect),
  next_poll_at: msOf(state.nextPollAt),
  last_success_at: msOrNull(state.lastSuccessAt),
  failure_count: state.failureCount,
  failing_since: msOrNull(state.failingSince),
  failure_reason: state.failureReason,
  paused_at: msOrNull(state.pausedAt),
  reported_at: msOrNull(state.reportedAt),
});

const stateOf = (row: Selectable<FeedTable>): FeedState => ({
  feedId: row.feed_id,
  claim: row.claims,
  addedAt: dateAt(row.added_at),
  address: row.address,
  identity: row.identity === null ? null : readWord(IDENTITIES, row.identity, "feeds.identity"),
  etag: row.etag,
  lastModified: row.last_modified,
  answeredBy: row.answered_by,
  wholeAt: dateOrNull(row.whole_at),
  bodyHash: row.body_hash,
  knownEntries: row.known_entries === "" ? [] : row.known_entries.split(" "),
  comparedAt: dateOrNull(row.compared_at),
  movedTo: row.moved_to,
  redirect: row.redirect === null ? null : readJson(redirectSchema, row.redirect, "feeds.redirect"),
  nextPollAt: dateAt(row.next_poll_at),
  lastPolledAt: dateOrNull(row.last_polled_at),
  lastSuccessAt: dateOrNull(row.last_success_at),
  lastChangedAt: dateOrNull(row.last_changed_at),
  failureCount: row.failure_count,
  failingSince: dateOrNull(row.failing_since),
  failureReason: row.failure_reason,
  pausedAt: dateOrNull(row.paused_at),
  reportedAt: dateOrNull(row.reported_at),
});

/** Gives back all feeds that are claimed. */
export async function releaseFeeds(db: Db): Promise<void> {
  await db.updateTable("feeds").set({ lease_until: 0 }).where("lease_until", ">", 0).execute();
}
