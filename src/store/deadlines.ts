import { CHANGES, type Deadline, type DeadlineClaim, OCCASIONS } from "#model/deadline.ts";
import type { Story } from "#model/story.ts";
import { type Filter, isOfTags } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { isoDay } from "#text/calendar.ts";
import { pagesFrom } from "./articles.ts";
import type { Db } from "./engine/engine.ts";
import { narrowingsOf, storiesTagged, taggedAs } from "./latest.ts";
import { type Reach, reachedStories } from "./reach.ts";
import { chunks, dateAt, readWord, storable } from "./rows.ts";
import type { DeadlineRow } from "./tables.ts";

/** Rows of days that are looked at for one list: far more than is shown, as a day stands in many articles. */
export const MOST_ROWS = 1_000;

/**
 * Up to so many stories of a tag are walked along for their days; of a tag that more have, the days are for one that has it. With
 * 100,000 articles and a tag of 1,500 stories a year of days takes 5 ms along the stories and 40 along the days.
 */
const WALKED_STORIES = 5_000;

/** A text and the days to come that it sets. */
export type Setting = { readonly id: number; readonly text: string; readonly deadlines: readonly Deadline[] };

/** Replaces what an article sets. */
export async function saveDeadlines(tx: Db, { id, text, deadlines }: Setting): Promise<void> {
  await tx.deleteFrom("deadlines").where("article_id", "=", id).execute();
  await addDeadlines(tx, [{ id, text, deadlines }]);
}

/** Adds what articles set that nothing is kept of yet; of others what is kept stays. */
export async function addDeadlines(tx: Db, settings: readonly Setting[]): Promise<void> {
  const rows = settings.flatMap(({ id, text, deadlines }) => deadlines.map((each) => rowOf(id, text, each)));
  for (const some of chunks(rows)) {
    await tx
      .insertInto("deadlines")
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

const numberOf = (day: string): number => Date.parse(day) / DAY_MS;

function rowOf(articleId: number, text: string, { sentence, date, base, ...deadline }: Deadline): DeadlineRow {
  const { occasion, day, change, from, tentative } = deadline;
  const quoted = ({ start, end }: typeof sentence) => storable(text.slice(start, end));
  return {
    article_id: articleId,
    occasion,
    day: numberOf(day),
    change,
    from_day: from === null ? null : numberOf(from),
    tentative: Number(tentative),
    quote: quoted(sentence),
    sentence_start: sentence.start,
    sentence_end: sentence.end,
    date_start: date.start,
    date_end: date.end,
    base: base === null ? null : quoted(base),
  };
}

/** Which days are asked for: of stories that have one of the points and one of the places, where any are named, and are not over. */
export type WantedDays = {
  readonly points?: readonly string[];
  readonly places?: readonly string[];
  readonly storyIds?: readonly number[];
  /** ISO days, both included; to any day where `until` is left out. */
  readonly since: string;
  readonly until?: string;
  /** How many rows are looked at, the nearest days first; MOST_ROWS where it is left out. */
  readonly most?: number;
};

/** What is known of days: by the date of the articles, oldest first, and which stories are what was asked for. */
export type KnownDays = {
  readonly claims: readonly DeadlineClaim[];
  readonly storyIds: ReadonlySet<number>;
  /** The last day of which nothing is left out; null where nothing is at all. */
  readonly whole: string | null;
};

/** All that is known of the disputes that have a day in a time: what moved or took back one of its days may name another. */
export async function knownDays(db: Db, { most = MOST_ROWS, ...wanted }: WantedDays): Promise<KnownDays> {
  let query = db
    .selectFrom("deadlines")
    .innerJoin("members", "members.article_id", "deadlines.article_id")
    .innerJoin("stories", "stories.id", "members.story_id")
    .select(["stories.saga_id", "stories.id", "deadlines.day"])
    .distinct()
    .where("deadlines.day", ">=", numberOf(wanted.since));
  if (wanted.until !== undefined) query = query.where("deadlines.day", "<=", numberOf(wanted.until));
  for (const narrowing of narrowingsOf(wanted)) {
    const { axis, ids } = narrowing;
    const isRare = (await storiesTagged(db, narrowing, { most: WALKED_STORIES })) < WALKED_STORIES;
    query = isRare
      ? query.where("members.story_id", "in", (eb) =>
          eb.selectFrom("story_tags").select("story_id").where("axis", "=", axis).where("tag_id", "in", ids),
        )
      : query.where(taggedAs(axis, ids));
  }
  if (wanted.storyIds !== undefined) query = query.where("stories.id", "in", wanted.storyIds);
  const met = await query.orderBy("deadlines.day").limit(most).execute();
  const claims = await claimsOfSagas(db, [...new Set(met.map(({ saga_id }) => saga_id))]);
  const whole = met.length < most ? null : isoDay(met.at(-1)!.day - 1);
  return { claims, storyIds: new Set(met.map(({ id }) => id)), whole };
}

/** What is known of the stories that a request asks for, as they are now; whether a story does is told by `meets`. */
export async function knownDaysOf(
  db: Db,
  filter: Filter,
  time: Pick<WantedDays, "since" | "until" | "most">,
  now: Date,
  meets: (filter: Filter, reached: Reach & { readonly story: Story }) => boolean,
): Promise<KnownDays> {
  const { points, places, stories } = filter;
  const known = await knownDays(db, { points, places, ...(stories.length > 0 && { storyIds: stories }), ...time });
  if (isOfTags(filter)) return known;
  const met = (await reachedStories(db, [...known.storyIds], now)).filter((one) => meets(filter, one));
  return { ...known, storyIds: new Set(met.map(({ story }) => story.id)) };
}

async function claimsOfSagas(db: Db, sagaIds: readonly number[]): Promise<readonly DeadlineClaim[]> {
  const claims: DeadlineClaim[] = [];
  for (const some of chunks(sagaIds)) {
    const rows = await db
      .selectFrom("stories")
      .innerJoin("members", "members.story_id", "stories.id")
      .innerJoin("deadlines", "deadlines.article_id", "members.article_id")
      .innerJoin("articles", "articles.id", "members.article_id")
      .selectAll("deadlines")
      .select(["articles.feed_id", "articles.url", "articles.document"])
      .select(["articles.published_at", "articles.first_seen_at"])
      .select(["stories.id as story_id", "stories.saga_id"])
      .where("stories.saga_id", "in", some)
      .execute();
    claims.push(
      ...rows.map((row) => ({
        occasion: readWord(OCCASIONS, row.occasion, "deadlines.occasion"),
        day: isoDay(row.day),
        change: readWord(CHANGES, row.change, "deadlines.change"),
        from: row.from_day === null ? null : isoDay(row.from_day),
        tentative: row.tentative === 1,
        quote: row.quote,
        base: row.base,
        articleId: row.article_id,
        feedId: row.feed_id,
        url: row.url,
        ...pagesFrom(row.document, { start: row.sentence_start, end: row.sentence_end }),
        at: dateAt(Math.min(row.published_at ?? row.first_seen_at, row.first_seen_at)),
        storyId: row.story_id,
        sagaId: row.saga_id,
      })),
    );
  }
  return claims.sort((a, b) => a.at.getTime() - b.at.getTime() || a.articleId - b.articleId);
}
