import { hash } from "node:crypto";
import type { Article } from "#model/article.ts";
import { LONGEST_KEY } from "#model/limits.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, storable } from "./rows.ts";
import type { ArticleTable } from "./tables.ts";

/** The keys of an article as they are stored, strongest first. */
export const storedKeys = (article: Article): string[] =>
  article.keys.map(storable).map((key) => (key.length <= LONGEST_KEY ? key : `sha256:${hash("sha256", key)}`));

/** What the store knows of an article that is met again. */
type Met = Pick<ArticleTable, "text_hash" | "entry_hash" | "last_seen_at" | "title" | "published_at"> & {
  readonly id: number;
};

/** What kind of key it is: `guid`, `url`, … */
const kindOf = (key: string): string => key.slice(0, key.indexOf(" "));

/** Titles as they are compared: an editor's spaces and capitals are no other title. */
const line = (title: string): string => title.toLowerCase().replace(/\s+/g, " ").trim();

/**
 * Whether an article that shares `key` with a stored one, which has the keys `stored`, is another one all the same: a stronger key
 * says so, and neither title nor date says otherwise. Dockets and lists of releases give one link to all that they announce.
 */
function isAnother(article: Article, met: Met, key: string, stored: readonly string[]): boolean {
  const stronger = storedKeys(article);
  const kinds = stronger.slice(0, stronger.indexOf(key)).map(kindOf);
  if (!stored.some((one) => kinds.includes(kindOf(one)))) return false;
  const sameDate = article.publishedAt !== null && article.publishedAt.getTime() === met.published_at;
  return !sameDate && line(storable(article.title)) !== line(met.title);
}

/**
 * For each article of one feed what the store knows under its keys, the strongest first; undefined for a new one, or for one that
 * shares but a weaker key with what is known.
 */
export async function meet(db: Db, articles: readonly Article[]): Promise<(Met | undefined)[]> {
  const feedId = articles[0]?.feedId ?? "";
  const byKey = new Map<string, Met>();
  for (const some of chunks(articles.flatMap(storedKeys))) {
    const rows = await db
      .selectFrom("article_keys")
      .innerJoin("articles", "articles.id", "article_keys.article_id")
      .select(["article_keys.key", "articles.id", "text_hash", "entry_hash", "last_seen_at", "title", "published_at"])
      .where("article_keys.feed_id", "=", feedId)
      .where("article_keys.key", "in", some)
      .execute();
    for (const row of rows) byKey.set(row.key, row);
  }
  const found = articles.map((article) => {
    const keys = storedKeys(article);
    const key = keys.find((one) => byKey.has(one));
    return { article, key, weaker: key !== keys[0], met: key === undefined ? undefined : byKey.get(key) };
  });
  const stored = await keysById(db, [...new Set(found.flatMap(({ met, weaker }) => (met && weaker ? met.id : [])))]);
  return found.map(({ article, key, met }) =>
    met && isAnother(article, met, key!, stored.get(met.id) ?? []) ? undefined : met,
  );
}

/** A key that is known already stays with the article that it belongs to. */
export async function learnKeys(
  tx: Db,
  known: readonly { readonly id: number; readonly article: Article }[],
): Promise<void> {
  const rows = known.flatMap(({ id, article }) =>
    storedKeys(article).map((key) => ({ feed_id: article.feedId, key, article_id: id })),
  );
  for (const some of chunks(rows)) {
    await tx
      .insertInto("article_keys")
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The keys of each of these articles. */
export async function keysById(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  const keys = new Map<number, string[]>();
  for (const some of chunks(ids)) {
    const known = await db
      .selectFrom("article_keys")
      .select(["article_id", "key"])
      .where("article_id", "in", some)
      .orderBy("key")
      .execute();
    for (const { article_id, key } of known) keys.set(article_id, [...(keys.get(article_id) ?? []), key]);
  }
  return keys;
}
