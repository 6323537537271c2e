import type { StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { articlesById } from "./articles.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, msOf } from "./rows.ts";
import { taggingsOf } from "./taggings.ts";

/** An article with its place: what the index of open stories is folded from. */
export type PlacedArticle = {
  /** Grows with every placing, of whatever article, by whatever worker. */
  readonly placing: number;
  readonly article: StoredArticle;
  readonly tagging: Tagging;
  readonly storyId: number;
  readonly sagaId: number;
};

/**
 * Notes that articles in a story, their tags or their places are others than before. Returns the last of the placings. Call it in
 * the transaction that changed them, so that every worker's index takes the same changes in the same order.
 */
export async function notePlacings(tx: Db, articleIds: readonly number[]): Promise<number> {
  let last = 0;
  for (const some of chunks(articleIds)) {
    await tx.deleteFrom("placings").where("article_id", "in", some).execute();
    const rows = await tx
      .insertInto("placings")
      .values(some.map((article_id) => ({ article_id })))
      .returning("id")
      .execute();
    last = Math.max(last, ...rows.map(({ id }) => id));
  }
  return last;
}

/**
 * While it is the same, so are the article, its tags and its place: its placing, and the length of the text, which ageing empties
 * without a placing.
 */
export type Version = { readonly articleId: number; readonly placing: number; readonly bytes: number };

/** The articles of a story in order of arrival, each with its version: all, or those with a placing after `after`. */
export async function versionsOf(db: Db, storyId: number, after = 0): Promise<readonly Version[]> {
  return (
    db
      .selectFrom("members")
      .innerJoin("placings", "placings.article_id", "members.article_id")
      .innerJoin("articles", "articles.id", "members.article_id")
      // Both engines know it without reading the text.
      .select((eb) => [
        "articles.id as articleId",
        "placings.id as placing",
        eb.fn<number>("octet_length", ["articles.text"]).as("bytes"),
      ])
      .where("members.story_id", "=", storyId)
      .where("placings.id", ">", after)
      .orderBy("members.article_id")
      .execute()
  );
}

/**
 * How many articles a story has, and how long their texts are in all. Where they are as known, none has left and none has aged.
 */
export async function sizeOf(db: Db, storyId: number): Promise<{ readonly count: number; readonly bytes: number }> {
  const { count, bytes } = await db
    .selectFrom("members")
    .innerJoin("articles", "articles.id", "members.article_id")
    .select((eb) => [
      eb.fn.countAll<number>().as("count"),
      eb.fn.sum<number | null>(eb.fn<number>("octet_length", ["articles.text"])).as("bytes"),
    ])
    .where("members.story_id", "=", storyId)
    .executeTakeFirstOrThrow();
  return { count: Number(count), bytes: Number(bytes ?? 0) };
}

/**
 * Up to `limit` articles that are in a story, in the order of their placings, after the placing `after` and first seen since
 * `since`: page through them with the last one's. Inside a transaction they are all that any worker has placed.
 */
export async function placedArticles(
  db: Db,
  options: { after: number; since: Date; limit: number },
): Promise<PlacedArticle[]> {
  const places = await db
    .selectFrom("placings")
    .innerJoin("articles", "articles.id", "placings.article_id")
    .innerJoin("members", "members.article_id", "placings.article_id")
    .innerJoin("stories", "stories.id", "members.story_id")
    .select(["placings.id as placing", "placings.article_id", "members.story_id", "stories.saga_id"])
    .where("placings.id", ">", options.after)
    .where("articles.first_seen_at", ">=", msOf(options.since))
    .orderBy("placings.id")
    .limit(options.limit)
    .execute();
  const ids = places.map(({ article_id }) => article_id);
  const articles = new Map((await articlesById(db, ids)).map((article) => [article.id, article]));
  const taggings = await taggingsOf(db, ids);
  return places.map(({ placing, article_id, story_id, saga_id }) => ({
    placing,
    article: articles.get(article_id)!,
    tagging: taggings.get(article_id) ?? { relevant: false, support: 0, hold: null, tags: [] },
    storyId: story_id,
    sagaId: saga_id,
  }));
}
