import { MOST_EARLIER_FIGURES } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { once } from "#text/once.ts";
import { sentencesOf } from "#text/sentences.ts";
import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";
import type { Member } from "./member.ts";

/** Sentences read: a figure that matters stands near the top. */
const SENTENCES_READ = 8;

/** Stems that two sentences must share for their figures to be of one thing. */
const SAME_THING = 3;

/** Shorter words say little about what is counted. */
const LETTERS = 4;

/** Words of any sentence with a figure: that two sentences have them makes them of nothing in common. */
const SAYS_LITTLE = new Set(
  (
    "that this these those there their them they with from have been will would could should which what when where while than then " +
    "about after before over under more most less some such also only said says told according company companies million billion " +
    "thousand percent dollars euros pounds days hours months year years last next first each every other into upon were does made"
  ).split(" "),
);

/** Words by which a source changes a figure, rather than giving its own. */
const CHANGES =
  /\b(?:rais(?:ed?|es|ing)|cuts?(?! ?-)|cutting(?! ?-)|lower(?:s|ed|ing)|increas(?:ed?|es|ing)|reduc(?:ed?|es|ing)|revis(?:ed?|es|ing)|doubl(?:ed?|es|ing)|halv(?:ed?|es|ing)|correct(?:s|ed|ing)|up from|down from|instead of|rather than)\b/i;

const AMOUNT =
  /(?:[$€£]\s?\d[\d,.]*\d|[$€£]\s?\d|\b\d[\d,.]*\d|\b\d)(?:\s?(?:thousand|million|billion|trillion|bn|m)\b)?\s?(?:%|per ?cent\b|dollars\b|euros?\b|pounds\b|days?\b|hours?\b|months?\b)?/gi;

/** A figure that stands in a source: an amount of money, a share, a span of time. */
export type FigureClaim = {
  /** As it stands in the source. */
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
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
      const read = [...said.matchAll(AMOUNT)].flatMap(([figure]) => {
        const unit = unitOf(figure);
        return unit ? [{ figure: figure.trim(), unit, value: amountOf(figure) }] : [];
      });
      const last = read.at(-1);
      if (!last) return [];
      return [{ ...last, about: stemsIn(said), member, sentence, strong: member.primary || CHANGES.test(said) }];
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
  const byUnit = new Map<string, { readonly values: Set<number>; readonly claims: FigureClaim[] }>();
  const add = (claim: FigureClaim): void => {
    const known = byUnit.get(claim.unit) ?? { values: new Set(), claims: [] };
    byUnit.set(claim.unit, known);
    known.values.add(claim.value);
    known.claims.push(claim);
  };
  claims.forEach(add);
  return {
    add,
    has: ({ unit, value }) => byUnit.get(unit)?.values.has(value) ?? false,
    disagreeing: (claim) =>
      byUnit
        .get(claim.unit)
        ?.claims.slice(-MOST_EARLIER_FIGURES)
        .findLast((each) => disagree(each, claim)),
  };
}

/** Whether two claims are about one thing and disagree. */
const disagree = (a: FigureClaim, b: FigureClaim): boolean =>
  a.unit === b.unit && a.value !== b.value && shares(a.about, b.about, SAME_THING);

/** Whether two sets have so many in common. */
function shares(a: ReadonlySet<string>, b: ReadonlySet<string>, many: number): boolean {
  let left = many;
  for (const one of a) if (b.has(one) && --left === 0) return true;
  return false;
}

function unitOf(figure: string): string | null {
  if (/^[$]|dollars/i.test(figure)) return "$";
  if (/^€|euro/i.test(figure)) return "€";
  if (/^£|pounds/i.test(figure)) return "£";
  if (/%|per ?cent/i.test(figure)) return "%";
  return /(day|hour|month)s?$/i.exec(figure.trim())?.[1]?.toLowerCase() ?? null;
}

const POWERS: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  trillion: 1e12,
};

function amountOf(figure: string): number {
  const digits = /\d[\d,.]*/.exec(figure)?.[0].replace(/,/g, "") ?? "";
  const power = /(thousand|million|billion|trillion|bn|m)\b/i.exec(figure)?.[1]?.toLowerCase();
  return Number.parseFloat(digits) * (power ? (POWERS[power] ?? 1) : 1);
}

function stemsIn(said: string): Set<string> {
  const tokens = tokenize(said);
  const words = Array.from({ length: tokens.count }, (_, at) => fold(wordAt(said, tokens, at)));
  return new Set(
    words.filter((word) => word.length >= LETTERS && !/\d/.test(word) && !SAYS_LITTLE.has(word)).map(stem),
  );
}
