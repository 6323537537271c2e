import { DAY_MS } from "#model/time.ts";
import { QUIET_DAYS } from "#pipeline/cluster/cluster.ts";
import type { Db } from "#store/engine/database.ts";
import { forgetGaps } from "#store/feeds.ts";
import { dropMatters } from "#store/matters.ts";
import { forgetTries } from "#store/outbox/tries.ts";
import { closeStories, dropDeliveries, dropStories, emptyTexts, oldestOf, type Retention } from "#store/retention.ts";
import { takeRun } from "#store/schedules.ts";
import { forgetTurns } from "#store/turns.ts";

/** Rows a batch: some ten milliseconds on a small machine, after which whoever waits has the store. */
const BATCH = 100;

/** What is held back is posted days later: where it was tried before is known until then. */
const TRY_DAYS = 7;

export type Pruned = {
  readonly deliveries: number;
  readonly texts: number;
  readonly stories: number;
  readonly closed: number;
};

/**
 * Closes quiet stories and deletes what is older than its retention, batch by batch, until nothing is or `signal` aborts. One
 * worker does it a day; null for the others. Of each kind it deletes a day's share, what is from within a day of the oldest:
 * where there is more, a clock may be wrong, and `pruneAll` is a person's to ask for.
 */
export async function prune(db: Db, now: Date, retention: Retention, signal: AbortSignal): Promise<Pruned | null> {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  return (await takeRun(db, "prune", today)) ? pruneShare(db, now, retention, signal, DAY_MS) : null;
}

/** The same at once, however much it is. */
export const pruneAll = (db: Db, now: Date, retention: Retention, signal: AbortSignal): Promise<Pruned> =>
  pruneShare(db, now, retention, signal, Number.POSITIVE_INFINITY);

async function pruneShare(
  db: Db,
  now: Date,
  { articleDays, textDays, deliveryDays }: Retention,
  signal: AbortSignal,
  shareMs: number,
): Promise<Pruned> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const oldest = await oldestOf(db);
  const share = (days: number, from: Date | null) =>
    new Date(Math.min(before(days).getTime(), (from?.getTime() ?? Number.POSITIVE_INFINITY) + shareMs));
  await forgetTurns(db, before(1));
  await forgetTries(db, before(TRY_DAYS));
  // A memo tells of gaps beside stories: of a time of which no story is kept there is none to tell.
  await forgetGaps(db, before(articleDays));
  const pruned = {
    closed: await batches((limit) => closeStories(db, before(QUIET_DAYS), limit, now), signal),
    deliveries: await batches((limit) => dropDeliveries(db, share(deliveryDays, oldest.deliveries), limit), signal),
    texts: await batches((limit) => emptyTexts(db, share(textDays, oldest.texts), limit), signal),
    stories: await batches((limit) => dropStories(db, share(articleDays, oldest.stories), limit), signal),
  };
  await dropMatters(db);
  return pruned;
}

async function batches(drop: (limit: number) => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const dropped = await drop(BATCH);
    total += dropped;
    if (dropped === 0) break;
    // SQLite answers at once: without this, timers and sockets would wait for the last batch.
    await new Promise(setImmediate);
  }
  return total;
}
