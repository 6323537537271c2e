import { DAY_MS } from "#model/time.ts";
import { newestAt } from "#store/ahead.ts";
import type { Db } from "#store/engine/database.ts";
import { RETENTION } from "#store/retention.ts";
import { pruneAll } from "#worker/prune.ts";

/** A store in which nothing was stored for so long may be looked at by a clock that is wrong. */
const MOST_IDLE_MS = RETENTION.textDays * DAY_MS;

/** Deletes all that is older than it is kept for, unless the clock may be wrong. Resolves to a sentence on it. */
export async function pruneNow(db: Db, now: Date): Promise<string> {
  const newest = await newestAt(db);
  if (newest !== null && Math.abs(now.getTime() - newest.getTime()) > MOST_IDLE_MS)
    return `Nothing was deleted: the newest that is stored is from ${dayOf(newest)}, and the clock shows ${dayOf(now)}. Correct the clock, or let a worker poll first.`;
  const { deliveries, texts, stories } = await pruneAll(db, now, RETENTION, new AbortController().signal);
  return `Deleted ${deliveries} settled deliveries, ${texts} texts and ${stories} stories and articles outside of any.`;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
