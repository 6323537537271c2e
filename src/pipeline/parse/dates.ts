import { momentOf } from "#model/due.ts";
import { LONGEST_DATE } from "#model/limits.ts";
import { DAY_MS } from "#model/time.ts";
import { dayNumber, monthNamed, monthOf } from "#text/calendar.ts";
import { type Clock, clockIn } from "./clock.ts";
import { settled } from "./date-spelling.ts";

const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2_000 : 1_900);

/** Midnight UTC of a day that exists, or null. */
function dayOf(year: number, month: number, date: number): number | null {
  const day = year < 1_900 || year > 2_200 ? null : dayNumber(year, month, date);
  return day === null ? null : day * DAY_MS;
}

/** A moment in ISO 8601; a time without a zone is UTC. */
function iso(day: number | null, { ms, zone }: Clock): string | null {
  if (day === null || ms === null) return null;
  const wall = day + ms;
  return (typeof zone === "string" ? momentOf(wall, zone) : new Date(wall - (zone ?? 0))).toISOString();
}

const YEAR_FIRST = /^(\d{4})(?:([-/.]) ?(\d{1,2})(?!\d)(?:\2 ?(\d{1,2})(?!\d)\.?)?)?(?:[T _,]|$|(?=[Z+-]))(.*)$/i;

/** What may stand beside such a date and its time. */
const BESIDE = /^T?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|uhr)?$/i;

/** `2026-11-23`, `2026/11/23` and their like, with nothing but a time behind. */
function yearFirst(text: string): string | null {
  const match = YEAR_FIRST.exec(text);
  if (match === null) return null;
  const [, year = "", , month = "1", day = "1", tail = ""] = match;
  return before(tail, dayOf(Number(year), Number(month), Number(day)));
}

/** A day with nothing but a time behind. */
function before(tail: string, day: number | null): string | null {
  const clock = clockIn(tail);
  return BESIDE.test(clock.rest.replace(/[ ,_]/g, "")) ? iso(day, clock) : null;
}

const COUNTED = /^(\d{4})(?:-?W(\d\d)(?:-?([1-7]))?|-(\d{3}))(?=$|[T ,Z+-])(.*)$/i;

/** `2026-W05-3` and `2026-032`, as ISO 8601 counts them: the day of a week, from Monday, and of a year. */
function countedDate(text: string): string | null {
  const match = COUNTED.exec(text);
  if (match === null) return null;
  const [, year = "", week, weekday = "1", ordinal = "", tail = ""] = match;
  if (week === undefined) return before(tail, within(Number(year), dayOf(Number(year), 1, 1), Number(ordinal) - 1));
  // A week is of the year in which its Thursday lies: the first one has 4 January.
  const fourth = dayOf(Number(year), 1, 4);
  const thursday = fourth === null ? null : fourth + (4 - (new Date(fourth).getUTCDay() || 7)) * DAY_MS;
  const meant = within(Number(year), thursday, (Number(week) - 1) * 7);
  return before(tail, meant === null ? null : meant + (Number(weekday) - 4) * DAY_MS);
}

/** So many days after a day, if that is still in the year. */
function within(year: number, day: number | null, days: number): number | null {
  const later = (day ?? Number.NaN) + days * DAY_MS;
  return new Date(later).getUTCFullYear() === year ? later : null;
}

/**
 * `12/31/2003` as in the United States, unless the first number can only be a day; with dots the day comes first. Of two digits
 * either end may be the year: the day nearer to `at` is meant, and without it none that could be two years.
 */
function numberDate(text: string, at: Date | null): string | null {
  const match = /^(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\b(.*)$/.exec(text);
  if (match === null) return null;
  const [, first = "", mark, second = "", third = "", tail = ""] = match;
  const dayFirst = mark === "." || Number(first) > 12;
  const yearLast = dayOf(fullYear(third), Number(dayFirst ? second : first), Number(dayFirst ? first : second));
  const yearAhead = first.length + third.length === 4 ? dayOf(fullYear(first), Number(second), Number(third)) : null;
  return iso(nearer(yearLast, yearAhead, at), clockIn(tail));
}

function nearer(a: number | null, b: number | null, at: Date | null): number | null {
  if (a === null || b === null || a === b) return a ?? b;
  if (at === null) return null;
  return Math.abs(a - at.getTime()) <= Math.abs(b - at.getTime()) ? a : b;
}

const firstOf = (words: readonly string[], read: (word: string) => number | null): number | null =>
  words.map(read).find((month) => month !== null) ?? null;

/** A date with the month as a word, in any order. */
function wordDate(text: string, at: Date | null): string | null {
  const clock = clockIn(text);
  const words = clock.rest.match(/\p{L}[\p{L}\p{M}]{2,}/gu) ?? [];
  // Weekdays come first and look like months in some languages ("mar." is a Tuesday in France).
  const said = words.length > 1 && /^\s*\p{L}+[.,]/u.test(clock.rest) ? words.slice(1) : words;
  const month = firstOf(said, monthNamed) ?? firstOf(said, monthOf);
  const [first = "", second = ""] = clock.rest.match(/\d+/g) ?? [];
  if (month === null || second === "") return null;
  const dayFirst = dayOf(fullYear(second), month, Number(first));
  const yearFirst = dayOf(fullYear(first), month, Number(second));
  if (first.length === 4 || dayFirst === null) return iso(yearFirst, clock);
  // The order of mail is day first; only joined by hyphens is it in doubt.
  const inDoubt = at !== null && second.length === 2 && /\d-\p{L}+-\d/u.test(clock.rest);
  return iso(inDoubt ? nearer(dayFirst, yearFirst, at) : dayFirst, clock);
}

/** Seconds, milliseconds or microseconds since 1970. */
function epochDate(text: string): string | null {
  const [, seconds] = /^(\d{10})(?:\d{3}|\d{6}|\.\d+)?$/.exec(text) ?? [];
  return seconds === undefined ? null : new Date(Number(/^\d{13}$/.test(text) ? text : `${seconds}000`)).toISOString();
}

/**
 * A date as feeds write it, in ISO 8601 and UTC; null when it cannot be told, or names a day or time that does not exist. `at` is
 * when its document was read.
 */
export function readDate(raw: string | null | undefined, at: Date | null = null): string | null {
  if (raw === null || raw === undefined || raw.length > LONGEST_DATE * 4) return null;
  const text = settled(raw);
  if (text === "" || text.length > LONGEST_DATE) return null;
  return epochDate(text) ?? countedDate(text) ?? yearFirst(text) ?? numberDate(text, at) ?? wordDate(text, at);
}
