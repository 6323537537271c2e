import { type Db, transact } from "#store/database.ts";
import { registerFeeds } from "#store/feeds.ts";

/** mulberry32: small, seeded, good enough for made-up news. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FEEDS = 100;
const VOCABULARY = 30_000;
const TEXT_WORDS = 120;
const ARTICLES_PER_STORY = 2.5;
const DAYS = 400;
const BATCH = 500;

export type MadeUp = {
  readonly now: Date;
  readonly words: readonly string[];
  readonly points: readonly string[];
  readonly places: readonly string[];
};

/**
 * Fills the tables that look-ups read with `articles` articles over 400 days: texts of 120 words whose frequencies fall as in English,
 * two and a half articles a story, twenty points and thirty places of very unlike size.
 */
export async function fillWithNews(db: Db, articles: number): Promise<MadeUp> {
  const random = randomFrom(1);
  const words = Array.from({ length: VOCABULARY }, (_, at) => wordOf(at));
  const points = Array.from({ length: 20 }, (_, at) => `point-${at}`);
  const places = Array.from({ length: 30 }, (_, at) => `place-${at}`);
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(random() ** 3 * list.length)]!;
  const text = (count: number) => Array.from({ length: count }, () => skewed(words)).join(" ");
  const now = new Date("2026-03-02T12:00:00Z");
  const stepMs = (DAYS * 86_400_000) / articles;
  const stories = Math.ceil(articles / ARTICLES_PER_STORY);
  await registerFeeds(
    db,
    Array.from({ length: FEEDS }, (_, at) => `feed-${at}`),
    now,
  );
  await db.insertInto("sagas").values({ opened_at: 0 }).execute();

  for (let first = 0; first < stories; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, stories - first) }, (_, at) => first + at + 1).map((id) => {
      const at = Math.round(now.getTime() - (stories - id) * stepMs * ARTICLES_PER_STORY);
      const [point, place] = [skewed(points), skewed(places)];
      return { id, at, point, place };
    });
    await transact(db, async (tx) => {
      await tx
        .insertInto("stories")
        .values(
          rows.map(({ id, at, point, place }) => ({
            id,
            saga_id: 1,
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
  for (let first = 0; first < articles; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, articles - first) }, (_, at) => first + at + 1);
    await transact(db, async (tx) => {
      await tx
        .insertInto("articles")
        .values(
          rows.map((id) => {
            const at = Math.round(now.getTime() - (articles - id) * stepMs);
            return {
              id,
              feed_id: `feed-${id % FEEDS}`,
              url: `https://news.example/${id}`,
              canonical_url: `https://news.example/${id}`,
              title: text(9),
              text: text(TEXT_WORDS),
              text_from: "summary",
              author: null,
              published_at: at,
              updated_at: null,
              first_seen_at: at,
              last_seen_at: at,
              language: "en",
              text_hash: String(id),
              entry_hash: String(id),
            };
          }),
        )
        .execute();
      // An article belongs to a story of its own days.
      const storyOf = (id: number) =>
        Math.max(1, Math.min(stories, Math.ceil(id / ARTICLES_PER_STORY) - Math.floor(random() * 50)));
      await tx
        .insertInto("members")
        .values(rows.map((id) => ({ article_id: id, story_id: storyOf(id) })))
        .execute();
    });
    if (process.stderr.isTTY) process.stderr.write(`\r${first + rows.length} of ${articles} articles `);
  }
  return { now, words, points, places };
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
