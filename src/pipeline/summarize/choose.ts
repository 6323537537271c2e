import type { Candidate, SourceArticle } from "./candidates.ts";
import { wordsOf } from "./terms.ts";

export type Budget = { readonly maxSentences: number; readonly maxWords: number };

export type Weights = {
  readonly position: number;
  readonly title: number;
  readonly proof: number;
  readonly primary: number;
  readonly novelty: number;
  readonly lengthPower: number;
  readonly shared: number;
  readonly lead: number;
};

export const WEIGHTS: Weights = {
  position: 0.3,
  title: 0.3,
  proof: 0.3,
  primary: 0.1,
  novelty: 0.7,
  lengthPower: 0.5,
  shared: 0.5,
  lead: 4,
};

type Vector = ReadonlyMap<string, number>;

const dot = (a: Vector, b: Vector): number => {
  let sum = 0;
  for (const [term, x] of a) {
    const y = b.get(term);
    if (y !== undefined) sum += x * y;
  }
  return sum;
};

function unit(terms: readonly string[], idf: (term: string) => number): Map<string, number> {
  const vector = new Map<string, number>();
  for (const term of terms) vector.set(term, (vector.get(term) ?? 0) + 1);
  let norm = 0;
  for (const [term, count] of vector) {
    const x = (1 + Math.log(count)) * idf(term);
    vector.set(term, x);
    norm += x * x;
  }
  const length = Math.sqrt(norm) || 1;
  for (const [term, x] of vector) vector.set(term, x / length);
  return vector;
}

/** Chooses sentences by salience, place and novelty (maximal marginal relevance) until the budget is spent. */
export function choose(
  candidates: readonly Candidate[],
  articles: readonly SourceArticle[],
  budget: Budget,
  weights: Weights,
): readonly Candidate[] {
  const inSentences = new Map<string, number>();
  const inArticles = new Map<string, Set<number>>();
  for (const { terms, article } of candidates) {
    for (const term of new Set(terms)) {
      inSentences.set(term, (inSentences.get(term) ?? 0) + 1);
      inArticles.set(term, (inArticles.get(term) ?? new Set()).add(article));
    }
  }
  const idf = (term: string) => Math.log(1 + candidates.length / (inSentences.get(term) ?? 1));
  const centroid = new Map<string, number>();
  const vectors = candidates.map(({ terms }) => unit(terms, idf));
  for (const vector of vectors) for (const [term, x] of vector) centroid.set(term, (centroid.get(term) ?? 0) + x);
  for (const [term, x] of centroid)
    centroid.set(term, x * (1 + weights.shared * ((inArticles.get(term)?.size ?? 1) - 1)));
  const norm = Math.sqrt(dot(centroid, centroid)) || 1;
  for (const [term, x] of centroid) centroid.set(term, x / norm);
  const titles = articles.map(({ title }) => unit(wordsOf(title).terms, idf));
  const allTitles = unit(
    articles.flatMap(({ title }) => wordsOf(title).terms),
    idf,
  );

  const scores = candidates.map((candidate, i) => {
    const vector = vectors[i]!;
    const salience = dot(vector, centroid);
    return (
      (salience +
        weights.position / (1 + candidate.position / weights.lead) +
        weights.title * Math.max(dot(vector, titles[candidate.article]!), dot(vector, allTitles)) +
        (candidate.proves ? weights.proof : 0) +
        (articles[candidate.article]!.primary ? weights.primary : 0)) *
      Math.min(1, candidate.words / 20) ** weights.lengthPower
    );
  });

  const chosen: number[] = [];
  let words = 0;
  const nearest = candidates.map(() => 0);
  while (chosen.length < budget.maxSentences) {
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < candidates.length; i++) {
      if (chosen.includes(i) || words + candidates[i]!.words > budget.maxWords) continue;
      const score = scores[i]! - weights.novelty * nearest[i]!;
      if (score > bestScore) [best, bestScore] = [i, score];
    }
    if (best < 0) break;
    chosen.push(best);
    words += candidates[best]!.words;
    for (let i = 0; i < candidates.length; i++) nearest[i] = Math.max(nearest[i]!, dot(vectors[i]!, vectors[best]!));
  }
  return chosen.map((i) => candidates[i]!);
}
