import type { DeliveryState } from "#model/delivery.ts";
import { type Destination, destinationFrom, destinationsOf, keyOf, memoOf } from "#model/destination.ts";
import type { Db } from "#store/engine/engine.ts";
import { transact } from "#store/engine/transact.ts";
import { chunks, dateAt, msOf } from "#store/rows.ts";
import { removeSubscriptions, resumeSubscriptions, subscriptionsOf } from "#store/subscriptions.ts";

export type Owed<To extends Destination = Destination> = {
  readonly storyId: number;
  readonly revision: number;
  readonly destination: To;
  readonly dueAt: Date;
  /** It came with a feed's first poll, or is dated ahead. */
  readonly backlog?: boolean;
};

/**
 * Owes each story revision to its destination, once: what is owed or was posted already is left as it is. Returns how many are
 * new.
 */
export async function enqueue(tx: Db, owed: readonly Owed[]): Promise<number> {
  let added = 0;
  for (const some of chunks(owed, 200)) {
    const rows = some.map(({ storyId, revision, destination, dueAt }) => ({
      story_id: storyId,
      revision,
      destination: keyOf(destination),
      state: "due",
      due_at: msOf(dueAt),
    }));
    const result = await tx
      .insertInto("deliveries")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["story_id", "destination", "revision"]).doNothing())
      .executeTakeFirst();
    added += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return added;
}

/** Owes a subscription its memo of a day (counted from 1970), once, whoever asks. Returns whether it is new. */
export async function enqueueMemo(db: Db, subscriptionId: number, day: number, dueAt: Date): Promise<boolean> {
  const row = { story_id: null, revision: day, destination: keyOf(memoOf(subscriptionId)), state: "due" };
  const added = await db
    .insertInto("deliveries")
    .values({ ...row, due_at: msOf(dueAt) })
    .onConflict((conflict) => conflict.columns(["destination", "revision"]).where("story_id", "is", null).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * The bot may post to a destination again: its subscriptions resume, and what was held since `since` is due in its old order.
 * What is older has lost its news and is dropped. Returns how many deliveries are due again.
 */
export async function resumeDestination(db: Db, destination: string, since: Date, now: Date): Promise<number> {
  return transact(db, async (tx) => {
    await resumeSubscriptions(tx, destination);
    const resumed = destinationsOf(destination, await subscriptionsOf(tx, { destination }));
    const held = tx
      .updateTable("deliveries")
      .where("destination", "in", resumed.map(keyOf))
      .where("state", "=", "held");
    await held
      .set({ state: "dropped", settled_at: msOf(now) })
      .where("due_at", "<", msOf(since))
      .execute();
    const due = await held.set({ state: "due", settled_at: null, reason: null }).executeTakeFirst();
    return Number(due.numUpdatedRows);
  });
}

/** What is due to a destination later than `limit` is due at `at`. Returns how many are. */
export async function bringForward(tx: Db, to: Destination, limit: Date, at: Date): Promise<number> {
  const changed = await tx
    .updateTable("deliveries")
    .set({ due_at: msOf(at) })
    .where("destination", "=", keyOf(to))
    .where("state", "=", "due")
    .where("due_at", ">", msOf(limit))
    .executeTakeFirst();
  return Number(changed.numUpdatedRows);
}

/** Drops what is owed of a story, and says what it was. What is being posted just now, alone or in a digest, is left to whoever posts it. */
export async function withdraw(
  tx: Db,
  storyId: number,
  states: readonly DeliveryState[],
  reason: string,
  now: Date,
): Promise<readonly { readonly revision: number; readonly destination: string; readonly due_at: number }[]> {
  return tx
    .updateTable("deliveries")
    .set({ state: "dropped", settled_at: msOf(now), reason })
    .where("story_id", "=", storyId)
    .where("state", "in", states)
    .where("lease_until", "<=", msOf(now))
    .where("digest_of", "is", null)
    .returning(["revision", "destination", "due_at"])
    .execute();
}

/** Owes of one story what was owed of another, which it took over. What is being posted just now is left to whoever posts it. */
export async function oweInstead(
  tx: Db,
  from: number,
  into: { readonly id: number; readonly revision: number },
  now: Date,
): Promise<void> {
  await tx.updateTable("deliveries").set({ edit_due_at: null }).where("story_id", "=", from).execute();
  const unsent = await withdraw(tx, from, ["due"], `Merged into story ${into.id}.`, now);
  const owed = unsent.map((row) => {
    const destination = destinationFrom(row.destination);
    const isReminder = typeof destination !== "string" && destination.kind === "reminders";
    const revision = isReminder ? row.revision : into.revision;
    return { storyId: into.id, revision, destination, dueAt: dateAt(row.due_at) };
  });
  await enqueue(tx, owed);
}

/** Forgets a destination: its subscriptions, and what is still owed to it and to what was asked for there. */
export async function removeDestination(tx: Db, destination: string): Promise<void> {
  const owed = destinationsOf(destination, await subscriptionsOf(tx, { destination }));
  await removeSubscriptions(tx, destination);
  await tx
    .deleteFrom("deliveries")
    .where("destination", "in", owed.map(keyOf))
    .where("state", "in", ["due", "held"])
    .execute();
}
