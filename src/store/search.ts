import { type RawBuilder, sql } from "kysely";
import type { Story } from "#model/story.ts";
import { type Db, engineOf } from "./engine.ts";
import { storiesById } from "./stories.ts";

/** Matching articles looked at to fill one page of stories: a story of a hundred articles must not hide the next one. */
const MATCHES_PER_STORY = 40;

/**
 * Matching articles that are ranked, the newest: a word that stands in most of a million articles would take seconds to rank in all, and
 * nobody looks for the best match of last year.
 */
const RANKED_MATCHES = 1_000;

/** Words of a query that are looked for; a person types fewer, and each costs. */
const MAX_TERMS = 16;

/** A word in the title says more of an article than one in its text. */
const TITLE_WEIGHT = 4;

/** The same for PostgreSQL, which weighs D, C, B (the text), A (the title) and wants the greatest to be 1. */
const RANK_WEIGHTS = `{0, 0, ${1 / TITLE_WEIGHT}, 1}`;

/** PostgreSQL looks through so many of the newest articles first: 7 ms by themselves, and all that a common word needs. */
const FIRST_REACH = 2_000;

/** Matches are not spread evenly: the next reach is to hold so many times what is still wanted. */
const REACH_SLACK = 2;

/** And it grows so many times at most: of a common word none may be in a story among the newest, yet all matches would take seconds. */
const WIDEST_STEP = 25;

export type SearchOptions = { readonly limit: number; readonly order: "newest" | "ranked" };

/** A word or quoted phrase of a query; `wanted` is false when a minus stood before it. */
export type Term = { readonly text: string; readonly wanted: boolean };

/** `"penalty clause" audit -football` -> three terms. Anything a person types is a query; one without a word has no terms. */
export function readQuery(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, phrase, word] of query.matchAll(/(?<!\S)(-)?(?:["“”„]([^"“”„]*)["“”„]?|(\S+))/g)) {
    const text = (phrase ?? word ?? "").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
    if (text !== "") terms.push({ text, wanted: minus === undefined });
  }
  return terms.slice(0, MAX_TERMS);
}

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
  const quoted = (wanted: boolean) => terms.filter((term) => term.wanted === wanted).map((term) => `"${term.text}"`);
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
 * The same, but that half of RANKED_MATCHES are enough to rank. PostgreSQL's word index knows no order: all matches would have to be
 * fetched to find the newest, which for a common word takes seconds; and with a plain limit the planner walks along all articles for a
 * rare one. So it looks through the newest articles first, and how many match there says how far back to look next. What is within
 * reach is a range of ids, which the planner joins with the word index or, where most match, walks along.
 */
async function matchesOfPostgres(
  db: Db,
  terms: readonly Term[],
  { limit, order }: SearchOptions,
): Promise<readonly Match[]> {
  const query = sql.join(
    terms.map(({ text, wanted }) =>
      wanted ? sql`phraseto_tsquery('english', ${text})` : sql`!!phraseto_tsquery('english', ${text})`,
    ),
    sql` && `,
  );
  const most = order === "newest" ? limit * MATCHES_PER_STORY : RANKED_MATCHES;
  const { rows: ends } = await sql<{ last: number | null }>`select max(id) as last from articles`.execute(db);
  const last = ends[0]?.last ?? 0;
  // A number of its own, not a subquery: the planner must see how wide the range is. Materialized, or it would plan for the limit.
  const newest = (reach: number) => sql<Match>`
    with found as materialized (select id from articles where words @@ (${query}) and id > ${last - reach})
    select found.id, members.story_id from found join members on members.article_id = found.id
    order by found.id desc
    limit ${most}`;
  let matches: readonly Match[] = [];
  for (let reach = FIRST_REACH; ; ) {
    matches = (await newest(reach).execute(db)).rows;
    const [wanted, found] =
      order === "newest" ? [limit, storiesOf(matches).length] : [RANKED_MATCHES / REACH_SLACK, matches.length];
    if (found >= wanted || matches.length === most || reach >= last) break;
    reach = Math.min(last, Math.ceil(reach * Math.min(WIDEST_STEP, (REACH_SLACK * wanted) / found)));
  }
  if (order === "newest") return matches;
  const ids = matches.map(({ id }) => id);
  const { rows } = await sql<Match>`
    select articles.id, members.story_id from articles join members on members.article_id = articles.id
    where articles.id = any(${ids}::bigint[])
    order by ts_rank_cd(${RANK_WEIGHTS}::float4[], articles.words, ${query}) desc, articles.id desc`.execute(db);
  return rows;
}
