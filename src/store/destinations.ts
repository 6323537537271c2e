import { keyOfNamed, type NamedDestination } from "#model/destination.ts";
import type { Db } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { removeDestination } from "./outbox/owed.ts";
import { dateAt, dateOrNull, msOf } from "./rows.ts";
import type { DestinationTable } from "./tables.ts";

type New = Omit<NamedDestination, "createdAt" | "pausedAt" | "pauseReason">;

/** False, and nothing done, where there is one of the name. */
export async function addDestination(
  db: Db,
  { leadsTo, guildId, createdBy, ...given }: New,
  now: Date,
): Promise<boolean> {
  const row = { ...given, leads_to: leadsTo, guild_id: guildId, created_at: msOf(now), created_by: createdBy };
  const added = await db
    .insertInto("destinations")
    .values({ ...row, paused_at: null, pause_reason: null })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** By their names; those alone that a server may use, where one is given. */
export async function namedDestinations(db: Db, guildId?: string): Promise<NamedDestination[]> {
  let query = db.selectFrom("destinations").selectAll().orderBy("name");
  if (guildId !== undefined) query = query.where("guild_id", "=", guildId);
  return (await query.execute()).map(destinationFromRow);
}

export async function destinationNamed(db: Db, name: string): Promise<NamedDestination | null> {
  const row = await db.selectFrom("destinations").selectAll().where("name", "=", name).executeTakeFirst();
  return row === undefined ? null : destinationFromRow(row);
}

/** The kinds of which there is a destination. */
export async function kindsInUse(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("destinations").select("kind").distinct().orderBy("kind").execute();
  return rows.map(({ kind }) => kind);
}

/** What is owed to it is held from now on; false where it is gone, or paused already. */
export async function pauseNamed(db: Db, name: string, reason: string, now: Date): Promise<boolean> {
  const paused = await db
    .updateTable("destinations")
    .set({ paused_at: msOf(now), pause_reason: reason })
    .where("name", "=", name)
    .where("paused_at", "is", null)
    .executeTakeFirst();
  return paused.numUpdatedRows > 0n;
}

/** It takes messages again; what was held is to be resumed beside it. */
export async function unpauseNamed(db: Db, name: string): Promise<void> {
  await db.updateTable("destinations").set({ paused_at: null, pause_reason: null }).where("name", "=", name).execute();
}

/** Lets the managers of one server have it follow something, beside the operators; nobody beside them where it is null. */
export async function allowNamed(db: Db, name: string, guildId: string | null): Promise<void> {
  await db.updateTable("destinations").set({ guild_id: guildId }).where("name", "=", name).execute();
}

/** Writes its settings anew; false where somebody did so meanwhile, or removed it. */
export async function resealNamed(
  db: Db,
  { name, sealed: before }: Pick<NamedDestination, "name" | "sealed">,
  after: Pick<NamedDestination, "sealed" | "leadsTo">,
): Promise<boolean> {
  const changed = await db
    .updateTable("destinations")
    .set({ sealed: after.sealed, leads_to: after.leadsTo })
    .where("name", "=", name)
    .where("sealed", "=", before)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Forgets it, what it follows and what is still owed to it. */
export async function removeNamed(db: Db, destination: NamedDestination): Promise<void> {
  await transact(db, async (tx) => {
    await removeDestination(tx, keyOfNamed(destination));
    await tx.deleteFrom("destinations").where("name", "=", destination.name).execute();
  });
}

const destinationFromRow = (row: DestinationTable): NamedDestination => ({
  name: row.name,
  kind: row.kind,
  leadsTo: row.leads_to,
  sealed: row.sealed,
  guildId: row.guild_id,
  createdAt: dateAt(row.created_at),
  createdBy: row.created_by,
  pausedAt: dateOrNull(row.paused_at),
  pauseReason: row.pause_reason,
});
