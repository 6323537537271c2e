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
type Met = Pick<ArticleTable, "text_hash" | "entry_hash" | "last_seen_at"> & { readonly id: number };

/** For each article of one feed what the store knows under its keys, the strongest first; undefined for a new one. */
export async function meet(db: Db, articles: readonly Article[]): Promise<(Met | undefined)[]> {
  const feedId = articles[0]?.feedId ?? "";
  const byKey = new Map<string, Met>();
  for (const some of chunks(articles.flatMap(storedKeys))) {
    const rows = await db
      .selectFrom("article_keys")
      .innerJoin("articles", "articles.id", "article_keys.article_id")
      .select(["article_keys.key", "articles.id", "articles.text_hash", "articles.entry_hash", "articles.last_seen_at"])
      .where("article_keys.feed_id", "=", feedId)
      .where("article_keys.key", "in", some)
      .execute();
    for (const row of rows) byKey.set(row.key, row);
  }
  return articles.map((article) =>
    storedKeys(article)
      .map((key) => byKey.get(key))
      .find((row) => row !== undefined),
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
