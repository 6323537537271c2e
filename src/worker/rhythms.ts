import { feedName } from "#model/pack.ts";
import { DAY_MS } from "#model/time.ts";
import { countsOf, MOST_DAYS, silenceIn } from "#pipeline/silence.ts";
import { feedStates } from "#store/feeds.ts";
import { type Daily, feedDays } from "#store/rhythm.ts";
import { isRunOpen, takeRun } from "#store/schedules.ts";
import { dayOf, dayText } from "#text/calendar.ts";
import type { World } from "./world.ts";

/** What is silent is said again after a month, if it still is. */
export const TOLD_AGAIN_MS = 30 * DAY_MS;

/** The first days of a feed or a store bring all that was listed before: they say nothing of what is usual. */
const SETTLING_DAYS = 7;

/** The whole days that say what is usual. */
type Record = {
  readonly since: Date;
  /** The beginning of today, which is not over and so is none of them. */
  readonly until: Date;
  readonly countsOf: (days: ReadonlyMap<number, number> | undefined) => readonly number[];
  /** All of a kind together. */
  readonly allOf: (daily: Daily) => readonly number[];
};

/** Of what began to be read at a time; null where it was never read. */
export function recordOf(readSince: Date | null, now: Date): Record | null {
  if (readSince === null) return null;
  const until = dayOf(now);
  const from = Math.max(dayOf(readSince) + SETTLING_DAYS, until - MOST_DAYS);
  const counts = (days: ReadonlyMap<number, number> = new Map()) => countsOf(days, from, until);
  return {
    since: new Date(from * DAY_MS),
    until: new Date(until * DAY_MS),
    countsOf: counts,
    allOf: (daily) => {
      const each = [...daily.values()].map(counts);
      return counts().map((_, day) => each.reduce((total, of) => total + (of[day] ?? 0), 0));
    },
  };
}

/** Tells the operators, once a day, of feeds that answer and bring nothing any more; of each at most once a month. */
export async function tellBrokenRhythms({ db, pack, clock, tell }: Pick<World, "db" | "pack" | "clock" | "tell">) {
  const now = clock();
  if (!(await takeRun(db, "rhythms", new Date(dayOf(now) * DAY_MS)))) return;
  const daily = await feedDays(db, new Date(now.getTime() - (MOST_DAYS + 1) * DAY_MS));
  for (const { feedId, addedAt, lastSuccessAt, failureCount, pausedAt } of await feedStates(db)) {
    // One that cannot be read is told of as such.
    const answers = lastSuccessAt !== null && now.getTime() - lastSuccessAt.getTime() < 2 * DAY_MS;
    const record = recordOf(addedAt, now);
    if (!answers || failureCount > 0 || pausedAt !== null || record === null) continue;
    const silence = silenceIn(record.countsOf(daily.get(feedId)), record.allOf(daily));
    if (silence === null || !(await isRunOpen(db, runOf(feedId), new Date(now.getTime() - TOLD_AGAIN_MS)))) continue;
    if (await takeRun(db, runOf(feedId), now)) tell(sentenceOf(feedName(feedId, pack), silence, record.until));
  }
}

const runOf = (feedId: string) => `rhythm ${feedId}`;

function sentenceOf(name: string, { days, perWeek }: NonNullable<ReturnType<typeof silenceIn>>, until: Date): string {
  const since = dayText(new Date(until.getTime() - (days + 1) * DAY_MS));
  const usual = perWeek < 1.5 ? "about one article" : `about ${Math.round(perWeek)} articles`;
  return `${name} answers but has brought nothing new since ${since}, for ${days} days; usually it brings ${usual} a week. Its address may have changed what it lists.`;
}
