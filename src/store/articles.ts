import { sql } from "kysely";
import { z } from "zod";
import { type Article, dateOf, type StoredArticle } from "#model/article.ts";
import { type CitedPages, type PagedDocument, pagesOf } from "#model/citation.ts";
import type { Span } from "#model/tag.ts";
import { DAY_MS } from "#model/time.ts";
import { keysById, learnKeys, meet, storedKeys } from "./article-keys.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, dateAt, dateOrNull, msOf, msOrNull, readJson, readWord, storable } from "./rows.ts";
import type { ArticleTable } from "./tables.ts";

/** `last_seen_at` is written at most this often, so that a poll without news writes next to nothing. */
const SEEN_STEP_MS = 7 * DAY_MS;

/** The stem of the canonical URL that is indexed; see the migration. */
const URL_CHARACTERS = 500;

const TEXT_SOURCES = ["summary", "content", "page"] as const;

const documentSchema: z.ZodType<PagedDocument> = z.object({
  url: z.string(),
  pageStarts: z.array(z.number()),
  said: z.string().exactOptional(),
});

type ArticleRow = Omit<ArticleTable, "id"> & { id: number };

/**
 * Of the articles that a feed lists now, those worth reading further (fetching their page, tagging): new to the store, or their
 * entry says something else than when it was stored. Notes that the others are still listed.
 */
export async function newsAmong(db: Db, articles: readonly Article[], now: Date): Promise<Article[]> {
  const news: Article[] = [];
  for (const some of chunks(articles, 100)) {
    const met = await meet(db, some);
    const unnoted: number[] = [];
    for (const [at, article] of some.entries()) {
      const known = met[at];
      if (known === undefined || known.entry_hash !== article.textHash) news.push(article);
      else if (known.last_seen_at <= msOf(now) - SEEN_STEP_MS) unnoted.push(known.id);
    }
    if (unnoted.length > 0) {
      await db
        .updateTable("articles")
        .set({ last_seen_at: msOf(now) })
        .where("id", "in", unnoted)
        .execute();
    }
  }
  return news;
}

/** Rows in one statement: some 1,400 values, so that even an archive's never hold the process for long. */
const NEW_AT_ONCE = 100;

/** An article with the `textHash` that it had as its feed gave it, before its text was taken from its page. */
type Incoming = { readonly article: Article; readonly entryHash: string };

/**
 * Stores those articles of one feed that are new to the store, all at once and in their order. What it knows already, or would by
 * then, as of two that share a key the second, is left out: it is for `saveArticle`.
 */
export async function addNewArticles(
  tx: Db,
  incoming: readonly Incoming[],
): Promise<ReadonlyMap<Article, StoredArticle>> {
  const added = new Map<Article, StoredArticle>();
  for (const some of chunks(incoming, NEW_AT_ONCE)) {
    const met = await meet(
      tx,
      some.map(({ article }) => article),
    );
    const taken = new Set<string>();
    const fresh = some.filter(({ article }, at) => {
      const keys = storedKeys(article);
      if (met[at] !== undefined || keys.some((key) => taken.has(key))) return false;
      for (const key of keys) taken.add(key);
      return true;
    });
    for (const stored of await insert(tx, fresh)) added.set(stored.given, stored.article);
  }
  return added;
}

/** Articles that are new, with the ids they got: in the order of the rows, in whichever order they are returned. */
async function insert(tx: Db, fresh: readonly Incoming[]) {
  if (fresh.length === 0) return [];
  const rows = await tx
    .insertInto("articles")
    .values(fresh.map(({ article, entryHash }) => ({ ...rowOf(article), entry_hash: entryHash })))
    .returning("id")
    .execute();
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  const stored = fresh.map(({ article }, at) => ({ given: article, article: { ...article, id: ids[at]! } }));
  await learnKeys(
    tx,
    stored.map(({ given, article: { id } }) => ({ id, article: given })),
  );
  return stored;
}

export type SavedArticle =
  | { readonly kind: "new" | "same"; readonly article: StoredArticle }
  | { readonly kind: "changed"; readonly article: StoredArticle; readonly earlier: StoredArticle };

/**
 * Stores an article unless its feed already gave it: a match on any of its keys is the same article, which then learns the new
 * keys. `changed` when its text is another; its first date and first sight stay, so that a later date never makes it new.
 * `entryHash` is the `textHash` that the article had as its feed gave it, before its text was taken from its page.
 */
export async function saveArticle(tx: Db, article: Article, entryHash = article.textHash): Promise<SavedArticle> {
  const [met] = await meet(tx, [article]);
  if (met === undefined) {
    const [stored] = await insert(tx, [{ article, entryHash }]);
    return { kind: "new", article: stored!.article };
  }
  await learnKeys(tx, [{ id: met.id, article }]);
  const earlier = await articleById(tx, met.id);
  if (met.text_hash === article.textHash || met.entry_hash === entryHash) return { kind: "same", article: earlier };
  const { first_seen_at: _, published_at, ...row } = rowOf(article);
  await tx
    .updateTable("articles")
    .set((eb) => ({
      ...row,
      entry_hash: entryHash,
      published_at: eb.fn.coalesce("published_at", eb.val(published_at)),
    }))
    .where("id", "=", met.id)
    .execute();
  return { kind: "changed", article: await articleById(tx, met.id), earlier };
}

async function articleById(db: Db, id: number): Promise<StoredArticle> {
  const [article] = await articlesById(db, [id]);
  if (article === undefined) throw new Error(`There is no article ${id}.`);
  return article;
}

