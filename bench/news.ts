import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { OCCASIONS } from "#model/deadline.ts";
import { DAY_MS } from "#model/time.ts";
import { addDeadlines, type Setting } from "#store/deadlines.ts";
import { type Database, type Db, openDatabase, transact } from "#store/engine/database.ts";
import { engineOf } from "#store/engine/engine.ts";
import { registerFeeds } from "#store/feeds.ts";
import { saveQuotes } from "#store/quotes.ts";
import { refreshStatistics } from "#store/transfer.ts";
import { randomFrom } from "#support/random.ts";
import { isoDay } from "#text/calendar.ts";

const FEEDS = 100;
const VOCABULARY = 30_000;
const TEXT_WORDS = 120;
const ARTICLES_PER_STORY = 2.5;
const STORIES_PER_SAGA = 3;
/** Of an article that it sets a day to come, and how many days ahead that is at most. */
const SETS_DAY = 0.3;
const DAYS_AHEAD = 200;
/** As long as a store keeps articles. */
const DAYS = 400;
const SPEAKERS = 2_000;
const QUOTES_PER_ARTICLE = 3;
/** Of a story that it moves once more, and how many days after it opened at most. */
const MOVES = 0.3;
const MOVES_WITHIN = 10;
const BATCH = 500;

export type MadeUp = {
  readonly now: Date;
  readonly words: readonly string[];
  readonly points: readonly string[];
  readonly places: readonly string[];
  readonly speakers: readonly string[];
};

/** What the made-up news is about, the common before the rare. */
export const madeUp: MadeUp = {
  now: new Date("2026-03-02T12:00:00Z"),
  words: Array.from({ length: VOCABULARY }, (_, at) => wordOf(at)),
  points: Array.from({ length: 20 }, (_, at) => `point-${at}`),
  places: Array.from({ length: 30 }, (_, at) => `place-${at}`),
  speakers: Array.from({ length: SPEAKERS }, (_, at) => `${wordOf(at)} ${wordOf(7 * at)}`),
};

/**
 * Fills the tables that look-ups read with `articles` articles over so many days: texts of 120 words whose frequencies fall as in
 * English, two and a half articles a story, twenty points and thirty places of very unlike size. Straight into the tables, and
 * into PostgreSQL without its word index, which is made at the end. Goes on where an earlier call was cut off. Returns how many
 * articles it wrote.
 */
async function fillWithNews(db: Db, articles: number, days: number): Promise<number> {
  const stories = Math.ceil(articles / ARTICLES_PER_STORY);
  const stepMs = (days * DAY_MS) / articles;
  if ((await newestId(db, "stories")) === 0) {
    await registerFeeds(
      db,
      Array.from({ length: FEEDS }, (_, at) => `feed-${at}`),
      madeUp.now,
    );
  }
  for (const ids of batches(await newestId(db, "stories"), stories)) {
    await addStories(db, ids, (id) => Math.round(madeUp.now.getTime() - (stories - id) * stepMs * ARTICLES_PER_STORY));
  }
  const before = await newestId(db, "articles");
  if (before >= articles) return 0;
  const wordIndex = await withoutWordIndex(db);
  for (const ids of batches(before, articles)) {
    await addArticles(db, ids, stories, (id) => Math.round(madeUp.now.getTime() - (articles - id) * stepMs));
    if (process.stderr.isTTY) process.stderr.write(`\r${ids.at(-1)} of ${articles} articles `);
  }
  await wordIndex.make();
  return articles - before;
}

async function newestId(db: Db, table: "stories" | "articles"): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.max("id").as("id"))
    .executeTakeFirst();
  return row?.id ?? 0;
}

function* batches(after: number, last: number): Generator<readonly number[]> {
  for (let first = after + 1; first <= last; first += BATCH)
    yield Array.from({ length: Math.min(BATCH, last - first + 1) }, (_, at) => first + at);
}

/** Writing it row by row takes most of the time; made at the end it is the same index. */
async function withoutWordIndex(db: Db): Promise<{ make(): Promise<void> }> {
  if (engineOf(db) === "sqlite") return { make: async () => {} };
  await sql`drop index if exists article_words_found`.execute(db);
  return {
    async make() {
      await sql`create index article_words_found on article_words using gin (words, blocks) with (fastupdate = off)`.execute(
        db,
      );
    },
  };
}

/** Draws from lists of which the first items are the common ones, as a person at `random` would. */
function drawing(random: () => number) {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() ** 3 * list.length)]!;
  return { one, text: (count: number) => Array.from({ length: count }, () => one(madeUp.words)).join(" ") };
}

