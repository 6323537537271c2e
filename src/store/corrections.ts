import type { Db } from "./engine.ts";
import { dateAt, msOf, readWord } from "./rows.ts";

export const CORRECTION_KINDS = ["tag", "story", "stage", "other"] as const;

/** What a reader found wrong about a card. */
export type Correction = {
  readonly storyId: number;
  readonly revision: number;
  readonly kind: (typeof CORRECTION_KINDS)[number];
  /** In the reader's own words. */
  readonly note: string;
  readonly guildId: string | null;
  readonly createdBy: string | null;
};

export async function addCorrection(
  db: Db,
  { storyId, revision, kind, note, guildId, createdBy }: Correction,
  now: Date,
): Promise<void> {
  await db
    .insertInto("corrections")
    .values({
      story_id: storyId,
      revision,
      kind,
      note,
      guild_id: guildId,
      created_by: createdBy,
      created_at: msOf(now),
    })
    .execute();
}

/** All, oldest first. */
export async function corrections(db: Db): Promise<(Correction & { readonly at: Date })[]> {
  const rows = await db.selectFrom("corrections").selectAll().orderBy("id").execute();
  return rows.map((row) => ({
    storyId: row.story_id,
    revision: row.revision,
    kind: readWord(CORRECTION_KINDS, row.kind, "corrections.kind"),
    note: row.note,
    guildId: row.guild_id,
    createdBy: row.created_by,
    at: dateAt(row.created_at),
  }));
}
