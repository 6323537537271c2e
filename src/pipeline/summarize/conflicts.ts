import { MOST_CONFLICTS, MOST_FIGURES, MOST_SUMMARISED } from "#model/limits.ts";
import { type Amount, kindOf } from "#text/amounts.ts";
import { amountsOf, within } from "#text/reading.ts";
import type { Candidate, SourceArticle } from "./candidates.ts";

/** A figure as one source gives it; `text` is the article's text from `start` to `end`. */
export type Figure = Amount & { readonly text: string; readonly articleId: number; readonly primary: boolean };

/** Two sources that give different figures for what looks like the same thing. Where one is primary, it comes first. */
export type Conflict = readonly [Figure, Figure];

type Given = {
  readonly figure: Figure;
  readonly article: number;
  /** `$`, `%`, or what is counted. */
  readonly kind: string;
  readonly value: number;
  /** Of its sentence, each a number, ascending. */
  readonly terms: Int32Array;
};

/** Closer figures are one figure, rounded differently. */
const ROUNDING = 0.06;
/** What two sentences must share to speak of the same thing, as a share of the shorter one's terms. */
const SAME_THING = 0.4;
const FEWEST_SHARED = 3;

function figuresOf(candidate: Candidate, source: SourceArticle): readonly Figure[] {
  const { text, id: articleId, primary } = source;
  return within(amountsOf(source.stored ?? source), candidate).map((amount) => {
    return { ...amount, text: text.slice(amount.start, amount.end), articleId, primary };
  });
}

const isNear = (a: number, b: number) => Math.abs(a - b) <= ROUNDING * Math.max(a, b);

/** Whether two sets have so many in common; both ascend. */
function share(a: Int32Array, b: Int32Array, many: number): boolean {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0 && ++shared >= many) return true;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return false;
}

const sameThing = (a: Given, b: Given): boolean =>
  share(a.terms, b.terms, Math.max(FEWEST_SHARED, SAME_THING * Math.min(a.terms.length, b.terms.length)));

/** Whether an article gives a figure like this one anywhere, told from each article's values of each kind in order. */
function giver(given: readonly Given[]): (article: number, figure: Given) => boolean {
  const values = new Map<string, number[]>();
  const key = (article: number, kind: string) => `${article} ${kind}`;
  for (const { article, kind, value } of given) {
    const known = values.get(key(article, kind));
    if (known === undefined) values.set(key(article, kind), [value]);
    else known.push(value);
  }
  for (const known of values.values()) known.sort((a, b) => a - b);
  return (article, { kind, value }) => {
    const known = values.get(key(article, kind)) ?? [];
    let low = 0;
    for (let high = known.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (known[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return [known[low - 1], known[low]].some((nearest) => nearest !== undefined && isNear(nearest, value));
  };
}

/** The figures of the first articles, each with its sentence's terms as numbers, so that many can be compared. */
function givenIn(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Given[] {
  const numbers = new Map<string, number>();
  const numberOf = (term: string): number => {
    const known = numbers.get(term) ?? numbers.size;
    numbers.set(term, known);
    return known;
  };
  const given: Given[] = [];
  for (const candidate of candidates) {
    if (candidate.article >= MOST_SUMMARISED) continue;
    const found = figuresOf(candidate, articles[candidate.article]!);
    if (found.length === 0) continue;
    const said = candidate.terms.filter((term) => !/\d/.test(term));
    const terms = Int32Array.from(new Set(said), numberOf).sort();
    for (const figure of found) {
      const kind = kindOf(figure);
      if (kind !== null) given.push({ figure, article: candidate.article, kind, value: figure.value, terms });
    }
  }
  return given;
}

/** Those that are compared, each with each. */
function firstOfEach(given: readonly Given[]): readonly Given[] {
  const counts = new Map<number, number>();
  return given.filter(({ article }) => {
    const count = (counts.get(article) ?? 0) + 1;
    counts.set(article, count);
    return count <= MOST_FIGURES;
  });
}

/**
 * Figures on which the sources differ. Careful rather than complete: two sentences of different articles that share
 * their subject, count the same unit and give values past rounding, neither article giving the other's value anywhere.
 */
export function conflictsIn(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Conflict[] {
  const given = givenIn(candidates, articles);
  const gives = giver(given);
  const conflicts = new Map<string, Conflict>();
  const compared = firstOfEach(given);
  for (const [i, a] of compared.entries()) {
    for (let j = i + 1; j < compared.length && conflicts.size < MOST_CONFLICTS; j++) {
      const b = compared[j]!;
      if (a.kind !== b.kind || a.article === b.article || isNear(a.value, b.value) || !sameThing(a, b)) continue;
      if (gives(b.article, a) || gives(a.article, b)) continue;
      const key = [a.kind, ...[a.value, b.value].sort((x, y) => x - y)].join(" ");
      if (conflicts.has(key)) continue;
      conflicts.set(key, b.figure.primary && !a.figure.primary ? [b.figure, a.figure] : [a.figure, b.figure]);
    }
  }
  return [...conflicts.values()];
}
