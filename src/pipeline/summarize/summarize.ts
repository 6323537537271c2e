import type { SummarySentence } from "#model/story.ts";
import { candidatesOf, type SourceArticle } from "./candidates.ts";
import { choose } from "./choose.ts";

export type { SourceArticle } from "./candidates.ts";

export type SummaryBudget = {
  readonly maxSentences?: number;
  /** Words of all sentences together. */
  readonly maxWords?: number;
};

/** Words a sentence is worth when only sentences are counted: more is skipped on a phone. */
const WORDS_A_SENTENCE = 30;

/**
 * A summary made only of what stands in the articles, leading article first in `articles`. Each sentence is cited; words
 * are cut, never written. Empty when no article has a sentence to give.
 */
export function summarize(
  articles: readonly SourceArticle[],
  { maxSentences = Number.POSITIVE_INFINITY, maxWords }: SummaryBudget,
): readonly SummarySentence[] {
  const candidates = candidatesOf(articles);
  const within = choose(candidates, articles, { maxSentences, maxWords: maxWords ?? maxSentences * WORDS_A_SENTENCE });
  const chosen =
    within.length === 0 && maxWords === undefined
      ? choose(candidates, articles, { maxSentences: 1, maxWords: Number.POSITIVE_INFINITY })
      : within;
  return chosen.map(({ text, article, start, end, ranges }) => ({
    text,
    articleId: articles[article]!.id,
    start,
    end,
    ranges,
  }));
}
