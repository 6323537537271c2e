import type { Db } from "./engine/engine.ts";
import { msOf } from "./rows.ts";

/** Whether the bot has met a server, which it welcomes once. */
export async function isMet(db: Db, guildId: string): Promise<boolean> {
  const row = await db.selectFrom("guilds").select("met_at").where("guild_id", "=", guildId).executeTakeFirst();
  return row?.met_at != null;
}

export async function meet(db: Db, guildId: string, now: Date): Promise<void> {
  await db
    .insertInto("guilds")
    .values({ guild_id: guildId, met_at: msOf(now), time_zone: null })
    .onConflict((conflict) => conflict.column("guild_id").doUpdateSet({ met_at: msOf(now) }))
    .execute();
}

/** The zone by whose clocks a server's later requests go; null where none was set. */
export async function zoneOf(db: Db, guildId: string): Promise<string | null> {
  const row = await db.selectFrom("guilds").select("time_zone").where("guild_id", "=", guildId).executeTakeFirst();
  return row?.time_zone ?? null;
}

export async function setZone(db: Db, guildId: string, timeZone: string): Promise<void> {
  await db
    .insertInto("guilds")
    .values({ guild_id: guildId, met_at: null, time_zone: timeZone })
    .onConflict((conflict) => conflict.column("guild_id").doUpdateSet({ time_zone: timeZone }))
    .execute();
}
