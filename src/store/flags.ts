import type { Db } from "./engine/engine.ts";
import { msOf } from "./rows.ts";

/** The channel that a server chose for its leadership; null where it chose none. */
export async function leadershipOf(db: Db, guildId: string): Promise<string | null> {
  const row = await db.selectFrom("leaderships").select("channel").where("guild_id", "=", guildId).executeTakeFirst();
  return row?.channel ?? null;
}

/** Chooses a channel in place of whichever was chosen, or none. */
export async function chooseLeadership(
  db: Db,
  guildId: string,
  channel: string | null,
  by: string,
  now: Date,
): Promise<void> {
  if (channel === null) {
    await db.deleteFrom("leaderships").where("guild_id", "=", guildId).execute();
    return;
  }
  const chosen = { channel, created_at: msOf(now), created_by: by };
  await db
    .insertInto("leaderships")
    .values({ guild_id: guildId, ...chosen })
    .onConflict((conflict) => conflict.column("guild_id").doUpdateSet(chosen))
    .execute();
}

/** That one person showed one story to a server's leadership. */
export type Flag = {
  readonly storyId: number;
  readonly guildId: string;
  readonly person: string;
  readonly channel: string;
  readonly messageId: string;
};

export async function flagOf(
  db: Db,
  { storyId, guildId, person }: Pick<Flag, "storyId" | "guildId" | "person">,
): Promise<Flag | null> {
  const row = await db
    .selectFrom("flags")
    .selectAll()
    .where("story_id", "=", storyId)
    .where("guild_id", "=", guildId)
    .where("person", "=", person)
    .executeTakeFirst();
  return row === undefined ? null : { storyId, guildId, person, channel: row.channel, messageId: row.message_id };
}

/** Notes what was posted; of two at once, one. */
export async function addFlag(db: Db, flag: Flag, now: Date): Promise<void> {
  const { storyId, guildId, person, channel, messageId } = flag;
  await db
    .insertInto("flags")
    .values({
      story_id: storyId,
      guild_id: guildId,
      person,
      channel,
      message_id: messageId,
      created_at: msOf(now),
    })
    .onConflict((conflict) => conflict.columns(["story_id", "guild_id", "person"]).doNothing())
    .execute();
}
