import { sql } from "kysely";
import { DELIVERY_STATES, type DeliveryState } from "#model/delivery.ts";
import { DAY_MS } from "#model/time.ts";
import type { Db } from "./engine/engine.ts";
import { sizeOf } from "./retention.ts";
import { msOf } from "./rows.ts";

/**
 * What the store knows of the work at one moment. All of it is read from indexes or from the feeds alone: it may be asked for
 * often.
 */
export type Gauges = {
  /** Ever stored: ids grow by one, and counting a million rows at each look would cost more than it tells. */
  readonly articles: number;
  readonly stories: number;
  readonly bytes: number;
  /** Deliveries by state: all that are due or held, of the settled ones those of the last day. */
  readonly deliveries: ReadonlyMap<DeliveryState, number>;
  /** For how long the oldest that is due or held has been so; 0 when none is. */
  readonly oldestMs: ReadonlyMap<DeliveryState, number>;
  /** Feeds that fail or are paused. */
  readonly failing: number;
  /** Since a feed was last read, or was added; the feeds that lag the most come first, up to MOST_LAGGING. */
  readonly lagging: readonly { readonly feedId: string; readonly lagMs: number }[];
};

/** More series than this are a burden on whoever collects them, and nobody looks at so many. */
const MOST_LAGGING = 500;

const OWED = ["due", "held"] as const;

export async function gaugesOf(db: Db, now: Date): Promise<Gauges> {
  const newest = (table: "articles" | "stories") =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.max("id").as("id"))
      .executeTakeFirst();
  const [articles, stories] = [await newest("articles"), await newest("stories")];
  const owed = await Promise.all(
    // One by one: a literal state lets either engine use the index on those of that state.
    OWED.map(async (state) => ({
      state,
      ...(await db
        .selectFrom("deliveries")
        .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.min("due_at").as("at")])
        .where("state", "=", sql.lit(state))
        .executeTakeFirstOrThrow()),
    })),
  );
  const settled = await settledSince(db, new Date(now.getTime() - DAY_MS));
  const { failing } = await db
    .selectFrom("feeds")
    .select((eb) => [
      eb.fn
        .countAll<number>()
        .filterWhere((feed) => feed.or([feed("failing_since", "is not", null), feed("paused_at", "is not", null)]))
        .as("failing"),
    ])
    .where("listed", "=", 1)
    .executeTakeFirstOrThrow();
  const lagging = await db
    .selectFrom("feeds")
    .select((eb) => ["feed_id", eb.fn.coalesce("last_success_at", "added_at").as("at")])
    .where("listed", "=", 1)
    .orderBy("at")
    .limit(MOST_LAGGING)
    .execute();
  const since = (at: number | null) => Math.max(0, msOf(now) - (at ?? msOf(now)));
  const count = (state: DeliveryState) => settled.find((row) => row.state === state)?.count ?? 0;
  return {
    articles: articles?.id ?? 0,
    stories: stories?.id ?? 0,
    bytes: await sizeOf(db),
    deliveries: new Map([
      ...DELIVERY_STATES.map((state) => [state, count(state)] as const),
      ...owed.map((row) => [row.state, row.count] as const),
    ]),
    oldestMs: new Map(owed.map(({ state, at }) => [state, since(at)])),
    failing,
    lagging: lagging.map(({ feed_id: feedId, at }) => ({ feedId, lagMs: since(at) })),
  };
}

/** Deliveries settled since, by state. */
function settledSince(db: Db, since: Date) {
  return db
    .selectFrom("deliveries")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("settled_at", ">=", msOf(since))
    .groupBy("state")
    .execute();
}

/** The feeds that fail or are paused, longest first. */
export async function failingFeeds(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("feeds")
    .select("feed_id")
    .where("listed", "=", 1)
    .where((eb) => eb.or([eb("failing_since", "is not", null), eb("paused_at", "is not", null)]))
    .orderBy("failing_since")
    .orderBy("feed_id")
    .execute();
  return rows.map(({ feed_id }) => feed_id);
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
  const settled = await settledSince(db, since);
  const count = (state: string) => settled.find((row) => row.state === state)?.count ?? 0;
  return { articles, stories, posted: count("posted"), dead: count("dead") };
}
