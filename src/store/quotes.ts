import type { Kysely } from "kysely";
import { z } from "zod";
import { type CitedQuote, QUOTE_KINDS, type Quote, type StoredQuote } from "#model/quote.ts";
import { fold } from "#text/tokens.ts";
import { pagesFrom } from "./articles.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, dateAt, msOf, readJson, readWord, storable } from "./rows.ts";
import type { QuoteRow, Schema } from "./tables.ts";

/** A quote that is about to be stored: its words, and the side that they argue for. */
export type NewQuote = Quote & Pick<StoredQuote, "stance"> & { readonly words: readonly string[] };

export type WantedQuotes = {
  /** Words of a name or an office, each as far as it was typed. */
  readonly who?: string;
  /** Friction points, of which the article's story must have one. */
  readonly points?: readonly string[];
  readonly since?: Date;
  readonly limit: number;
};

/** Stories of a point whose quotes are looked through, the newest: each has some. */
const MOST_STORIES = 500;

/**
 * Quotes among which somebody is looked for, the newest: each is compared, some half a million a second. The policy news of 400
 * days has some tens of thousands.
 */
const SEARCHED_QUOTES = 100_000;

/** Quotes among which speakers are looked for while somebody types, the newest. */
const RECENT_QUOTES = 20_000;

const WORD = /[\p{L}\p{N}]+/gu;

/** Small letters without accents, a blank before each word. */
const keyOf = (text: string): string => (fold(text).match(WORD) ?? []).map((word) => ` ${word}`).join("");

/** Replaces the quotes of an article; `at` is when it is from. */
export async function saveQuotes(tx: Db, articleId: number, at: Date, quotes: readonly NewQuote[]): Promise<void> {
  await tx.deleteFrom("quotes").where("article_id", "=", articleId).execute();
  const rows = quotes.map(
    ({ kind, speaker, office, parts, words, stance }, number): QuoteRow => ({
      article_id: articleId,
      number,
      kind,
      speaker: storable(speaker),
      speaker_key: storable(keyOf(`${speaker} ${office ?? ""}`)),
      office: office === null ? null : storable(office),
      parts: JSON.stringify(words.map(storable)),
      spans: JSON.stringify(parts),
      point: stance?.pointId ?? null,
      side: stance?.side ?? null,
      at: msOf(at),
    }),
  );
  for (const some of chunks(rows, 100)) await tx.insertInto("quotes").values(some).execute();
}

const partsSchema = z.array(z.string());

const spansSchema = z.array(z.object({ start: z.int(), end: z.int() }));

type Found = QuoteRow & {
  url: string;
  document: string | null;
  title: string;
  feed_id: string;
  story_id: number | null;
};

/** The pages from its first word to its last. */
function pagesOfQuote({ article_id, document, spans }: Found): Pick<CitedQuote, "pages"> {
  if (document === null) return {};
  const all = readJson(spansSchema, spans, `quotes.spans of article ${article_id}`);
  const [first] = all;
  return first === undefined ? {} : pagesFrom(document, { start: first.start, end: all.at(-1)!.end });
}

const cited = (row: Found): CitedQuote => ({
  articleId: row.article_id,
  number: row.number,
  kind: readWord(QUOTE_KINDS, row.kind, "quotes.kind"),
  speaker: row.speaker,
  office: row.office,
  parts: readJson(partsSchema, row.parts, `quotes.parts of article ${row.article_id}`),
  stance: row.point === null || row.side === null ? null : { pointId: row.point, side: row.side },
  at: dateAt(row.at),
  url: row.url,
  ...pagesOfQuote(row),
  title: row.title,
  feedId: row.feed_id,
  storyId: row.story_id,
});

/** The newest quotes that are wanted, by the day of their article; those of one article in its order. */
export async function latestQuotes(
  db: Db,
  { who = "", points = [], since, limit }: WantedQuotes,
): Promise<CitedQuote[]> {
  let recent = db
    .selectFrom("quotes")
    .select(["article_id", "number", "at", "speaker_key"])
    .orderBy("at", "desc")
    .limit(SEARCHED_QUOTES);
  if (since !== undefined) recent = recent.where("at", ">=", msOf(since));
  let picked = db.selectFrom(recent.as("recent"));
  for (const [word] of fold(who).matchAll(WORD)) picked = picked.where("speaker_key", "like", `% ${word}%`);
  if (points.length > 0) {
    picked = picked.where("article_id", "in", (eb) =>
      eb
        .selectFrom("members")
        .select("members.article_id")
        .where("members.story_id", "in", newestStoriesOn(db, points)),
    );
  }
  const keys = await picked
    .select(["article_id", "number"])
    .orderBy("at", "desc")
    .orderBy("article_id", "desc")
    .orderBy("number", "asc")
    .limit(limit)
    .execute();
  return quotesWith(db, keys);
}

