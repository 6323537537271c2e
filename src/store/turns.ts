import { sql } from "kysely";
import { type Db, engineOf } from "./engine.ts";
import { dateAt, msOf } from "./rows.ts";

/**
 * Reserves the next turn at each of these (registrable domains, channels), whichever worker asks: turns are `gapMs` apart. Returns when
 * each may start, `now` at the earliest. Wait for it, then ask.
 */
export async function takeTurns(db: Db, keys: readonly string[], now: Date, gapMs: number): Promise<Map<string, Date>> {
  const at = msOf(now);
  const later =
    engineOf(db) === "sqlite" ? sql<number>`max(turns.next_at, ${at})` : sql<number>`greatest(turns.next_at, ${at})`;
  const rows = await db
    .insertInto("turns")
    // In one order everywhere: two workers that lock the same rows then never wait for each other.
    .values([...new Set(keys)].sort().map((key) => ({ domain: key, next_at: at + gapMs })))
    .onConflict((conflict) => conflict.column("domain").doUpdateSet({ next_at: sql<number>`${later} + ${gapMs}` }))
    .returning(["domain", "next_at"])
    .execute();
  return new Map(rows.map(({ domain, next_at }) => [domain, dateAt(next_at - gapMs)]));
}

/** The next turn at one. */
export async function takeTurn(db: Db, key: string, now: Date, gapMs: number): Promise<Date> {
  return (await takeTurns(db, [key], now, gapMs)).get(key) ?? now;
}

/** Forgets those whose last turn is long over. */
export async function forgetTurns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("turns").where("next_at", "<", msOf(before)).execute();
}
