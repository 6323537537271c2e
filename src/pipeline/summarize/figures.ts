import { MOST_CONFLICTS, MOST_FIGURES, MOST_SUMMARISED } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import type { Candidate, SourceArticle } from "./candidates.ts";

/** A figure as one source gives it; `text` is the article's text from `start` to `end`. */
export type Figure = Span & { readonly text: string; readonly articleId: number; readonly primary: boolean };

/** Two sources that give different figures for what looks like the same thing. Where one is primary, it comes first. */
export type Conflict = readonly [Figure, Figure];

type Reading = Figure & {
  readonly article: number;
  /** `$`, `%`, or the stem of what is counted. */
  readonly unit: string;
  readonly value: number;
  /** Of its sentence, each a number, ascending. */
  readonly terms: Int32Array;
};

type Unread = Omit<Reading, "terms">;

const SCALE: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
};
const NUMBER = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?";
const FIGURE = new RegExp(
  `(?<![\\p{L}\\d.,/§-])([$€£¥])?\\s?(${NUMBER})(?:[\\s-]?(hundred|thousand|million|billion|trillion|bn|[mkb](?![\\p{L}])))?(%|[\\s-](?:percent|per cent)\\b)?(?:[\\s-]((?:\\p{Ll}+\\s)?\\p{Ll}{3,}))?`,
  "gu",
);

/** Words that follow a number and count nothing. */
const NO_UNIT =
  /^(?:and|or|of|to|in|on|at|for|from|by|as|per|with|that|than|this|was|were|is|are|has|have|had|will|would|the|but|after|before|when|last|next)\b/;
const CURRENCIES: Readonly<Record<string, string>> = { dollars: "$", euros: "€", pounds: "£", yen: "¥" };
/** A bare number in this range is a year. */
const YEARS: readonly [number, number] = [1900, 2100];

/** Closer figures are one figure, rounded differently. */
const ROUNDING = 0.06;
/** What two sentences must share to speak of the same thing, as a share of the shorter one's terms. */
const SAME_THING = 0.4;
const FEWEST_SHARED = 3;

function figuresOf(candidate: Candidate, article: SourceArticle): readonly Unread[] {
  const sentence = article.text.slice(candidate.start, candidate.end);
  if (!/\d/.test(sentence)) return [];
  const found: Unread[] = [];
  for (const match of sentence.matchAll(FIGURE)) {
    const [whole, currency, digits, scale, percent, counted] = match;
    const plain = Number(digits!.replaceAll(",", ""));
    const value = plain * (SCALE[scale ?? ""] ?? 1);
    const noun = counted === undefined || NO_UNIT.test(counted) ? undefined : counted.split(" ").at(-1)!;
    const unit = currency ?? (percent === undefined ? (CURRENCIES[noun ?? ""] ?? noun?.replace(/s$/, "")) : "%");
    const isYear = scale === undefined && currency === undefined && plain >= YEARS[0] && plain <= YEARS[1];
    if (unit === undefined || isYear) continue;
    const tail =
      currency === undefined && percent === undefined
        ? whole
        : whole.slice(0, whole.length - (counted === undefined ? 0 : counted.length + 1));
    const start = candidate.start + match.index + tail.length - tail.trimStart().length;
    const end = candidate.start + match.index + tail.length;
    const { id: articleId, primary } = article;
    const text = article.text.slice(start, end);
    found.push({ article: candidate.article, articleId, primary, start, end, text, unit, value });
  }
  return found;
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

const sameThing = (a: Reading, b: Reading): boolean =>
  share(a.terms, b.terms, Math.max(FEWEST_SHARED, SAME_THING * Math.min(a.terms.length, b.terms.length)));

/** Whether an article gives a figure like this one anywhere, told from each article's values of each unit in order. */
function giver(readings: readonly Reading[]): (article: number, figure: Reading) => boolean {
  const values = new Map<string, number[]>();
  const key = (article: number, unit: string) => `${article} ${unit}`;
  for (const { article, unit, value } of readings) {
    const known = values.get(key(article, unit));
    if (known === undefined) values.set(key(article, unit), [value]);
    else known.push(value);
  }
  for (const known of values.values()) known.sort((a, b) => a - b);
  return (article, { unit, value }) => {
    const known = values.get(key(article, unit)) ?? [];
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
function readingsIn(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Reading[] {
  const numbers = new Map<string, number>();
  const numberOf = (term: string): number => {
    const known = numbers.get(term) ?? numbers.size;
    numbers.set(term, known);
    return known;
  };
  const readings: Reading[] = [];
  for (const candidate of candidates) {
    if (candidate.article >= MOST_SUMMARISED) continue;
    const found = figuresOf(candidate, articles[candidate.article]!);
    if (found.length === 0) continue;
    const said = candidate.terms.filter((term) => !/\d/.test(term));
    const terms = Int32Array.from(new Set(said), numberOf).sort();
    for (const figure of found) readings.push({ ...figure, terms });
  }
  return readings;
}

/** Those that are compared, each with each. */
function firstOfEach(readings: readonly Reading[]): readonly Reading[] {
  const counts = new Map<number, number>();
  return readings.filter(({ article }) => {
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
  const readings = readingsIn(candidates, articles);
  const gives = giver(readings);
  const conflicts = new Map<string, Conflict>();
  const compared = firstOfEach(readings);
  for (const [i, a] of compared.entries()) {
    for (let j = i + 1; j < compared.length && conflicts.size < MOST_CONFLICTS; j++) {
      const b = compared[j]!;
      if (a.unit !== b.unit || a.article === b.article || isNear(a.value, b.value) || !sameThing(a, b)) continue;
      if (gives(b.article, a) || gives(a.article, b)) continue;
      const key = [a.unit, ...[a.value, b.value].sort((x, y) => x - y)].join(" ");
      if (conflicts.has(key)) continue;
      const pair = [a, b].map(({ start, end, text, articleId, primary }) => ({ start, end, text, articleId, primary }));
      conflicts.set(key, [...pair].sort((x, y) => Number(y.primary) - Number(x.primary)) as unknown as Conflict);
    }
  }
  return [...conflicts.values()];
}
