import { type RawBuilder, sql } from "kysely";
import { MOST_TERMS } from "#model/limits.ts";
import type { Story } from "#model/story.ts";
import { type Db, engineOf } from "./engine/engine.ts";
import { BLOCK_SIZES, nameOfBlock } from "./migrations/0011-words-in-blocks.ts";
import { storiesById } from "./stories.ts";

/** Matching articles looked at to fill one page of stories: a story of a hundred articles must not hide the next one. */
const MATCHES_PER_STORY = 40;

/**
 * Matching articles that are ranked, the newest: a word that stands in most of a million articles would take seconds to rank in
 * all, and nobody looks for the best match of last year.
 */
const RANKED_MATCHES = 1_000;

/** A word in the title says more of an article than one in its text. */
const TITLE_WEIGHT = 4;

/** The same for PostgreSQL, which weighs D, C, B (the text), A (the title) and wants the greatest to be 1. */
const RANK_WEIGHTS = `{0, 0, ${1 / TITLE_WEIGHT}, 1}`;

/** So many blocks of one size make one of the next. */
const STEP = BLOCK_SIZES[1] / BLOCK_SIZES[0];

export type SearchOptions = { readonly limit: number; readonly order: "newest" | "ranked" };

/** A word or quoted phrase of a query, as it was typed; `wanted` is false when a minus stood before it. */
export type Term = { readonly text: string; readonly wanted: boolean };

/** `"penalty clause" audit -football` -> three terms. Anything a person types is a query; one without a word has no terms. */
export function readQuery(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, phrase, word] of query.matchAll(/(?<!\S)(-)?(?:["“”„]([^"“”„]*)["“”„]?|(\S+))/g)) {
    const text = phrase ?? word ?? "";
    if (wordsOf(text) !== "") terms.push({ text, wanted: minus === undefined });
  }
  return terms.slice(0, MOST_TERMS);
}

/** Nothing but letters, digits and single spaces. */
const wordsOf = (text: string): string => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

/** Stories with an article that has every wanted word and phrase of the query (stemmed, whole words) and none of the unwanted. */
export async function searchStories(db: Db, query: string, options: SearchOptions): Promise<Story[]> {
  const terms = readQuery(query);
  if (!terms.some((term) => term.wanted)) return [];
  const matches = await (engineOf(db) === "sqlite" ? matchesOfSqlite : matchesOfPostgres)(db, terms, options);
  return storiesById(db, storiesOf(matches).slice(0, options.limit));
}

/** An article that matches, by its story. */
type Match = { readonly id: number; readonly story_id: number };

const storiesOf = (matches: readonly Match[]): number[] => [...new Set(matches.map((match) => match.story_id))];

/** The matches in the order that is asked for; of those in the order of time as many as a page of stories needs, the newest. */
async function matchesOfSqlite(
  db: Db,
  terms: readonly Term[],
  { limit, order }: SearchOptions,
): Promise<readonly Match[]> {
  const quoted = (wanted: boolean) =>
    terms.filter((term) => term.wanted === wanted).map((term) => `"${wordsOf(term.text)}"`);
  const unwanted = quoted(false).map((text) => ` NOT ${text}`);
  const match = `(${quoted(true).join(" AND ")})${unwanted.join("")}`;
  const newest = (score: RawBuilder<unknown>, most: number) => sql<Match>`
    select article_words.rowid as id, members.story_id, ${score} as score
    from article_words join members on members.article_id = article_words.rowid
    where article_words match ${match}
    order by article_words.rowid desc
    limit ${most}`;
  if (order === "newest") return (await newest(sql`0`, limit * MATCHES_PER_STORY).execute(db)).rows;
  const scored = newest(sql`bm25(article_words, ${TITLE_WEIGHT}, 1.0)`, RANKED_MATCHES);
  return (await sql<Match>`select id, story_id from (${scored}) as matches order by score, id desc`.execute(db)).rows;
}

/**
 * The same, but that half of RANKED_MATCHES are enough to rank. PostgreSQL's word index knows no order: all matches would have to
 * be fetched to find the newest, which for a common word takes seconds. So it goes back in time by steps until there are enough.
 */
async function matchesOfPostgres(
  db: Db,
  terms: readonly Term[],
  { limit, order }: SearchOptions,
): Promise<readonly Match[]> {
  const asked = terms.map((term) => ({ ...term, query: queryOf(term) }));
  const and = sql` && `;
  const wanted = sql.join(
    asked.filter((term) => term.wanted).map((term) => term.query),
    and,
  );
  const query = sql.join([wanted, ...asked.filter((term) => !term.wanted).map((term) => sql`!!${term.query}`)], and);
  // Nothing is left of a query for "the" and its like; asked for all articles without a word, the index would be read whole.
  const { rows: ends } = await sql<{ last: number | null }>`
    select max(article_id) as last from article_words where numnode(${wanted}) > 0`.execute(db);
  const last = ends[0]?.last ?? null;
  if (last === null) return [];
  const most = order === "newest" ? limit * MATCHES_PER_STORY : RANKED_MATCHES;
  const enough = () => (order === "newest" ? storiesOf(matches).length >= limit : matches.length >= RANKED_MATCHES / 2);
  const matches: Match[] = [];
  for (const blocks of blocksBackFrom(last)) {
    // By an expression, or for the limit's sake it would walk along the articles instead of asking the index.
    const { rows } = await sql<Match>`
      select id, story_id from (
        select article_id as id from article_words where words @@ (${query}) and blocks && ${blocks}::bigint[]
        order by article_id + 0 desc
        limit ${most - matches.length}
      ) as newest join members on article_id = id
      order by id desc`.execute(db);
    matches.push(...rows);
    if (matches.length === most || enough()) break;
  }
  if (order === "newest") return matches;
  const ids = matches.map(({ id }) => id);
  const { rows } = await sql<Match>`
    select article_id as id, story_id from article_words join members using (article_id)
    where article_id = any(${ids}::bigint[])
    order by ts_rank_cd(${RANK_WEIGHTS}::float4[], words, ${query}) desc, id desc`.execute(db);
  return rows;
}

/**
 * A term as its words, and as it was typed where that is more: PostgreSQL files U.S., GPT-4 or ftc.gov whole, and reads them so
 * in a query too.
 */
function queryOf({ text }: Term): RawBuilder<unknown> {
  const phrase = (of: string) => sql`phraseto_tsquery('english', ${of})`;
  const words = wordsOf(text);
  // A text holds no NUL there.
  return words === text ? phrase(words) : sql`(${phrase(words)} || ${phrase(text.replaceAll("\0", " "))})`;
}

/**
 * The names of the blocks that hold the newest articles, then those of the next older, and so on to the first: each article is in
 * one of them. A step is five to eight blocks (fewer where they end, more of the largest), the next step's are of the next size:
 * the first looks at some 500 to 1,000 articles, each further one at 2.5 to 8 times as many as the one before.
 */
export function* blocksBackFrom(last: number): Generator<readonly number[]> {
  let newest = Math.floor(last / BLOCK_SIZES[0]);
  for (const level of BLOCK_SIZES.keys()) {
    const whole = Math.max(0, Math.floor(newest / STEP) - 1) * STEP;
    const oldest = level === BLOCK_SIZES.length - 1 ? 0 : whole;
    yield Array.from({ length: newest - oldest + 1 }, (_, at) => nameOfBlock(newest - at, level));
    if (oldest === 0) return;
    newest = oldest / STEP - 1;
  }
}
