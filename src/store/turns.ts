import { sql } from "kysely";
import { HOUR_MS } from "#model/time.ts";
import { type Db, engineOf } from "./engine/engine.ts";
import { chunks, dateAt, msOf } from "./rows.ts";

/**
 * Reserves the next turn at each of these (sites, channels), whichever worker asks: turns are `gapMs` apart. Returns when
 * each may start, `now` at the earliest. Wait for it, then ask.
 */
export async function takeTurns(db: Db, keys: readonly string[], now: Date, gapMs: number): Promise<Map<string, Date>> {
  const at = msOf(now);
  const later =
    engineOf(db) === "sqlite" ? sql<number>`max(turns.next_at, ${at})` : sql<number>`greatest(turns.next_at, ${at})`;
  const rows = await db
    .insertInto("turns")
    // In one order everywhere: two workers that lock the same rows then never wait for each other.
    .values([...new Set(keys)].sort().map((key) => ({ key, next_at: at + gapMs })))
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ next_at: sql<number>`${later} + ${gapMs}` }))
    .returning(["key", "next_at"])
    .execute();
  return new Map(rows.map(({ key, next_at }) => [key, dateAt(next_at - gapMs)]));
}

/** `most` turns may be taken at once, and come back one by one, all of them within an hour. */
const gapOf = (most: number): number => Math.max(1, Math.floor(HOUR_MS / most));

/** How many turns are free at each of these now. */
export async function freeTurns(
  db: Db,
  keys: readonly string[],
  now: Date,
  most: number,
): Promise<Map<string, number>> {
  const gapMs = gapOf(most);
  const known = new Map<string, number>();
  for (const some of chunks(keys)) {
    for (const row of await db.selectFrom("turns").selectAll().where("key", "in", some).execute())
      known.set(row.key, row.next_at);
  }
  const taken = (key: string) => Math.max(0, Math.ceil(((known.get(key) ?? 0) - msOf(now)) / gapMs));
  return new Map(keys.map((key) => [key, Math.max(0, most - taken(key))]));
}

/** Takes so many free turns at each of these. */
export async function takeFreeTurns(
  tx: Db,
  keys: readonly string[],
  now: Date,
  count: number,
  most: number,
): Promise<void> {
  if (count > 0) for (const some of chunks(keys)) await takeTurns(tx, some, now, count * gapOf(most));
}

/** The next turn at one. */
export async function takeTurn(db: Db, key: string, now: Date, gapMs: number): Promise<Date> {
  return (await takeTurns(db, [key], now, gapMs)).get(key) ?? now;
}

/** Where a host's wish to be left alone is kept: no host has a space in its name. */
const pauseOf = (host: string) => `pause of ${host}`;

/** The next turn at a site, and until when the host there wants to be left alone by all workers. */
export async function takeTurnAt(
  db: Db,
  { site, host }: { readonly site: string; readonly host: string },
  now: Date,
  gapMs: number,
): Promise<{ readonly at: Date; readonly pausedUntil: Date | null }> {
  const [at, pause] = await Promise.all([
    takeTurn(db, site, now, gapMs),
    db.selectFrom("turns").select("next_at").where("key", "=", pauseOf(host)).executeTakeFirst(),
  ]);
  return { at, pausedUntil: pause === undefined ? null : dateAt(pause.next_at) };
}

/** No worker is to ask that host until then; a pause that lasts longer stays. */
export async function pauseTurns(db: Db, host: string, until: Date): Promise<void> {
  await db
    .insertInto("turns")
    .values({ key: pauseOf(host), next_at: msOf(until) })
    .onConflict((conflict) =>
      conflict
        .column("key")
        .doUpdateSet({ next_at: msOf(until) })
        .where("turns.next_at", "<", msOf(until)),
    )
    .execute();
}

/**
 * Holds a turn until `leaseMs` from now, if nobody does; `mine` is when the caller's own hold of it ends, null while it has none.
 * Returns when the hold ends, which nobody else's does; null when somebody else has it.
 */
export async function holdTurn(
  db: Db,
  key: string,
  mine: Date | null,
  now: Date,
  leaseMs: number,
): Promise<Date | null> {
  const until = new Date(now.getTime() + leaseMs);
  const held = await db
    .insertInto("turns")
    .values({ key, next_at: msOf(until) })
    .onConflict((conflict) =>
      conflict
        .column("key")
        .doUpdateSet({ next_at: msOf(until) })
        .where((eb) =>
          eb.or([eb("turns.next_at", "<=", msOf(now)), ...(mine ? [eb("turns.next_at", "=", msOf(mine))] : [])]),
        ),
    )
    .returning("key")
    .execute();
  return held.length > 0 ? until : null;
}

/** Gives back a hold that ends at `mine`, unless it is somebody else's by now. */
export async function letGoOfTurn(db: Db, key: string, mine: Date): Promise<void> {
  await db.deleteFrom("turns").where("key", "=", key).where("next_at", "=", msOf(mine)).execute();
}

/** Forgets those whose last turn is long over. */
export async function forgetTurns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("turns").where("next_at", "<", msOf(before)).execute();
}
