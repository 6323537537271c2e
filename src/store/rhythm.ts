import { sql } from "kysely";
import { DAY_MS } from "#model/time.ts";
import type { Db } from "./engine/engine.ts";
import { taggedAs } from "./latest.ts";
import { msOf } from "./rows.ts";
import type { TrendOf } from "./trend.ts";

/** How many of something there were on each day (counted from 1970, UTC), under its id; days without any are left out. */
export type Daily = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Days on which each friction point moved, in any of these places or anywhere: developments that began, and what moved in them. */
export async function pointDays(db: Db, places: readonly string[], since: Date): Promise<Daily> {
  let query = db
    .selectFrom("story_tags as tag")
    .innerJoin("stories", "stories.id", "tag.story_id")
    .innerJoin("revisions", "revisions.story_id", "stories.id")
    .where("tag.axis", "=", "point")
    .where("tag.at", ">=", msOf(since))
    .where("revisions.at", ">=", msOf(since));
  if (places.length > 0) query = query.where(taggedAs("place", places));
  const rows = await query
    .select((eb) => ["tag.tag_id as id", dayOf("revisions.at").as("day"), eb.fn.countAll<number>().as("count")])
    .groupBy(["tag.tag_id", "day"])
    .execute();
  return dailyOf(rows);
}

/** Days on which each feed brought articles that were new. */
export async function feedDays(db: Db, since: Date): Promise<Daily> {
  const rows = await db
    .selectFrom("articles")
    .where("first_seen_at", ">=", msOf(since))
    .select((eb) => ["feed_id as id", dayOf("first_seen_at").as("day"), eb.fn.countAll<number>().as("count")])
    .groupBy(["feed_id", "day"])
    .execute();
  return dailyOf(rows);
}

const dayOf = (column: string) => sql<number>`${sql.ref(column)} / ${sql.lit(DAY_MS)}`;

function dailyOf(rows: readonly { readonly id: string; readonly day: number; readonly count: number }[]): Daily {
  const daily = new Map<string, Map<number, number>>();
  for (const { id, day, count } of rows) {
    const days = daily.get(id) ?? new Map<number, number>();
    daily.set(id, days.set(day, count));
  }
  return daily;
}

/** The feeds that told of a point since a time. */
export async function feedsOnPoint(db: Db, { point, places = [], since }: TrendOf): Promise<ReadonlySet<string>> {
  let query = db
    .selectFrom("story_tags as tag")
    .innerJoin("stories", "stories.id", "tag.story_id")
    .innerJoin("members", "members.story_id", "stories.id")
    .innerJoin("articles", "articles.id", "members.article_id")
    .where("tag.axis", "=", "point")
    .where("tag.tag_id", "=", point)
    .where("tag.at", ">=", msOf(since));
  if (places.length > 0) query = query.where(taggedAs("place", places));
  const rows = await query.select("articles.feed_id").distinct().execute();
  return new Set(rows.map(({ feed_id }) => feed_id));
}
