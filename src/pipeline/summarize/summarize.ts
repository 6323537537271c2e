import type { SummarySentence } from "#model/story.ts";
import { candidatesOf, type SourceArticle } from "./candidates.ts";
import { choose, WEIGHTS, type Weights } from "./choose.ts";

export type { SourceArticle } from "./candidates.ts";

export type SummaryBudget = {
  readonly maxSentences?: number;
  /** Words of all sentences together. */
  readonly maxWords?: number;
};

/**
 * A summary made only of what stands in the articles, leading article first in `articles`. Each sentence is cited; words
 * are cut, never written. Empty when no article has a sentence to give.
 */
export function summarize(
  articles: readonly SourceArticle[],
  { maxSentences = Number.POSITIVE_INFINITY, maxWords = Number.POSITIVE_INFINITY }: SummaryBudget,
  weights: Weights = WEIGHTS,
): readonly SummarySentence[] {
  return choose(candidatesOf(articles), articles, { maxSentences, maxWords }, weights).map(
    ({ text, article, start, end, ranges }) => ({
      text,
      articleId: articles[article]!.id,
      start,
      end,
      ranges,
    }),
  );
}
