import { dateOf } from "#model/article.ts";
import { MOST_DATES } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { dayOf, isoDay } from "#text/calendar.ts";
import { once } from "#text/once.ts";
import { daysOf, sentencesOf, within } from "#text/reading.ts";
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

/** A date that stands in a source, still to come when it was written. `day` is ISO 8601 without a time. */
export type DateClaim = {
  readonly occasion: Occasion;
  readonly day: string;
  /** Where the text names it. */
  readonly named: Span;
  readonly member: Member;
  readonly sentence: Span;
  /** Set or moved there, or given by a primary source; not merely recalled. */
  readonly strong: boolean;
};

/**
 * The first dates to come that an article names for an occasion, of a sentence that names several ("from … to …") the last.
 * Read from all of its sentences: when comments close stands at the foot of a notice.
 */
export const datesIn = once((member: Member): readonly DateClaim[] => {
  const { text } = member.article;
  const written = dayOf(dateOf(member.article));
  const claims: DateClaim[] = [];
  for (const sentence of sentencesOf(member.article)) {
    if (claims.length === MOST_DATES) break;
    const said = text.slice(sentence.start, sentence.end);
    const occasion = OCCASIONS.find(([, cue]) => cue.test(said))?.[0];
    if (!occasion) continue;
    const named = within(daysOf(member.article), sentence).findLast((each) => each.day >= written);
    if (named === undefined) continue;
    const strong = member.primary || SETS.test(said);
    claims.push({ occasion, day: isoDay(named.day), named, member, sentence, strong });
  }
  return claims;
});
