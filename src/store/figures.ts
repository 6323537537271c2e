import { sql } from "kysely";
import type { Db } from "./engine.ts";
import { sizeOf } from "./retention.ts";
import { msOf } from "./rows.ts";

/** What the store knows of the work at one moment. */
export type Figures = {
  /** Ever stored: ids grow by one, and counting a million rows at each look would cost more than it tells. */
  readonly articles: number;
  readonly stories: number;
  readonly bytes: number;
  /** Deliveries by state. */
  readonly deliveries: ReadonlyMap<string, number>;
  /** For how long the oldest due delivery has been due; 0 when none is. */
  readonly oldestDueMs: number;
  /** The feeds of the catalogue; `lagMs` since the last poll that went well, null when none did. */
  readonly feeds: readonly { readonly feedId: string; readonly lagMs: number | null; readonly failing: boolean }[];
};

export async function figuresOf(db: Db, now: Date): Promise<Figures> {
  const newest = (table: "articles" | "stories") =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.max("id").as("id"))
      .executeTakeFirst();
  const [articles, stories] = [await newest("articles"), await newest("stories")];
  const states = await db
    .selectFrom("deliveries")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const due = await db
    .selectFrom("deliveries")
    .select((eb) => eb.fn.min("due_at").as("at"))
    .where("state", "=", "due")
    .executeTakeFirst();
  const feeds = await db
    .selectFrom("feeds")
    .select(["feed_id", "last_success_at", "failing_since", "paused_at"])
    .where("listed", "=", 1)
    .execute();
  return {
    articles: articles?.id ?? 0,
    stories: stories?.id ?? 0,
    bytes: await sizeOf(db),
    deliveries: new Map(states.map(({ state, count }) => [state, count])),
    oldestDueMs: Math.max(0, msOf(now) - (due?.at ?? msOf(now))),
    feeds: feeds.map((feed) => ({
      feedId: feed.feed_id,
      lagMs: feed.last_success_at === null ? null : msOf(now) - feed.last_success_at,
      failing: feed.failing_since !== null || feed.paused_at !== null,
    })),
  };
}

/** What came and went since a date. */
export type Week = {
  readonly articles: number;
  readonly stories: number;
  readonly posted: number;
  readonly dead: number;
};

export async function weekOf(db: Db, since: Date): Promise<Week> {
  const { articles } = await db
    .selectFrom("articles")
    .select((eb) => eb.fn.countAll<number>().as("articles"))
    // Ids grow in order of arrival, and the texts of a week are still there: the index on them finds where it begins.
    .where("id", ">=", (eb) =>
      eb
        .selectFrom("articles as recent")
        .select((min) => min.fn.coalesce(min.fn.min("recent.id"), min.lit(Number.MAX_SAFE_INTEGER)).as("id"))
        .where("recent.first_seen_at", ">=", msOf(since))
        .where("recent.text", "<>", sql.lit("")),
    )
    .executeTakeFirstOrThrow();
  const { stories } = await db
    .selectFrom("stories")
    .select((eb) => eb.fn.countAll<number>().as("stories"))
    .where("opened_at", ">=", msOf(since))
    .where("last_article_at", ">=", msOf(since))
    .executeTakeFirstOrThrow();
  const settled = await db
    .selectFrom("deliveries")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("settled_at", ">=", msOf(since))
    .groupBy("state")
    .execute();
  const count = (state: string) => settled.find((row) => row.state === state)?.count ?? 0;
  return { articles, stories, posted: count("posted"), dead: count("dead") };
}
