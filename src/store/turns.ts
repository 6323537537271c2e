import { sql } from "kysely";
import { type Db, engineOf } from "./engine.ts";
import { dateAt, msOf } from "./rows.ts";

/**
 * Reserves the next request to a registrable domain, whichever worker asks: requests start `gapMs` apart. Returns when this one may
 * start, `now` at the earliest. Wait for it, then ask.
 */
export async function takeTurn(db: Db, domain: string, now: Date, gapMs: number): Promise<Date> {
  const at = msOf(now);
  const later =
    engineOf(db) === "sqlite" ? sql<number>`max(turns.next_at, ${at})` : sql<number>`greatest(turns.next_at, ${at})`;
  const { next_at } = await db
    .insertInto("turns")
    .values({ domain, next_at: at + gapMs })
    .onConflict((conflict) => conflict.column("domain").doUpdateSet({ next_at: sql<number>`${later} + ${gapMs}` }))
    .returning("next_at")
    .executeTakeFirstOrThrow();
  return dateAt(next_at - gapMs);
}

/** Forgets the domains whose last request is long over. */
export async function forgetTurns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("turns").where("next_at", "<", msOf(before)).execute();
}
