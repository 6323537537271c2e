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
