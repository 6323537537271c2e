import type { StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { articlesById } from "./articles.ts";
import type { Db } from "./engine.ts";
import { chunks, msOf } from "./rows.ts";
import { taggingsOf } from "./taggings.ts";

/** An article with its place: what the index of open stories is folded from. */
export type PlacedArticle = {
  readonly article: StoredArticle;
  readonly tagging: Tagging;
  readonly storyId: number;
  readonly sagaId: number;
};

/**
 * Up to `limit` articles that are in a story, in order of arrival, after the article `after` and first seen since `since`: page through
 * them with the last id. Inside a transaction they are all that any worker has placed.
 */
export async function placedArticles(
  db: Db,
  options: { after: number; since: Date; limit: number },
): Promise<PlacedArticle[]> {
  const places = placesIn(db)
    .where("articles.id", ">", options.after)
    .where("articles.first_seen_at", ">=", msOf(options.since))
    .limit(options.limit);
  return withArticles(db, await places.execute());
}

/** The articles with these ids that are in a story, in order of arrival. */
export async function placedById(db: Db, ids: readonly number[]): Promise<PlacedArticle[]> {
  const placed: PlacedArticle[] = [];
  for (const some of chunks(ids.toSorted((a, b) => a - b)))
    placed.push(...(await withArticles(db, await placesIn(db).where("articles.id", "in", some).execute())));
  return placed;
}

const placesIn = (db: Db) =>
  db
    .selectFrom("articles")
    .innerJoin("members", "members.article_id", "articles.id")
    .innerJoin("stories", "stories.id", "members.story_id")
    .select(["articles.id", "members.story_id", "stories.saga_id"])
    .orderBy("articles.id");

type Place = { readonly id: number; readonly story_id: number; readonly saga_id: number };

async function withArticles(db: Db, places: readonly Place[]): Promise<PlacedArticle[]> {
  const ids = places.map((place) => place.id);
  const articles = await articlesById(db, ids);
  const taggings = await taggingsOf(db, ids);
  return places.map((place, at) => ({
    article: articles[at]!,
    tagging: taggings.get(place.id) ?? { relevant: false, hold: null, tags: [] },
    storyId: place.story_id,
    sagaId: place.saga_id,
  }));
}
