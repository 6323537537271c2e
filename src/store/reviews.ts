import { sql } from "kysely";
import { VERDICTS, type Verdict } from "#model/review.ts";
import type { Db } from "./engine/engine.ts";
import { msOf, readWord } from "./rows.ts";

/** Notes that an article waits for a moderator; one that waited before, or was decided, is left as it is. */
export async function holdForReview(tx: Db, articleId: number, now: Date): Promise<void> {
  await tx
    .insertInto("reviews")
    .values({ article_id: articleId, held_at: msOf(now) })
    .onConflict((conflict) => conflict.column("article_id").doNothing())
    .execute();
}

/** Articles held since a moment of which no moderator was told, longest held first. */
export async function untoldReviews(db: Db, since: Date, limit: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("reviews")
    .select("article_id")
    .where("message_id", "is", null)
    .where("verdict", "is", null)
    .where("held_at", ">=", msOf(since))
    .orderBy("held_at")
    .orderBy("article_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.article_id);
}

/** Notes the message in which moderators were told. */
export async function noteTold(db: Db, articleId: number, messageId: string): Promise<void> {
  await db.updateTable("reviews").set({ message_id: messageId }).where("article_id", "=", articleId).execute();
}

export type Review = { readonly verdict: Verdict; readonly decidedBy: string | null };

/** Decides, unless that was done: then what was decided stays. Null for what never waited or is not stored any more. */
export async function decideReview(
  db: Db,
  articleId: number,
  { verdict, decidedBy }: Review,
  now: Date,
): Promise<(Review & { readonly now: boolean }) | null> {
  const changed = await db
    .updateTable("reviews")
    .set({ verdict, decided_by: decidedBy, decided_at: msOf(now) })
    .where("article_id", "=", articleId)
    .where("verdict", "is", null)
    .executeTakeFirst();
  const row = await db.selectFrom("reviews").selectAll().where("article_id", "=", articleId).executeTakeFirst();
  if (row === undefined) return null;
  return {
    verdict: readWord(VERDICTS, row.verdict ?? "", "reviews.verdict"),
    decidedBy: row.decided_by,
    now: changed.numUpdatedRows > 0n,
  };
}

/** Articles that were released and have no place yet. */
export async function releasedReviews(db: Db, limit: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("reviews")
    .select("article_id")
    // A literal lets either engine use the index on those that were released.
    .where("verdict", "=", sql.lit("released"))
    .where("filed_at", "is", null)
    .orderBy("article_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.article_id);
}

/** True for the one that is to give a released article its place. */
export async function takeReleased(tx: Db, articleId: number, now: Date): Promise<boolean> {
  const changed = await tx
    .updateTable("reviews")
    .set({ filed_at: msOf(now) })
    .where("article_id", "=", articleId)
    .where("filed_at", "is", null)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/** Whether a moderator let readers have an article, whatever it says of itself. */
export async function isReleased(tx: Db, articleId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("reviews")
    .select("article_id")
    .where("article_id", "=", articleId)
    .where("verdict", "=", "released")
    .executeTakeFirst();
  return row !== undefined;
}
