import { sql } from "kysely";
import { type Lead, OCCASIONS, type Occasion } from "#model/deadline.ts";
import { remindersOf } from "#model/destination.ts";
import { DAY_MS } from "#model/time.ts";
import { isoDay } from "#text/calendar.ts";
import type { Db } from "./engine/engine.ts";
import { enqueue } from "./outbox/owed.ts";
import { chunks, readWord } from "./rows.ts";

/** A day of a dispute of which a channel is reminded so many days ahead; the story is the one that is named to it. */
export type NewReminder = {
  readonly storyId: number;
  readonly sagaId: number;
  readonly occasion: Occasion;
  readonly day: string;
  readonly lead: Lead;
  readonly channel: string;
  readonly dueAt: Date;
};

/**
 * Owes each reminder, once: what was owed before is left as it is. A delivery names a reminder where others name a revision. Returns
 * how many are new.
 */
export async function oweReminders(tx: Db, reminders: readonly NewReminder[]): Promise<number> {
  let added = 0;
  for (const { storyId, sagaId, occasion, day, lead, channel, dueAt } of reminders) {
    const row = await tx
      .insertInto("reminders")
      .values({ saga_id: sagaId, occasion, day: Date.parse(day) / DAY_MS, lead, channel })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) continue;
    added += await enqueue(tx, [{ storyId, revision: row.id, destination: remindersOf(channel), dueAt }]);
  }
  return added;
}

/** What reminders are of, by their numbers. */
export async function remindersById(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly occasion: Occasion; readonly day: string }>> {
  const found = new Map<number, { occasion: Occasion; day: string }>();
  for (const some of chunks(ids)) {
    const rows = await db.selectFrom("reminders").select(["id", "occasion", "day"]).where("id", "in", some).execute();
    for (const { id, occasion, day } of rows)
      found.set(id, { occasion: readWord(OCCASIONS, occasion, "reminders.occasion"), day: isoDay(day) });
  }
  return found;
}

/** Of what was or is to be reminded by one story is not reminded again by another that took it over, in whichever dispute that is. */
export async function carryReminders(tx: Db, from: number, into: number): Promise<void> {
  await sql`
    insert into reminders (saga_id, occasion, day, lead, channel)
    select stories.saga_id, reminders.occasion, reminders.day, reminders.lead, reminders.channel
    from deliveries
      join reminders on reminders.id = deliveries.revision and deliveries.destination = 'reminders:' || reminders.channel
      join stories on stories.id = ${into}
    where deliveries.story_id = ${from}
    on conflict do nothing`.execute(tx);
}
