import { type RawBuilder, sql } from "kysely";
import { posts } from "#model/story.ts";
import { mondayBefore, WEEK_MS } from "#model/time.ts";
import type { Trend, TrendWeek } from "#model/trend.ts";
import type { Db } from "./engine/engine.ts";
import { taggedAs } from "./latest.ts";
import { dateAt, msOf } from "./rows.ts";
import { movementsIn } from "./stories.ts";

/** A friction point, in any of these places or anywhere. */
export type TrendOf = { readonly point: string; readonly places?: readonly string[]; readonly since: Date };

/** The weeks from that of `since` to the one that `now` is in. */
export async function trendOf(db: Db, wanted: TrendOf, now: Date): Promise<Trend> {
  const from = mondayBefore(wanted.since);
  const opened = await developmentsByWeek(db, wanted, from);
  const moved = await movementsByWeek(db, wanted, from);
  const read = await weeksRead(db, from);
  const count = Math.floor((now.getTime() - from.getTime()) / WEEK_MS) + 1;
  const weeks = Array.from({ length: count }, (_, week): TrendWeek => {
    const movements = moved.get(week) ?? [];
    return {
      from: new Date(from.getTime() + week * WEEK_MS),
      developments: opened.get(week) ?? 0,
      movements: movements.length,
      stages: movements.flatMap((stage) => stage ?? []),
      read: read.has(week),
    };
  });
  return { weeks, readSince: await readSince(db) };
}

/** Stories of the point whose newest article is of the time or later: what they did in it is among theirs. */
function storiesOn(db: Db, { point, places = [] }: TrendOf, from: Date) {
  const query = db
    .selectFrom("story_tags as tag")
    .innerJoin("stories", "stories.id", "tag.story_id")
    .where("tag.axis", "=", "point")
    .where("tag.tag_id", "=", point)
    .where("tag.at", ">=", msOf(from));
  return places.length === 0 ? query : query.where(taggedAs("place", places));
}

/** Number of the week from `from` on that a time in milliseconds is in; integers are divided to integers by both engines. */
const weekOf = (column: string, from: Date) =>
  sql<number>`(${sql.ref(column)} - ${sql.lit(msOf(from))}) / ${sql.lit(WEEK_MS)}`;

async function developmentsByWeek(db: Db, wanted: TrendOf, from: Date): Promise<ReadonlyMap<number, number>> {
  const rows = await storiesOn(db, wanted, from)
    .where("stories.opened_at", ">=", msOf(from))
    .select((eb) => [weekOf("stories.opened_at", from).as("week"), eb.fn.countAll<number>().as("developments")])
    .groupBy("week")
    .execute();
  return new Map(rows.map(({ week, developments }) => [week, developments]));
}

/** For each movement of a week that readers were told of the stage that it led to, or null. */
async function movementsByWeek(
  db: Db,
  wanted: TrendOf,
  from: Date,
): Promise<ReadonlyMap<number, readonly (string | null)[]>> {
  const rows = await storiesOn(db, wanted, from)
    .innerJoin("revisions", "revisions.story_id", "stories.id")
    // The first revision is the development itself.
    .where("revisions.number", ">", 1)
    .where("revisions.at", ">=", msOf(from))
    .select(["revisions.at", "revisions.story_id", "revisions.movements"])
    .orderBy("revisions.at")
    .execute();
  const weeks = new Map<number, (string | null)[]>();
  for (const { at, story_id: storyId, movements } of rows) {
    const week = Math.floor((at - msOf(from)) / WEEK_MS);
    const moved = movementsIn(movements, storyId);
    // What opens later for readers is a development, counted as such.
    if (!posts(moved) || moved.some(({ kind }) => kind === "opened")) continue;
    const stage = moved.find(({ kind }) => kind === "stage");
    weeks.set(week, [...(weeks.get(week) ?? []), stage?.to ?? null]);
  }
  return weeks;
}

/** Weeks in which some feed brought something: from one's first article the index leads to the next one's, past all between. */
async function weeksRead(db: Db, from: Date): Promise<ReadonlySet<number>> {
  const firstFrom = (week: RawBuilder<unknown>) => sql`
    select ${weekOf("first", from)} from (
      select min(first_seen_at) as first from articles
      where first_seen_at >= ${sql.lit(msOf(from))} + ${week} * ${sql.lit(WEEK_MS)}
    ) as newer`;
  const { rows } = await sql<{ readonly week: number }>`
    with recursive seen (week) as (
      ${firstFrom(sql.lit(0))}
      union all
      select (${firstFrom(sql`(seen.week + 1)`)}) from seen where seen.week is not null
    )
    select week from seen where week is not null`.execute(db);
  return new Set(rows.map(({ week }) => week));
}

/** When the first article that is kept was read. */
export async function readSince(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom("articles")
    .select((eb) => eb.fn.min("first_seen_at").as("at"))
    .executeTakeFirst();
  return row?.at == null ? null : dateAt(row.at);
}
