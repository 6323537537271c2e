import type { StoredArticle } from "#model/article.ts";
import { articlesById } from "./articles.ts";
import type { Db } from "./engine/engine.ts";

/** Up to `limit` articles of stories whose text is still kept, by their ids, after `after`. */
export async function textsInStories(db: Db, after: number, limit: number): Promise<StoredArticle[]> {
  const rows = await db
    .selectFrom("members")
    .innerJoin("articles", "articles.id", "members.article_id")
    .innerJoin("taggings", "taggings.article_id", "members.article_id")
    .select("articles.id")
    .where("members.article_id", ">", after)
    .where("articles.text", "<>", "")
    .where("taggings.hold", "is", null)
    .orderBy("members.article_id")
    .limit(limit)
    .execute();
  return articlesById(
    db,
    rows.map(({ id }) => id),
  );
}

/** Tables that keep what was read of an article's text. */
export type ReadTable = "deadlines" | "sightings" | "quotes";

/** Of some articles those of which a table keeps something. */
export async function keptOf(db: Db, table: ReadTable, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db.selectFrom(table).select("article_id").distinct().where("article_id", "in", ids).execute();
  return new Set(rows.map(({ article_id: id }) => id));
}
