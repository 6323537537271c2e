import { MOST_EARLIER_FIGURES } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { type Amount, keyOf } from "#text/amounts.ts";
import { CHANGING, FUNCTION_WORDS } from "#text/english.ts";
import { once } from "#text/once.ts";
import { amountsOf, sentencesOf, within } from "#text/reading.ts";
import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";
import type { Member } from "./member.ts";

/** Sentences read: a figure that matters stands near the top. */
const SENTENCES_READ = 8;

/** Stems that two sentences must share for their figures to be of one thing. */
export const SAME_THING = 3;

/** Shorter words say little about what is counted. */
const LETTERS = 4;

/** Words of any sentence with a figure: that two sentences have them makes them of nothing in common. */
const SAYS_LITTLE = new Set([
  ...FUNCTION_WORDS,
  ..."according company companies every first last less made next year years".split(" "),
]);

const CHANGES = new RegExp(`\\b(?:${CHANGING.join("|")}|up from|down from|instead of|rather than)\\b(?! ?-)`, "i");

/** A figure that stands in a source: an amount of money, a share, a span of time. */
export type FigureClaim = {
  /** As it stands in the source. */
  readonly figure: string;
  readonly amount: Amount;
  readonly about: ReadonlySet<string>;
  readonly member: Member;
  readonly sentence: Span;
  /** Changed there, or given by a primary source. */
  readonly strong: boolean;
};

/** The last figure with a unit of each of an article's first sentences. */
export const figuresIn = once((member: Member): readonly FigureClaim[] => {
  const { text } = member.article;
  return sentencesOf(member.article)
    .slice(0, SENTENCES_READ)
    .flatMap((sentence): FigureClaim[] => {
      const said = text.slice(sentence.start, sentence.end);
      const amounts = within(amountsOf(member.article), sentence);
      const amount = amounts.findLast(({ unit }) => unit !== null);
      if (amount === undefined) return [];
      const figure = text.slice(amount.start, amount.end);
      return [
        {
          figure,
          amount,
          about: stemsIn(said, sentence.start, amounts),
          member,
          sentence,
          strong: member.primary || CHANGES.test(said),
        },
      ];
    });
});

/** What was said of figures so far, so that a claim is held against it without reading it all. */
export type KnownFigures = {
  /** Whether somebody gave this very figure. */
  has(claim: FigureClaim): boolean;
  /** The latest claim about the same thing that disagrees, of the newest of its unit. */
  disagreeing(claim: FigureClaim): FigureClaim | undefined;
  add(claim: FigureClaim): void;
};

export function knownFigures(claims: readonly FigureClaim[]): KnownFigures {
  const given = new Set<string>();
  const byUnit = new Map<string | null, FigureClaim[]>();
  const add = (claim: FigureClaim): void => {
    const { unit } = claim.amount;
    given.add(keyOf(claim.amount));
    const known = byUnit.get(unit);
    if (known === undefined) byUnit.set(unit, [claim]);
    else known.push(claim);
  };
  claims.forEach(add);
  return {
    add,
    has: ({ amount }) => given.has(keyOf(amount)),
    disagreeing: (claim) =>
      byUnit
        .get(claim.amount.unit)
        ?.slice(-MOST_EARLIER_FIGURES)
        .findLast(({ about }) => shares(about, claim.about, SAME_THING)),
  };
}

/** Whether two claims give different figures for one thing. */
export const disagree = (a: FigureClaim, b: FigureClaim): boolean =>
  a.amount.unit === b.amount.unit && keyOf(a.amount) !== keyOf(b.amount) && shares(a.about, b.about, SAME_THING);

/** Whether two sets have so many in common. */
export function shares(a: ReadonlySet<string>, b: ReadonlySet<string>, many: number): boolean {
  let left = many;
  for (const one of a) if (b.has(one) && --left === 0) return true;
  return false;
}

/** Stems of what a sentence says beside its amounts, or its days. */
export function stemsIn(said: string, from: number, amounts: readonly Span[]): Set<string> {
  const tokens = tokenize(said);
  const stems = new Set<string>();
  let next = 0;
  for (let at = 0; at < tokens.count; at++) {
    const start = from + tokens.starts[at]!;
    while (next < amounts.length && amounts[next]!.end <= start) next++;
    const word = fold(wordAt(said, tokens, at));
    const counts = next < amounts.length && amounts[next]!.start <= start;
    if (!counts && word.length >= LETTERS && !/\d/.test(word) && !SAYS_LITTLE.has(word)) stems.add(stem(word));
  }
  return stems;
}
