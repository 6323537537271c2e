import type { SummarySentence } from "#model/story.ts";
import { type Brief, briefOf, type SummaryWish } from "./brief.ts";
import type { Candidate, SourceArticle } from "./candidates.ts";
import { choose, type Turn } from "./choose.ts";
import { type Conflict, conflictsIn } from "./conflicts.ts";
import { argues, type SideStatement, statementsOf } from "./sides.ts";
import { isOfMover, type Since, turnsSince } from "./since.ts";

export type { SummaryWish } from "./brief.ts";
export type { SourceArticle } from "./candidates.ts";
export type { Conflict } from "./conflicts.ts";
export type { SideStatement } from "./sides.ts";

export type Summary = {
  /** The best first. Empty when no article has a sentence to give. */
  readonly sentences: readonly SummarySentence[];
  /** Who said what on the friction points, in their own words. */
  readonly sides: readonly SideStatement[];
  /** Figures on which the sources differ: to be shown as such, both with their source. */
  readonly conflicts: readonly Conflict[];
};

/**
 * A summary made only of what stands in the articles, leading article first in `articles`. Each sentence is cited; words
 * are cut, never written. It is in the language of the leading article, and from the articles in that language.
 */
export function summarize(articles: readonly SourceArticle[], wish: SummaryWish): Summary {
  return summaryOf(briefOf(articles, wish));
}

/** The extractive summary of a story that was read. */
export function summaryOf(brief: Brief): Summary {
  const { articles, candidates, stances } = brief;
  return {
    sentences: sentencesFrom(brief),
    sides: statementsOf(stances, articles),
    conflicts: articles.length > 1 ? conflictsIn(candidates, articles) : [],
  };
}

/** Only the sentences of the summary of a story that was read. */
export function sentencesFrom(brief: Brief): readonly SummarySentence[] {
  const { articles, since } = brief;
  const chosen = since === null ? chosenFor(brief) : chosenSince(brief, since);
  return chosen.map(({ text, article, start, end, ranges }) => ({
    text,
    articleId: articles[article]!.id,
    start,
    end,
    ranges,
  }));
}

function chosenFor({ articles, candidates, stances, dispute, softly, ...budget }: Brief): readonly Candidate[] {
  const turns = dispute.map(
    (key): Turn =>
      (candidate) =>
        argues(stances, candidate, key),
  );
  const within = choose(candidates, articles, budget, turns);
  return within.length > 0 || !softly ? within : choose(candidates, articles, ONE_OF_ANY_LENGTH);
}

/** What changed, in the words of the article that brought it, then at most one sentence of context; nothing where it has no words. */
function chosenSince({ articles, candidates, softly, ...budget }: Brief, since: Since): readonly Candidate[] {
  const turns = turnsSince(since);
  const within = choose(candidates, articles, budget, turns, isOfMover);
  if (within.some(isOfMover)) return within;
  if (!softly) return [];
  const long = choose(candidates.filter(isOfMover), articles, ONE_OF_ANY_LENGTH, turns);
  return long.length === 0 ? [] : [...long, ...within];
}

const ONE_OF_ANY_LENGTH = { maxSentences: 1, maxWords: Number.POSITIVE_INFINITY };
