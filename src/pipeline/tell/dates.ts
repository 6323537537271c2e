import { dateOf } from "#model/article.ts";
import type { Span } from "#model/tag.ts";
import { once } from "#text/once.ts";
import { sentencesOf } from "#text/sentences.ts";
import type { Member } from "./member.ts";

/** What a date is for, and the words in its sentence that say so. */
const OCCASIONS = [
  [
    "effect",
    /\b(?:takes? effect|into (?:force|effect)|in force|effective|appl(?:y|ies) from|begins? to apply|compliance)\b/i,
  ],
  ["hearing", /\b(?:hearing|oral arguments?|(?<!free )trial|vote|hear the case)\b/i],
  ["deadline", /\b(?:deadline|due (?:on|by|in|before)|no later than|comply by|until|expires?|comments? close)\b/i],
] as const;

export type Occasion = (typeof OCCASIONS)[number][0];

/** Words by which a source sets or moves a date, rather than recalling it. */
const SETS =
  /\b(?:postpon|delay|push(?:ed|es)? back|mov(?:ed|es) (?:to|from|the)|extend|resched|brought? forward|adjourn|instead of|scheduled|sets?\b)/i;

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const MONTH =
  "(jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)";
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4})\\b)?`, "gi");
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? ${MONTH}(?:,? (\\d{4})\\b)?`, "gi");
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const DAY_MS = 86_400_000;

/** A date without its year is the next one, if it comes within so many days of the article: what is further off bears a year. */
const NEXT_DAYS = 300;

/** A date that stands in a source, still to come when it was written. `day` is ISO 8601 without a time. */
export type DateClaim = {
  readonly occasion: Occasion;
  readonly day: string;
  readonly member: Member;
  readonly sentence: Span;
  /** Set or moved there, or given by a primary source; not merely recalled. */
  readonly strong: boolean;
};

/** The dates to come that an article names for an occasion, the last of a sentence that names several ("from … to …"). */
export const datesIn = once((member: Member): readonly DateClaim[] => {
  const { text } = member.article;
  const written = Math.floor(dateOf(member.article).getTime() / DAY_MS);
  return sentencesOf(member.article).flatMap((sentence): DateClaim[] => {
    const said = text.slice(sentence.start, sentence.end);
    const occasion = OCCASIONS.find(([, cue]) => cue.test(said))?.[0];
    if (!occasion) return [];
    const day = daysIn(said, written).findLast((each) => each >= written);
    if (day === undefined) return [];
    const iso = new Date(day * DAY_MS).toISOString().slice(0, 10);
    return [{ occasion, day: iso, member, sentence, strong: member.primary || SETS.test(said) }];
  });
});

/** Days since 1970 that a sentence names, in order of mention. */
function daysIn(said: string, written: number): number[] {
  const found: [at: number, day: number | null][] = [];
  for (const match of said.matchAll(ISO))
    found.push([match.index, dayOf(Number(match[1]), Number(match[2]) - 1, Number(match[3]))]);
  for (const match of said.matchAll(MONTH_FIRST))
    found.push([match.index, dayNamed(match[1]!, match[2]!, match[3], written)]);
  for (const match of said.matchAll(DAY_FIRST))
    found.push([match.index, dayNamed(match[2]!, match[1]!, match[3], written)]);
  return found.sort((a, b) => a[0] - b[0]).flatMap(([, day]) => day ?? []);
}

function dayNamed(monthName: string, date: string, year: string | undefined, written: number): number | null {
  const month = MONTHS.indexOf(monthName.slice(0, 3).toLowerCase());
  if (year) return dayOf(Number(year), month, Number(date));
  const thisYear = new Date(written * DAY_MS).getUTCFullYear();
  const days = [thisYear, thisYear + 1].map((each) => dayOf(each, month, Number(date)));
  return days.find((day) => day !== null && day >= written && day - written <= NEXT_DAYS) ?? null;
}

function dayOf(year: number, month: number, date: number): number | null {
  const at = new Date(Date.UTC(year, month, date));
  return at.getUTCMonth() === month && at.getUTCDate() === date ? at.getTime() / DAY_MS : null;
}
