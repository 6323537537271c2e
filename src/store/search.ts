import { sql } from "kysely";
import type { Story } from "#model/story.ts";
import { type Db, engineOf } from "./engine.ts";
import { storiesById } from "./stories.ts";

/** Matching articles looked at to fill one page of stories: a story of a hundred articles must not hide the next one. */
const MATCHES_PER_STORY = 40;

/** Words of a query that are looked for; a person types fewer, and each costs. */
const MAX_TERMS = 16;

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
  return sql<{ story_id: number }>`
    select members.story_id
    from article_words join members on members.article_id = article_words.rowid
    where article_words match ${match}
    order by ${order === "newest" ? sql`article_words.rowid desc` : sql`bm25(article_words, 4.0, 1.0)`}
    limit ${limit * MATCHES_PER_STORY}`;
}

function matchesOfPostgres(terms: readonly Term[], { limit, order }: SearchOptions) {
  const query = sql.join(
    terms.map(({ text, wanted }) =>
      wanted ? sql`phraseto_tsquery('english', ${text})` : sql`!!phraseto_tsquery('english', ${text})`,
    ),
    sql` && `,
  );
  const matches = sql`
    select articles.id, articles.words, members.story_id
    from articles join members on members.article_id = articles.id
    where articles.words @@ (${query})
    order by articles.id desc
    limit ${limit * MATCHES_PER_STORY}`;
  return order === "newest"
    ? sql<{ story_id: number }>`select story_id from (${matches}) as matches order by id desc`
    : sql<{ story_id: number }>`
        select story_id from (${matches}) as matches order by ts_rank_cd(words, ${query}) desc, id desc`;
}