/** In order of arrival; ids that are not in the store are left out. */
export async function articlesById(db: Db, ids: readonly number[]): Promise<StoredArticle[]> {
  const rows: ArticleRow[] = [];
  for (const some of chunks(ids))
    rows.push(...(await db.selectFrom("articles").selectAll().where("id", "in", some).execute()));
  return withKeys(
    db,
    rows.sort((a, b) => a.id - b.id),
  );
}

/** The articles of a story, in order of arrival. */
export async function articlesOf(db: Db, storyId: number): Promise<StoredArticle[]> {
  const rows = await db
    .selectFrom("articles")
    .selectAll()
    .where("id", "in", (eb) => eb.selectFrom("members").select("article_id").where("story_id", "=", storyId))
    .orderBy("id")
    .execute();
  return withKeys(db, rows);
}

/** What a citation shows of an article. */
export type Citable = Pick<StoredArticle, "url" | "feedId" | "title" | "document"> & { readonly at: Date };

/** What is to be cited of articles, without their texts. */
export async function citable(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, Citable>> {
  const found = new Map<number, Citable>();
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom("articles")
      .select(["id", "url", "feed_id", "title", "document", "published_at", "first_seen_at"])
      .where("id", "in", some)
      .execute();
    for (const { id, url, feed_id: feedId, title, document, published_at: published, first_seen_at: seen } of rows)
      found.set(id, {
        url,
        feedId,
        title,
        ...documentFrom(document),
        at: dateOf({ publishedAt: dateOrNull(published), firstSeenAt: dateAt(seen) }),
      });
  }
  return found;
}

/** Where each article stands. */
export async function addressesOf(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  return new Map([...(await citable(db, ids))].map(([id, { url }]) => [id, url]));
}

/** The articles at one address, from whatever feeds, in order of arrival. */
export async function articlesAt(db: Db, canonicalUrl: string): Promise<StoredArticle[]> {
  const rows = await db
    .selectFrom("articles")
    .selectAll()
    .where((eb) =>
      eb(
        eb.fn("substr", ["canonical_url", sql.lit(1), sql.lit(URL_CHARACTERS)]),
        "=",
        canonicalUrl.slice(0, URL_CHARACTERS),
      ),
    )
    .where("canonical_url", "=", canonicalUrl)
    .orderBy("id")
    .execute();
  return withKeys(db, rows);
}

/** Up to `limit` articles in order of arrival, after the article `after` and first seen since `since`, in a story or not. */
async function articlesSince(db: Db, options: { after: number; since: Date; limit: number }): Promise<StoredArticle[]> {
  const rows = await db
    .selectFrom("articles")
    .select("id")
    .where("id", ">", options.after)
    .where("first_seen_at", ">=", msOf(options.since))
    .orderBy("id")
    .limit(options.limit)
    .execute();
  return articlesById(
    db,
    rows.map(({ id }) => id),
  );
}

/** Articles read from the store at once. */
const PAGE = 500;

/** All articles first seen since a moment, in order of arrival, some at a time. */
export async function* pagesSince(db: Db, since: Date): AsyncGenerator<readonly StoredArticle[]> {
  for (let after = 0, length = PAGE; length === PAGE; ) {
    const page = await articlesSince(db, { after, since, limit: PAGE });
    yield page;
    after = page.at(-1)?.id ?? after;
    length = page.length;
  }
}

/** The story that an article is in. */
export async function storyOf(db: Db, articleId: number): Promise<number | null> {
  const row = await db.selectFrom("members").select("story_id").where("article_id", "=", articleId).executeTakeFirst();
  return row?.story_id ?? null;
}

const rowOf = (article: Article): Omit<ArticleTable, "id" | "entry_hash"> => ({
  feed_id: article.feedId,
  url: storable(article.url),
  canonical_url: storable(article.canonicalUrl),
  title: storable(article.title),
  text: storable(article.text),
  text_from: article.textFrom,
  document: article.document === undefined ? null : JSON.stringify(article.document),
  author: article.author === null ? null : storable(article.author),
  published_at: msOrNull(article.publishedAt),
  updated_at: msOrNull(article.updatedAt),
  first_seen_at: msOf(article.firstSeenAt),
  last_seen_at: msOf(article.firstSeenAt),
  language: article.language,
  text_hash: article.textHash,
});

export const documentFrom = (column: string | null): Pick<Article, "document"> =>
  column === null ? {} : { document: readJson(documentSchema, column, "articles.document") };

/** The pages of an article's document on which a span of its text stands, if it has some. */
export function pagesFrom(column: string | null, span: Span): { readonly pages?: CitedPages } {
  const pages = pagesOf(documentFrom(column).document, span);
  return pages === null ? {} : { pages };
}

async function withKeys(db: Db, rows: readonly ArticleRow[]): Promise<StoredArticle[]> {
  const keys = await keysById(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    feedId: row.feed_id,
    keys: keys.get(row.id) ?? [],
    url: row.url,
    canonicalUrl: row.canonical_url,
    title: row.title,
    text: row.text,
    textFrom: readWord(TEXT_SOURCES, row.text_from, "articles.text_from"),
    ...documentFrom(row.document),
    author: row.author,
    publishedAt: dateOrNull(row.published_at),
    updatedAt: dateOrNull(row.updated_at),
    firstSeenAt: dateAt(row.first_seen_at),
    language: row.language,
    textHash: row.text_hash,
  }));
}
