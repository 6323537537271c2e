import { z } from "zod";
import { AMENDED_AXES, type Amended } from "#model/amendment.ts";
import type { Db } from "./engine/engine.ts";
import { dateAt, msOf, readJson, readWord } from "./rows.ts";

const amendedSchema: z.ZodType<Amended> = z.object({
  axis: z.enum(AMENDED_AXES),
  from: z.array(z.string()),
  to: z.array(z.string()),
});

export const CORRECTION_KINDS = ["policy", "tag", "story", "stage", "other"] as const;

/** What a reader found wrong about a card. */
export type Correction = {
  readonly storyId: number;
  readonly revision: number;
  readonly kind: (typeof CORRECTION_KINDS)[number];
  /** In the reader's own words. */
  readonly note: string;
  readonly guildId: string | null;
  readonly createdBy: string | null;
  /** What was changed by it; null where it is a reader's word alone. */
  readonly applied: Amended | null;
};

export async function addCorrection(
  db: Db,
  { storyId, revision, kind, note, guildId, createdBy, applied }: Correction,
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
      applied: applied === null ? null : JSON.stringify(applied),
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
    applied: row.applied === null ? null : readJson(amendedSchema, row.applied, `corrections.applied of ${row.id}`),
    at: dateAt(row.created_at),
  }));
}

/** Stories of which something was changed after a moment, or ever. */
export async function countCorrected(db: Db, after: Date | null): Promise<number> {
  const { stories } = await db
    .selectFrom("corrections")
    .select((eb) => eb.fn.count<number>("story_id").distinct().as("stories"))
    .where("applied", "is not", null)
    .$if(after !== null, (query) => query.where("created_at", ">", msOf(after!)))
    .executeTakeFirstOrThrow();
  return Number(stories);
}
