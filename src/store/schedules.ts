import type { Db } from "./engine/engine.ts";
import { dateOrNull, msOf } from "./rows.ts";

/**
 * Whether this worker is the one to run a schedule for the time `at`: true for the first that asks, false for the others and for
 * an earlier time. A run that dies is not repeated before the schedule's next time.
 */
export async function takeRun(db: Db, name: string, at: Date): Promise<boolean> {
  const taken = await db
    .insertInto("schedules")
    .values({ name, ran_at: msOf(at) })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet({ ran_at: msOf(at) })
        .where("schedules.ran_at", "<", msOf(at)),
    )
    .returning("name")
    .execute();
  return taken.length > 0;
}

/** The time that a schedule was last run for; null before its first run. */
export async function lastRunOf(db: Db, name: string): Promise<Date | null> {
  const ran = await db.selectFrom("schedules").select("ran_at").where("name", "=", name).executeTakeFirst();
  return dateOrNull(ran?.ran_at ?? null);
}

/** Whether nobody has run a schedule for the time `at` yet: what is long work is looked at first, and taken when it is done. */
export async function isRunOpen(db: Db, name: string, at: Date): Promise<boolean> {
  const ran = await db
    .selectFrom("schedules")
    .select("name")
    .where("name", "=", name)
    .where("ran_at", ">=", msOf(at))
    .executeTakeFirst();
  return ran === undefined;
}

/**
 * Writes so many bytes and deletes them. No schedule has a name like theirs; they are committed, as what is rolled back need not
 * be written.
 */
export async function keepForAMoment(db: Db, bytes: number): Promise<void> {
  await db
    .insertInto("schedules")
    .values({ name: `a try to write ${"x".repeat(bytes)}`, ran_at: 0 })
    .execute();
  await db.deleteFrom("schedules").where("name", "like", "a try to write %").execute();
}
