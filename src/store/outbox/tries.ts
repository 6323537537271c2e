import { sql } from "kysely";
import { MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/engine.ts";
import { dateAt, msOf } from "#store/rows.ts";

/** What was asked for is carried out within this, or never: Discord was seen to finish a post 14 s after the request was given up. */
export const TRY_MS = MINUTE_MS;

/** Where a message was last tried, and until when that may still be carried out. */
export type Try = { readonly place: string; readonly until: Date };

/** The last try of a message; null where there is none. */
export async function lastTry(db: Db, key: string): Promise<Try | null> {
  const row = await db.selectFrom("tries").select(["place", "until"]).where("key", "=", key).executeTakeFirst();
  return row === undefined ? null : tryOf(row);
}

/**
 * From now on no earlier attempt tries this message: one that was held up, and lost its claim meanwhile, finds out. `last` is where
 * those tried it, null where none did; what a wrong clock noted as open for longer than a try can be is open for so long from now on. Null
 * when a later attempt is at work already.
 */
export async function takeOver(
  db: Db,
  key: string,
  attempt: number,
  now: Date,
): Promise<{ readonly last: Try | null } | null> {
  const latest = now.getTime() + TRY_MS;
  const until = sql<number>`case when tries.until > ${latest} then ${latest} else tries.until end`;
  const row = await db
    .insertInto("tries")
    .values({ key, attempt, place: null, until: 0 })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({ attempt, until }).where("tries.attempt", "<=", attempt),
    )
    .returning(["place", "until"])
    .executeTakeFirst();
  return row === undefined ? null : { last: tryOf(row) };
}

/** Notes where an attempt tries a message now; null that it tries none. False, and nothing noted, when a later attempt is at work. */
export async function noteTry(db: Db, key: string, attempt: number, now: Try | null): Promise<boolean> {
  const noted = { attempt, place: now?.place ?? null, until: now === null ? 0 : msOf(now.until) };
  const changed = await db
    .insertInto("tries")
    .values({ key, ...noted })
    .onConflict((conflict) => conflict.column("key").doUpdateSet(noted).where("tries.attempt", "<=", attempt))
    .returning("key")
    .executeTakeFirst();
  return changed !== undefined;
}

/** Forgets those that were over before. */
export async function forgetTries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("tries").where("until", "<", msOf(before)).execute();
}

const tryOf = ({ place, until }: { readonly place: string | null; readonly until: number }): Try | null =>
  place === null ? null : { place, until: dateAt(until) };
