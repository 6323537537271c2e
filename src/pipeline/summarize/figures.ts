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
  readonly terms: ReadonlySet<string>;
  readonly candidate: Candidate;
};

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

/** Figures of an article that are compared with those of others, the first ones: a table of them says nothing that two papers differ on. */
const MOST_FIGURES = 20;

function readingsOf(candidate: Candidate, article: SourceArticle): readonly Reading[] {
  const sentence = article.text.slice(candidate.start, candidate.end);
  if (!/\d/.test(sentence)) return [];
  const terms = new Set(candidate.terms.filter((term) => !/\d/.test(term)));
  return [...sentence.matchAll(FIGURE)].flatMap((match) => {
    const [whole, currency, digits, scale, percent, counted] = match;
    const plain = Number(digits!.replaceAll(",", ""));
    const value = plain * (SCALE[scale ?? ""] ?? 1);
    const noun = counted === undefined || NO_UNIT.test(counted) ? undefined : counted.split(" ").at(-1)!;
    const unit = currency ?? (percent === undefined ? (CURRENCIES[noun ?? ""] ?? noun?.replace(/s$/, "")) : "%");
    if (unit === undefined || (scale === undefined && currency === undefined && plain >= YEARS[0] && plain <= YEARS[1]))
      return [];
    const tail =
      currency === undefined && percent === undefined
        ? whole
        : whole.slice(0, whole.length - (counted === undefined ? 0 : counted.length + 1));
    const lead = /^\s*/.exec(tail)![0].length;
    const start = candidate.start + match.index + lead;
    const end = candidate.start + match.index + tail.length;
    const text = article.text.slice(start, end);
    return [
      {
        article: candidate.article,
        articleId: article.id,
        primary: article.primary,
        start,
        end,
        text,
        unit,
        value,
        terms,
        candidate,
      },
    ];
  });
}

const isNear = (a: number, b: number) => Math.abs(a - b) <= ROUNDING * Math.max(a, b);

function sameThing(a: Reading, b: Reading): boolean {
  let shared = 0;
  for (const term of a.terms) if (b.terms.has(term)) shared += 1;
  return shared >= FEWEST_SHARED && shared >= SAME_THING * Math.min(a.terms.size, b.terms.size);
}

/**
 * Figures on which the sources differ. Careful rather than complete: two sentences of different articles that share
 * their subject, count the same unit and give values past rounding, neither article giving the other's value anywhere.
 */
export function conflictsIn(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Conflict[] {
  const found = candidates.flatMap((candidate) => readingsOf(candidate, articles[candidate.article]!));
  const byArticle = Map.groupBy(found, ({ article }) => article);
  const readings = [...byArticle.values()].flatMap((all) => all.slice(0, MOST_FIGURES));
  const gives = (article: number, { unit, value }: Reading) =>
    byArticle.get(article)!.some((other) => other.unit === unit && isNear(other.value, value));
  const conflicts = new Map<string, Conflict>();
  for (const [i, a] of readings.entries()) {
    for (let j = i + 1; j < readings.length; j++) {
      const b = readings[j]!;
      if (a.article === b.article || a.unit !== b.unit || isNear(a.value, b.value)) continue;
      const key = [a.unit, ...[a.value, b.value].sort((x, y) => x - y)].join(" ");
      if (conflicts.has(key) || !sameThing(a, b) || gives(b.article, a) || gives(a.article, b)) continue;
      const pair = [a, b].map(({ start, end, text, articleId, primary }) => ({ start, end, text, articleId, primary }));
      conflicts.set(key, [...pair].sort((x, y) => Number(y.primary) - Number(x.primary)) as unknown as Conflict);
    }
  }
  return [...conflicts.values()];
}
