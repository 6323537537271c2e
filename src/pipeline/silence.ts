/** Whole days of silence before it is worth a word: longer than any run of holidays. */
const LEAST_DAYS = 14;

/** Days that are looked at before a silence; in fewer nobody knows what is usual. */
const LEAST_RECORD_DAYS = 8 * 7;

/** Days that are looked at in all: half a year, as what was usual before is so no more. */
export const MOST_DAYS = 26 * 7;

/**
 * How likely so late a next one may be. It is looked at daily, so that a silence by chance is met more often: less than once in 25 years of a
 * point or a feed that goes on (tests/pipeline/silence.test.ts plays them).
 */
const CHANCE = 1 / 3_000;

/** By how much a silence must outlast the longest before it: what pauses now and then, as a parliament does, pauses again. */
const OUTLASTS = 1.5;

/** What is silent: for how many whole days, and how many a week were usual before. */
export type Silence = { readonly days: number; readonly perWeek: number };

/**
 * Whether what usually comes has not come for so long that it is no chance. `own` and `all` count it and everything of its kind, itself
 * included, on the same whole days, oldest first.
 *
 * Time is told by the others: a day counts as much as they brought on it, at most as on a usual day. So weekends and holidays are short,
 * and days on which nothing was read are none. In that time what comes is taken for a Poisson process whose rate is known from what was
 * seen alone: that the next one is so late has the chance (before / (before + silent)) ^ seen. What comes in bursts is counted as so many fewer as the
 * counts of its weeks are more uneven than chance makes them (a quasi-Poisson).
 */
export function silenceIn(own: readonly number[], all: readonly number[]): Silence | null {
  const known = own.findLastIndex((count) => count > 0) + 1;
  const days = own.length - known;
  if (days < LEAST_DAYS || known < LEAST_RECORD_DAYS) return null;
  const lengths = lengthsOf(own, all, known);
  const [before, silent] = [sum(lengths.slice(0, known)), sum(lengths.slice(known))];
  if (before === 0 || silent <= OUTLASTS * longestSilence(own.slice(0, known), lengths)) return null;
  const seen = sum(own) / unevenness(own.slice(0, known));
  if ((before / (before + silent)) ** seen > CHANCE) return null;
  return { days, perWeek: (7 * sum(own)) / known };
}

/** How many of something there were on each day from one (counted from 1970) to before another. */
export const countsOf = (days: ReadonlyMap<number, number>, from: number, until: number): readonly number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, at) => days.get(from + at) ?? 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** How long each day was, in usual days of the others: the middle one of those on which they brought anything. */
function lengthsOf(own: readonly number[], all: readonly number[], known: number): readonly number[] {
  const others = all.map((count, day) => count - (own[day] ?? 0));
  const moved = others.slice(0, known).filter((count) => count > 0);
  const usual = moved.toSorted((a, b) => a - b)[Math.floor(moved.length / 2)] ?? Infinity;
  return others.map((count) => Math.min(1, count / usual));
}

/** The longest time that nothing came, days at whose end something did included. */
function longestSilence(own: readonly number[], lengths: readonly number[]): number {
  let [longest, run] = [0, 0];
  for (const [day, count] of own.entries()) {
    run += lengths[day] ?? 0;
    longest = Math.max(longest, run);
    if (count > 0) run = 0;
  }
  return longest;
}

/** Variance over mean of the counts of weeks; 1 for what comes by chance alone, and never taken for less. */
function unevenness(own: readonly number[]): number {
  const weeks: number[] = [];
  for (let end = own.length; end >= 7; end -= 7) weeks.push(sum(own.slice(end - 7, end)));
  const mean = sum(weeks) / weeks.length;
  if (mean === 0) return 1;
  const variance = sum(weeks.map((count) => (count - mean) ** 2)) / (weeks.length - 1);
  return Math.max(1, variance / mean);
}
