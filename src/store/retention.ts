import { sql } from "kysely";
import { type Db, engineOf, unlocked } from "./engine/engine.ts";
import { transact } from "./engine/transact.ts";
import { dateAt, dateOrNull, msOf } from "./rows.ts";

/** How long things are kept, in days. A year and a month of look-ups fits a small disk once the texts, its bulk, are emptied. */
export type Retention = { readonly articleDays: number; readonly textDays: number; readonly deliveryDays: number };

export const RETENTION: Retention = { articleDays: 400, textDays: 60, deliveryDays: 90 };

/** When the oldest that a prune would meet is from, of each kind; null where there is none. */
export type Oldest = { readonly deliveries: Date | null; readonly texts: Date | null; readonly stories: Date | null };

export async function oldestOf(db: Db): Promise<Oldest> {
  const { rows } = await sql<{
    deliveries: number | null;
    texts: number | null;
    story: number | null;
    loose: number | null;
  }>`
    select
      (select min(settled_at) from deliveries) as deliveries,
      (select first_seen_at from articles where text <> ''
        and id not in (select article_id from members where by_hand = 1) order by first_seen_at limit 1) as texts,
      (select min(last_article_at) from stories) as story,
      (select last_seen_at from articles
        where (select article_id from members where members.article_id = articles.id) is null
        order by last_seen_at limit 1) as loose`.execute(db);
  const { deliveries = null, texts = null, story = null, loose = null } = rows[0] ?? {};
  const stories = [story, loose].filter((at) => at !== null);
  return {
    deliveries: dateOrNull(deliveries),
    texts: dateOrNull(texts),
    stories: stories.length === 0 ? null : dateAt(Math.min(...stories)),
  };
}

/** Deletes up to `limit` settled deliveries from before `before`. Returns how many. */
export async function dropDeliveries(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .with("picked", (qb) =>
      unlocked(db, qb.selectFrom("deliveries").select("id").where("settled_at", "<", msOf(before)).limit(limit)),
    )
    .deleteFrom("deliveries")
    .where("id", "in", (qb) => qb.selectFrom("picked").select("id"))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/**
 * Empties the text of up to `limit` articles first seen before `before`, but of none that a person placed: it is labelled data.
 * Title, tags with their phrases, and the story with its summary stay. Returns how many.
 */
export async function emptyTexts(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .with("picked", (qb) => {
      const old = qb
        .selectFrom("articles")
        .select("id")
        .where("text", "<>", "")
        .where("first_seen_at", "<", msOf(before))
        .where("id", "not in", (eb) => eb.selectFrom("members").select("article_id").where("by_hand", "=", 1))
        .limit(limit);
      return unlocked(db, old);
    })
    .updateTable("articles")
    .set({ text: "" })
    .where("id", "in", (qb) => qb.selectFrom("picked").select("id"))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/**
 * Deletes up to `limit` stories whose newest article is from before `before`, with their articles, revisions and deliveries, and
 * when there are no more of them up to `limit` articles outside any story. An article that its feed still lists stays, or it
 * would come back as new. Returns how many of both.
 */
export async function dropStories(db: Db, before: Date, limit: number): Promise<number> {
  const stories = await dropOldStories(db, before, limit);
  // Among old articles those outside any story are few, and are looked for once the others are gone.
  return stories === limit ? stories : stories + (await dropLooseArticles(db, before, limit));
}

function dropOldStories(db: Db, before: Date, limit: number): Promise<number> {
  return transact(db, async (tx) => {
    const stories = await tx
      .selectFrom("stories")
      .select(["id", "saga_id"])
      .where("last_article_at", "<", msOf(before))
      .orderBy("last_article_at")
      .limit(limit)
      .execute();
    if (stories.length === 0) return 0;
    const ids = stories.map(({ id }) => id);
    const sagaIds = stories.map(({ saga_id }) => saga_id);
    const members = tx.selectFrom("members").select("article_id").where("story_id", "in", ids);
    await tx.deleteFrom("articles").where("id", "in", members).where("last_seen_at", "<", msOf(before)).execute();
    await tx.deleteFrom("stories").where("id", "in", ids).execute();
    await tx
      .deleteFrom("sagas")
      .where("id", "in", sagaIds)
      .where((eb) =>
        eb.not(eb.exists(eb.selectFrom("stories").select("stories.id").whereRef("stories.saga_id", "=", "sagas.id"))),
      )
      .execute();
    return stories.length;
  });
}

/** In a statement of its own, which keeps no writer waiting: PostgreSQL reads past every article that was deleted just before. */
async function dropLooseArticles(db: Db, before: Date, limit: number): Promise<number> {
  const result = await db
    .with("picked", (qb) => {
      const loose = qb
        .selectFrom("articles")
        .select("articles.id")
        .where("articles.last_seen_at", "<", msOf(before))
        // A look-up a row: made a join, it would read all members to learn that there is nothing to delete.
        .where(
          (eb) => eb.selectFrom("members").select("article_id").whereRef("members.article_id", "=", "articles.id"),
          "is",
          null,
        )
        .limit(limit);
      return unlocked(db, loose);
    })
    .deleteFrom("articles")
    .where("id", "in", (qb) => qb.selectFrom("picked").select("picked.id"))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Closes up to `limit` stories whose newest article is from before `before`. Look-ups find them as ever. Returns how many. */
export async function closeStories(db: Db, before: Date, limit: number, now: Date): Promise<number> {
  const result = await db
    .with("picked", (qb) => {
      const quiet = qb
        .selectFrom("stories")
        .select("id")
        .where("closed_at", "is", null)
        .where("last_article_at", "<", msOf(before))
        .orderBy("last_article_at")
        .limit(limit);
      return unlocked(db, quiet);
    })
    .updateTable("stories")
    .set({ closed_at: msOf(now) })
    .where("id", "in", (qb) => qb.selectFrom("picked").select("id"))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Bytes that the store takes on disk. */
export async function sizeOf(db: Db): Promise<number> {
  const size =
    engineOf(db) === "sqlite"
      ? sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count, pragma_page_size`
      : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`;
  return (await size.execute(db)).rows[0]?.bytes ?? 0;
}