const newestStoriesOn = (db: Pick<Kysely<Schema>, "selectFrom">, points: readonly string[]) =>
  db
    .selectFrom("story_tags")
    .select("story_id")
    .where("axis", "=", "point")
    .where("tag_id", "in", points)
    .orderBy("at", "desc")
    .limit(MOST_STORIES);

type Key = Pick<QuoteRow, "article_id" | "number">;

/** The quotes with these keys, in their order. */
async function quotesWith(db: Db, keys: readonly Key[]): Promise<CitedQuote[]> {
  const found = new Map<string, CitedQuote>();
  for (const ids of chunks([...new Set(keys.map(({ article_id }) => article_id))])) {
    for (const quote of await citedOf(db, ids)) found.set(`${quote.articleId} ${quote.number}`, quote);
  }
  return keys.flatMap(({ article_id, number }) => found.get(`${article_id} ${number}`) ?? []);
}

async function citedOf(db: Db, articleIds: readonly number[]): Promise<CitedQuote[]> {
  const rows = await db
    .selectFrom("quotes")
    .innerJoin("articles", "articles.id", "quotes.article_id")
    .innerJoin("taggings", "taggings.article_id", "quotes.article_id")
    .leftJoin("members", "members.article_id", "quotes.article_id")
    .selectAll("quotes")
    .select(["articles.url", "articles.document", "articles.title", "articles.feed_id", "members.story_id"])
    .where("quotes.article_id", "in", articleIds)
    // A person may have taken the article from readers since.
    .where("taggings.relevant", "=", 1)
    .where("taggings.hold", "is", null)
    .orderBy("quotes.at", "desc")
    .orderBy("quotes.article_id", "desc")
    .orderBy("quotes.number")
    .execute();
  return rows.map(cited);
}

/** What was said in the articles of stories after one time and not after another, the newest article first. */
export async function quotesOfStories(
  db: Db,
  storyIds: readonly number[],
  after: Date,
  by: Date,
): Promise<readonly CitedQuote[]> {
  const quotes: CitedQuote[] = [];
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("members")
      .innerJoin("quotes", "quotes.article_id", "members.article_id")
      .select("members.article_id")
      .distinct()
      .where("members.story_id", "in", some)
      .where("quotes.at", ">", msOf(after))
      .where("quotes.at", "<=", msOf(by))
      .execute();
    for (const ids of chunks(rows.map(({ article_id: id }) => id))) quotes.push(...(await citedOf(db, ids)));
  }
  return quotes.sort(newestFirst);
}

/** The newest article first; of one, in its order. */
export const newestFirst = (a: CitedQuote, b: CitedQuote): number =>
  b.at.getTime() - a.at.getTime() || b.articleId - a.articleId || a.number - b.number;

/** All that was said in a story's articles, the newest article first. */
export async function quotesOfStory(db: Db, storyId: number): Promise<CitedQuote[]> {
  const members = await db.selectFrom("members").select("article_id").where("story_id", "=", storyId).execute();
  return members.length === 0
    ? []
    : citedOf(
        db,
        members.map(({ article_id: id }) => id),
      );
}

/** Those who spoke lately and whose names or offices hold what was typed, who spoke most first. */
export async function speakersNamed(db: Db, typed: string, limit: number): Promise<string[]> {
  const newest = db.selectFrom("quotes").select(["speaker", "speaker_key"]).orderBy("at", "desc").limit(RECENT_QUOTES);
  let recent = db.selectFrom(newest.as("newest")).select("speaker");
  for (const [word] of fold(typed).matchAll(WORD)) recent = recent.where("speaker_key", "like", `% ${word}%`);
  const rows = await db
    .selectFrom(recent.as("recent"))
    .select((eb) => ["speaker", eb.fn.countAll<number>().as("quotes")])
    .groupBy("speaker")
    .orderBy("quotes", "desc")
    .orderBy("speaker")
    .limit(limit)
    .execute();
  return rows.map(({ speaker }) => speaker);
}
