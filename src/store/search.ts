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
  const articles = engineOf(db) === "sqlite" ? matchesOfSqlite(terms, options) : matchesOfPostgres(terms, options);
  const { rows } = await articles.execute(db);
  const ids = [...new Set(rows.map((row) => row.story_id))];
  return storiesById(db, ids.slice(0, options.limit));
}

function matchesOfSqlite(terms: readonly Term[], { limit, order }: SearchOptions) {
  const quoted = (wanted: boolean) => terms.filter((term) => term.wanted === wanted).map((term) => `"${term.text}"`);
  const unwanted = quoted(false).map((text) => ` NOT ${text}`);
  const match = `(${quoted(true).join(" AND ")})${unwanted.join("")}`;
  const matches = (score: RawBuilder<unknown>, most: number) => sql<{ story_id: number }>`
    select members.story_id, article_words.rowid as id, ${score} as score
    from article_words join members on members.article_id = article_words.rowid
    where article_words match ${match}
    order by article_words.rowid desc
    limit ${most}`;
  if (order === "newest") return matches(sql`0`, limit * MATCHES_PER_STORY);
  const scored = matches(sql`bm25(article_words, ${TITLE_WEIGHT}, 1.0)`, RANKED_MATCHES);
  return sql<{ story_id: number }>`select story_id from (${scored}) as matches order by score, id desc`;
}

function matchesOfPostgres(terms: readonly Term[], { limit, order }: SearchOptions) {
  const query = sql.join(
    terms.map(({ text, wanted }) =>
      wanted ? sql`phraseto_tsquery('english', ${text})` : sql`!!phraseto_tsquery('english', ${text})`,
    ),
    sql` && `,
  );
  const matches = (most: number) => sql<{ story_id: number }>`
    select members.story_id, articles.id
    from articles join members on members.article_id = articles.id
    where articles.words @@ (${query})
    order by articles.id desc
    limit ${most}`;
  if (order === "newest") return matches(limit * MATCHES_PER_STORY);
  return sql<{ story_id: number }>`
    select matches.story_id from (${matches(RANKED_MATCHES)}) as matches join articles on articles.id = matches.id
    order by ts_rank_cd(${RANK_WEIGHTS}::float4[], articles.words, ${query}) desc, matches.id desc`;
}
