import { z } from "zod";
import { CHANGES, OCCASIONS } from "#model/deadline.ts";
import { feedName, primaryIn } from "#model/pack.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays, comingDays, occasionText, quoteOf } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { matches } from "#pipeline/match.ts";
import { type KnownDays, knownDaysOf, MOST_ROWS } from "#store/deadlines.ts";
import type { Db } from "#store/engine/database.ts";
import { freshnessOf } from "#store/freshness.ts";
import { storiesById } from "#store/stories.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { age, ageOf, cursor, isFault, limit, narrowed, narrowing, offsetOf, pageOf, storyIds } from "./asked.ts";
import { citationOf } from "./cited.ts";
import { answered, type Library, type Outcome, plain, question, refused } from "./question.ts";
import { citation, count, day, freshness, nextPage, nullable } from "./shapes.ts";

/** How far ahead days are listed where nobody says. */
export const USUALLY_AHEAD = "30d";

/** What days are asked for: of stories that meet one of the filters, and so many milliseconds ahead. */
export type WantedAhead = { readonly filters: readonly Filter[]; readonly within: number };

const claim = citation.extend({
  change: z.enum(CHANGES),
  from: day.nullable(),
  tentative: z.boolean(),
  quote: z.string(),
  base: nullable.describe("The sentence of the day that it is counted from."),
  articleId: count,
  feedId: z.string(),
  storyId: count,
});

const wanted = {
  ...narrowing,
  story: storyIds,
  within: age.default(USUALLY_AHEAD).describe("How far ahead: 14d, 8w …"),
};

/** A day to come, and all that name it. */
export const comingDay = z.object({
  occasion: z.enum(OCCASIONS),
  what: z.string().describe("What is on the day, and what is uncertain of it."),
  day,
  state: z.enum(["stands", "contested", "moved", "cancelled"]),
  to: day.nullable().describe("The day that took its place."),
  tentative: z.boolean(),
  moves: count,
  first: day.describe("The day that it was at first."),
  storyId: count,
  sagaId: count,
  title: z.string().describe("The story's title."),
  quote: z.string().describe("The sentence that sets it, of the first of `sources`."),
  sources: z.array(claim),
});

/** The days to come that articles set. */
export const deadlines = question({
  does: "Days to come that articles set (comments, hearings, votes, in force), each with the sentence that sets it.",
  asked: z.strictObject({ ...wanted, limit: limit(20), cursor }),
  shape: z.object({
    days: z.array(comingDay),
    cursor: nextPage,
    freshness,
  }),
  async ask(library, asked, now) {
    const days = await wantedOf(asked, library, now);
    if (days.kind !== "answered") return days;
    const offset = offsetOf(asked.cursor);
    if (isFault(offset)) return refused([offset]);
    const { coming } = await nearest(offset + asked.limit + 1, days.answer, library, now);
    const page = pageOf(coming, offset, asked.limit);
    return answered(
      plain({
        days: await dayLines(page.shown, library),
        cursor: page.cursor,
        freshness: await freshnessOf(library.db),
      }),
    );
  },
});

/** The same days as a calendar file, with those that were dropped for another's. */
export const deadlinesFile = question({
  does: "The same days as a calendar file (RFC 5545), which changes what an earlier one set.",
  asked: z.strictObject(wanted),
  shape: z.object({ file: z.string() }),
  async ask(library, asked, now) {
    const days = await wantedOf(asked, library, now);
    return days.kind === "answered" ? answered({ file: (await calendarOf(days.answer, library, now)).file }) : days;
  },
});

async function wantedOf(
  { within, story: stories, ...narrowing }: z.output<z.ZodObject<typeof wanted>>,
  library: Library,
  now: Date,
): Promise<Outcome<WantedAhead>> {
  const of = await narrowed(narrowing, library, now);
  if ("faults" in of) return refused(of.faults);
  return answered({ filters: [{ ...EVERYTHING, ...of, stories }], within: ageOf(within) ?? 0 });
}

/** Rows that one day takes, as it stands in several stories and some days were moved. */
const ROWS_OF_DAY = 5;

/**
 * The nearest days, so many where there are, and how far was looked. A page needs few of them, and all that is known of a year is
 * much to read.
 */
export async function nearest(count: number, wanted: WantedAhead, library: Pick<Library, "db" | "pack">, now: Date) {
  for (let most = ROWS_OF_DAY * count; ; most *= 4) {
    const { whole, ...known } = await daysKnown(wanted, library, now, Math.min(most, MOST_ROWS));
    // Beyond it a day might be left out that comes before one that is known.
    const isPart = whole !== null && most < MOST_ROWS;
    const coming = comingDays(isPart ? { ...known, until: whole } : known, primaryIn(library.pack));
    if (!isPart || coming.length >= count) return { coming, until: known.until };
  }
}

/** What is known of the stories that meet one of the filters, and from which day to which, out of so many rows for each. */
async function daysKnown({ filters, within }: WantedAhead, { db }: Pick<Library, "db">, now: Date, most = MOST_ROWS) {
  const today = dayOf(now);
  const time = { since: isoDay(today), until: isoDay(today + Math.ceil(within / DAY_MS)) };
  const all: KnownDays[] = [];
  for (const filter of filters) all.push(await knownDaysOf(db, filter, { ...time, most }, now, matches));
  // Whatever of a dispute is known comes whole with each of its stories, in its order.
  const claims = new Map(
    all.flatMap((one) => one.claims.map((claim) => [`${claim.articleId} ${claim.occasion} ${claim.day}`, claim])),
  );
  const storyIds = new Set(all.flatMap(({ storyIds }) => [...storyIds]));
  const whole = all.flatMap(({ whole }) => whole ?? []).sort()[0] ?? null;
  return { claims: [...claims.values()], storyIds, whole, ...time };
}

/** The titles of the stories that days are of. */
export async function titlesOf(days: readonly StandingDay[], db: Db): Promise<ReadonlyMap<number, string>> {
  const stories = await storiesById(
    db,
    days.map(({ storyId }) => storyId),
  );
  return new Map(stories.map(({ id, title }) => [id, title]));
}

/** Days as a calendar file, which changes what an earlier one set, and how many. */
export async function calendarOf(wanted: WantedAhead, library: Library, now: Date) {
  const { db, pack } = library;
  const days = calendarDays(await daysKnown(wanted, library, now), primaryIn(pack));
  const titles = await titlesOf(days, db);
  const names = {
    calendar: `${pack.name}: deadlines`,
    story: (storyId: number) => titles.get(storyId) ?? "",
    feed: (feedId: string) => feedName(feedId, pack),
  };
  return { file: calendarFile(days, names, now), count: days.length };
}

/** Days with names resolved, and all that name them. */
export async function dayLines(days: readonly StandingDay[], { db, pack }: Pick<Library, "db" | "pack">) {
  const titles = await titlesOf(days, db);
  return days.map(({ claims, occasion, ...standing }) => ({
    occasion,
    what: occasionText({ claims, occasion, ...standing }),
    ...standing,
    title: titles.get(standing.storyId) ?? "",
    quote: quoteOf({ claims }),
    sources: claims.map(({ sagaId: _, occasion: __, day: ___, at, url, pages, ...claim }) => ({
      ...claim,
      ...citationOf({ feedId: claim.feedId, url, at, pages }, pack),
    })),
  }));
}
