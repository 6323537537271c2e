import { DIMENSIONS, wordVectors } from "./vectors.ts";

/** Words below it have as little to do with each other as any two: the cosine of their vectors. */
const UNLIKE = 0.2;

/** Whether two words mean different things, as far as the word vectors know them; a form of a word is that word. */
export function areUnlike(one: string, other: string): boolean {
  const { rank } = wordVectors();
  const [a, b] = [rank.get(one), rank.get(other)];
  if (a === undefined || b === undefined) return false;
  return cosine(a, b) < UNLIKE && basesOf(one).isDisjointFrom(basesOf(other));
}

function cosine(a: number, b: number): number {
  const { values } = wordVectors();
  let [both, ones, others] = [0, 0, 0];
  for (let i = 0; i < DIMENSIONS; i += 1) {
    const [x, y] = [values[a * DIMENSIONS + i]!, values[b * DIMENSIONS + i]!];
    both += x * y;
    ones += x * x;
    others += y * y;
  }
  return both / Math.sqrt(ones * others);
}

/** What a word may be a form of: its plural, its past, its participle. */
function basesOf(word: string): Set<string> {
  const cut = ["s", "es", "d", "ed", "ing"].flatMap((end) => (word.endsWith(end) ? [word.slice(0, -end.length)] : []));
  const bases = [word, ...cut].flatMap((base) => [
    base,
    `${base}e`,
    base.replace(/i$/, "y"),
    base.replace(/([a-z])\1$/, "$1"),
  ]);
  return new Set(bases);
}
