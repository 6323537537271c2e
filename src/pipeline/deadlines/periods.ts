import type { Span } from "#model/tag.ts";
import { type Day, dayNumber, isoDay } from "#text/calendar.ts";
import { within } from "#text/reading.ts";

/** A day that is counted from another; `base` is the sentence that names that one. */
export type Counted = Day & { readonly base: Span };

const NUMBERS = new Map([
  ["ten", 10],
  ["fifteen", 15],
  ["twenty", 20],
  ["thirty", 30],
  ["sixty", 60],
  ["ninety", 90],
  ["one", 1],
  ["two", 2],
  ["three", 3],
  ["six", 6],
  ["twelve", 12],
  ["twentieth", 20],
  ["thirtieth", 30],
  ["tenth", 10],
]);

/** Longer than any law waits, in days. */
const LONGEST = 3_700;

/** "60 days after", "within 12 months of", "on the twentieth day following": working days depend on holidays and are not counted. */
const PERIOD = new RegExp(
  `\\b(?:(\\d{1,3})|(${[...NUMBERS.keys()].join("|")}))[ -](?:calendar )?(day|week|month|year)s? (?:after|of|from|following) `,
  "gi",
);

/** What a period is counted from, as it stands behind the period and as the text tells when it was. */
const BASES = [
  [/^(?:(?:the|its|that|of|date|their) ){0,4}publication\b/i, /\b(?:published|publication|appeared)\b/i],
  [/^(?:(?:the|its|that|of|date) ){0,4}(?:signing|signature)\b/i, /\bsign(?:s|ed)\b/i],
  [/^(?:(?:the|its|that|of|date) ){0,4}enactment\b/i, /\b(?:enacted|signed)\b/i],
  [/^(?:the )?date of (?:this|the) (?:order|memorandum|proclamation)\b/i, /\b(?:signed|issued|dated)\b/i],
] as const;

/** The text that is read, with its sentences and the days that it names. */
export type Named = { readonly text: string; readonly sentences: () => readonly Span[]; readonly days: readonly Day[] };

/** The days that a text counts from a day that it names itself: behind the period, or where it tells of the publication or the signing. */
export function countedIn(named: Named): readonly Counted[] {
  const bases = new Map<RegExp, Base | null>();
  return [...named.text.matchAll(PERIOD)].flatMap((match): Counted[] => {
    const start = match.index;
    const end = start + match[0].length;
    const base = baseAt(named, end, bases);
    if (base === null) return [];
    const count = match[1] === undefined ? NUMBERS.get(match[2]!.toLowerCase())! : Number(match[1]);
    const day = later(base.day, count, match[3]!.toLowerCase());
    if (day === null || day - base.day > LONGEST) return [];
    return [{ start, end: base.end, day, until: day, dated: true, base: base.sentence }];
  });
}

type Base = { readonly day: number; readonly end: number; readonly sentence: Span };

/** The day that a period is counted from, or null: where none stands, or the text gives two. */
function baseAt(named: Named, end: number, bases: Map<RegExp, Base | null>): Base | null {
  const { text, sentences, days } = named;
  const behind = text.slice(end, end + FURTHEST);
  const day = within(days, { start: end, end: end + FURTHEST })[0];
  if (day !== undefined && /^(?:the )?$/.test(text.slice(end, day.start)))
    return { day: day.day, end: day.end, sentence: sentenceAt(sentences, end) };
  for (const [noun, tells] of BASES) {
    const match = noun.exec(behind);
    if (match === null) continue;
    if (!bases.has(tells)) bases.set(tells, toldBase(named, tells));
    const base = bases.get(tells) ?? null;
    return base === null ? null : { ...base, end: end + match[0].length };
  }
  return null;
}

/** The one day of which a text tells that something was done, or null. */
function toldBase({ text, sentences, days }: Named, tells: RegExp): Base | null {
  let found: Base | null = null;
  for (const { day, start, end } of days) {
    const sentence = sentenceAt(sentences, start);
    if (!tells.test(text.slice(Math.max(sentence.start, start - CLAUSE), start))) continue;
    if (found !== null && found.day !== day) return null;
    found ??= { day, end, sentence };
  }
  return found;
}

/** Characters behind a period in which its base is named. */
const FURTHEST = 60;
/** Characters before a day that tell what was on it. */
const CLAUSE = 80;

/** The sentence that a place is in. */
function sentenceAt(read: () => readonly Span[], at: number): Span {
  const sentences = read();
  let low = 0;
  for (let high = sentences.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  return sentences[low] ?? { start: at, end: at };
}

/** So many days, weeks, months or years later; a month that is too short ends it on its last day. */
function later(day: number, count: number, unit: string): number | null {
  if (unit === "day") return day + count;
  if (unit === "week") return day + 7 * count;
  const [year, month, date] = isoDay(day).split("-").map(Number) as [number, number, number];
  const months = year * 12 + month - 1 + count * (unit === "year" ? 12 : 1);
  const to = (last: number) => dayNumber(Math.floor(months / 12), (months % 12) + 1, last);
  return to(date) ?? to(30) ?? to(29) ?? to(28);
}
