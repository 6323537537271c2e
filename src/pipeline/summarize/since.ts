import type { Span } from "#model/tag.ts";
import type { Candidate } from "./candidates.ts";
import type { Turn } from "./choose.ts";
import { wordsOf } from "./terms.ts";

/** What readers were told of a story already, and the sentence that shows what moved it since, in the first of its articles, if one does. */
export type Since = { readonly said: readonly string[]; readonly sentence: Span | null };

/** Of the terms that two sentences have together, the share that both have when they say one thing. */
const SAME = 0.8;

/** Whether a sentence was not said before, nor nearly so. One that gives other figures corrects what was said. */
export function unsaid({ said }: Since): (candidate: Candidate) => boolean {
  const known = said.map((sentence) => new Set(wordsOf(sentence).terms));
  return ({ terms }) => {
    const own = new Set(terms);
    return !known.some((other) => isSame(own, other));
  };
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = one.intersection(other).size;
  if (shared < SAME * (one.size + other.size - shared)) return false;
  return ![...one.symmetricDifference(other)].some((term) => /\d/.test(term));
}

/** Does it stand in the article that moved the story? */
export const isOfMover: Turn = ({ article }) => article === 0;

/** First the sentence that shows what moved, then another of its article, then one of the others, for context; no second one of those. */
export const turnsSince = ({ sentence }: Since): readonly Turn[] => [
  (candidate) =>
    isOfMover(candidate) && sentence !== null && candidate.start < sentence.end && candidate.end > sentence.start,
  isOfMover,
  (candidate) => !isOfMover(candidate),
];
