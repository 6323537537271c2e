/** A text as weights of its terms, of length 1. */
export type Vector = ReadonlyMap<string, number>;

/** Pairs of neighbouring terms weigh less than single ones: rarer, but worth as much together. */
const PAIR_WEIGHT = 0.6;
/** A term that each further article repeats is what the story is about. */
const SHARED_WEIGHT = 1;

type Spoken = { readonly article: number; readonly terms: readonly string[] };

const pairsOf = (terms: readonly string[]): string[] => terms.slice(1).map((term, i) => `${terms[i]} ${term}`);

export function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, x] of small) {
    const y = large.get(term);
    if (y !== undefined) sum += x * y;
  }
  return sum;
}

function toUnit(vector: Map<string, number>): Vector {
  let square = 0;
  for (const x of vector.values()) square += x * x;
  const length = Math.sqrt(square) || 1;
  for (const [term, x] of vector) vector.set(term, x / length);
  return vector;
}

export type Space = {
  readonly vectors: readonly Vector[];
  /** What the sentences have in common, shared terms first. */
  readonly centroid: Vector;
  vectorOf(terms: readonly string[]): Vector;
};

/** TF-IDF over the sentences of a story: rare in sentences is telling, shared by articles is central. */
export function spaceOf(sentences: readonly Spoken[]): Space {
  const counts = new Map<string, number>();
  const articles = new Map<string, number | ReadonlySet<number>>();
  const grams = sentences.map(({ terms }) => [...terms, ...pairsOf(terms)]);
  for (const [i, { article }] of sentences.entries()) {
    for (const term of new Set(grams[i])) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      const seen = articles.get(term);
      if (seen === undefined) articles.set(term, article);
      else if (typeof seen !== "number") articles.set(term, new Set(seen).add(article));
      else if (seen !== article) articles.set(term, new Set([seen, article]));
    }
  }
  const sharedBy = (term: string) => {
    const seen = articles.get(term);
    return seen === undefined || typeof seen === "number" ? 1 : seen.size;
  };
  const weightOf = (term: string) =>
    (term.includes(" ") ? PAIR_WEIGHT : 1) * Math.log(1 + sentences.length / (counts.get(term) ?? 1));

  const weigh = (terms: readonly string[]): Vector => {
    const vector = new Map<string, number>();
    for (const term of terms) vector.set(term, (vector.get(term) ?? 0) + 1);
    for (const [term, count] of vector) vector.set(term, (1 + Math.log(count)) * weightOf(term));
    return toUnit(vector);
  };
  const vectors = grams.map(weigh);
  const centroid = new Map<string, number>();
  for (const vector of vectors) for (const [term, x] of vector) centroid.set(term, (centroid.get(term) ?? 0) + x);
  for (const [term, x] of centroid) centroid.set(term, x * (1 + SHARED_WEIGHT * (sharedBy(term) - 1)));
  return { vectors, centroid: toUnit(centroid), vectorOf: weigh };
}
