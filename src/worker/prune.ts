import { QUIET_DAYS } from "#pipeline/cluster/cluster.ts";
import type { Db } from "#store/database.ts";
import { closeStories, dropDeliveries, dropStories, emptyTexts } from "#store/retention.ts";
import { takeRun } from "#store/schedules.ts";
import { forgetTurns } from "#store/turns.ts";

const DAY_MS = 86_400_000;

/** How long things are kept. A year and a month of look-ups fits a small disk once the texts, its bulk, are emptied. */
export type Retention = { readonly articleDays: number; readonly textDays: number; readonly deliveryDays: number };

export const RETENTION: Retention = { articleDays: 400, textDays: 60, deliveryDays: 90 };

/** Rows a batch: some ten milliseconds on a small machine, after which whoever waits has the store. */
const BATCH = 100;

export type Pruned = {
  readonly deliveries: number;
  readonly texts: number;
  readonly stories: number;
  readonly closed: number;
};

/** Closes quiet stories and deletes what is older than its retention, batch by batch, until nothing is or `signal` aborts. One worker does it a day; null for the others. */
export async function prune(db: Db, now: Date, retention: Retention, signal: AbortSignal): Promise<Pruned | null> {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  if (!(await takeRun(db, "prune", today))) return null;
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await forgetTurns(db, before(1));
  return {
    closed: await batches((limit) => closeStories(db, before(QUIET_DAYS), limit, now), signal),
    deliveries: await batches((limit) => dropDeliveries(db, before(retention.deliveryDays), limit), signal),
    texts: await batches((limit) => emptyTexts(db, before(retention.textDays), limit), signal),
    stories: await batches((limit) => dropStories(db, before(retention.articleDays), limit), signal),
  };
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
