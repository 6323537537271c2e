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

/** In how many sentences and articles a term stands, and the last of each. */
type Use = { sentences: number; articles: number; sentence: number; article: number };

export type Space = {
  readonly vectors: readonly Vector[];
  /** What the sentences have in common, shared terms first. */
  readonly centroid: Vector;
  vectorOf(terms: readonly string[]): Vector;
};

/** TF-IDF over the sentences of a story: rare in sentences is telling, shared by articles is central. */
export function spaceOf(sentences: readonly Spoken[]): Space {
  const grams = sentences.map(({ terms }) => [...terms, ...pairsOf(terms)]);
  const uses = new Map<string, Use>();
  for (const [i, { article }] of sentences.entries()) {
    for (const term of grams[i]!) {
      const use = uses.get(term);
      if (use === undefined) uses.set(term, { sentences: 1, articles: 1, sentence: i, article });
      else if (use.sentence !== i) {
        use.sentences += 1;
        use.sentence = i;
        // Sentences come article by article.
        if (use.article !== article) use.articles += 1;
        use.article = article;
      }
    }
  }
  const sharedBy = (term: string) => uses.get(term)?.articles ?? 1;
  const weightOf = (term: string) =>
    (term.includes(" ") ? PAIR_WEIGHT : 1) * Math.log(1 + sentences.length / (uses.get(term)?.sentences ?? 1));

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