async function addStories(db: Db, ids: readonly number[], atOf: (id: number) => number): Promise<void> {
  const { one, text } = drawing(randomFrom(ids[0]!));
  const rows = ids.map((id) => ({ id, at: atOf(id), point: one(madeUp.points), place: one(madeUp.places) }));
  const moves = randomFrom(-ids[0]!);
  const sagaOf = (id: number) => Math.ceil(id / STORIES_PER_SAGA);
  await transact(db, async (tx) => {
    await tx
      .insertInto("sagas")
      .values([...new Set(ids.map(sagaOf))].map((id) => ({ id, opened_at: 0 })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto("stories")
      .values(
        rows.map(({ id, at, point, place }) => ({
          id,
          saga_id: sagaOf(id),
          title: text(8),
          lead_article_id: id,
          article_count: 2,
          stage: null,
          certainty: null,
          points: JSON.stringify([point]),
          places: JSON.stringify([place]),
          actors: "[]",
          summary: "[]",
          revision: 1,
          opened_at: at,
          last_article_at: at,
          closed_at: null,
        })),
      )
      .execute();
    await tx
      .insertInto("revisions")
      .values(
        rows.flatMap(({ id, at }) => {
          const opened = { story_id: id, number: 1, at, movements: movementOf("opened", id), said: "[]" };
          if (moves() >= MOVES) return [opened];
          const later = at + Math.round(moves() * MOVES_WITHIN * DAY_MS);
          return [opened, { ...opened, number: 2, at: later, movements: movementOf("stage", id) }];
        }),
      )
      .execute();
    await tx
      .insertInto("story_tags")
      .values(
        rows.flatMap(({ id, at, point, place }) => [
          { story_id: id, axis: "point", tag_id: point, at },
          { story_id: id, axis: "place", tag_id: place, at },
        ]),
      )
      .execute();
  });
}

const movementOf = (kind: "opened" | "stage", articleId: number): string =>
  JSON.stringify([{ kind, from: null, to: kind === "stage" ? "adopted" : null, articleId, sentence: null }]);

async function addArticles(
  db: Db,
  ids: readonly number[],
  stories: number,
  atOf: (id: number) => number,
): Promise<void> {
  const random = randomFrom(-ids[0]!);
  const { text } = drawing(random);
  const rows = ids.map((id) => ({
    id,
    feed_id: `feed-${id % FEEDS}`,
    url: `https://news.example/${id}`,
    canonical_url: `https://news.example/${id}`,
    title: text(9),
    text: text(TEXT_WORDS),
    text_from: "summary",
    author: null,
    published_at: atOf(id),
    updated_at: null,
    first_seen_at: atOf(id),
    last_seen_at: atOf(id),
    language: "en",
    text_hash: String(id),
    entry_hash: String(id),
  }));
  // An article belongs to a story of its own days.
  const storyOf = (id: number) =>
    Math.max(1, Math.min(stories, Math.ceil(id / ARTICLES_PER_STORY) - Math.floor(random() * 50)));
  await transact(db, async (tx) => {
    await tx.insertInto("articles").values(rows).execute();
    await tx
      .insertInto("members")
      .values(ids.map((id) => ({ article_id: id, story_id: storyOf(id) })))
      .execute();
    await addDeadlines(
      tx,
      rows.filter(() => random() < SETS_DAY).map(({ id, text, published_at: at }) => dayIn(id, text, at, random)),
    );
    await tx
      .insertInto("taggings")
      .values(ids.map((id) => ({ article_id: id, relevant: 1, support: 1, hold: null })))
      .execute();
    // Three quotes an article, of two thousand who speak unlike often.
    const { one } = drawing(random);
    for (const id of ids) {
      const quotes = Array.from({ length: QUOTES_PER_ARTICLE }, () => {
        const words = [text(20)];
        const sentence = { start: 0, end: words[0]!.length };
        return {
          kind: "verbatim" as const,
          speaker: one(madeUp.speakers),
          office: null,
          parts: [sentence],
          sentence,
          words,
          stance: null,
        };
      });
      await saveQuotes(tx, id, new Date(atOf(id)), quotes);
    }
  });
}

/** A day that an article sets, in its first words. */
function dayIn(id: number, text: string, at: number, random: () => number): Setting {
  const [sentence, date] = [
    { start: 0, end: 120 },
    { start: 100, end: 110 },
  ];
  const occasion = OCCASIONS[Math.floor(random() * OCCASIONS.length)]!;
  const day = isoDay(Math.floor(at / DAY_MS) + Math.ceil(random() * DAYS_AHEAD));
  return {
    id,
    text,
    deadlines: [{ occasion, day, change: "set", from: null, tentative: false, sentence, date, base: null }],
  };
}

/** Pronounceable, distinct, and not changed by stemming. */
function wordOf(at: number): string {
  const [heads, tails] = ["bdfgklmnprtvz", "aiou"];
  let rest = at + 200;
  let word = "";
  while (rest > 0) {
    word += heads[rest % heads.length]! + tails[Math.floor(rest / heads.length) % tails.length]!;
    rest = Math.floor(rest / (heads.length * tails.length));
  }
  return `${word}k`;
}

/**
 * Works on a store of so many made-up articles: a PostgreSQL by DATABASE_URL (a database of its own), else a file in a folder
 * that goes afterwards, unless it is to be kept. What an earlier run filled is used again; `wrote` says how many articles were
 * missing. They are of the last 400 days, or of so many.
 */
export async function withNews(
  keep: string | undefined,
  articles: number,
  work: (database: Database, wrote: { readonly articles: number; readonly seconds: number }) => Promise<void>,
  days = DAYS,
): Promise<void> {
  const folder = keep ?? mkdtempSync(join(tmpdir(), "policywire-news-"));
  const opening = await openDatabase({ url: process.env.DATABASE_URL ?? null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  try {
    const started = performance.now();
    const written = await fillWithNews(db, articles, days);
    if (written > 0) await refreshStatistics(db);
    await work(opening.database, { articles: written, seconds: (performance.now() - started) / 1_000 });
  } finally {
    await close();
    if (keep === undefined) rmSync(folder, { recursive: true });
  }
}
