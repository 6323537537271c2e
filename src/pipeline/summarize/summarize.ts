import type { Point } from "#model/pack.ts";
import type { SummarySentence } from "#model/story.ts";
import { type Candidate, candidatesOf, type SourceArticle } from "./candidates.ts";
import { choose, type Turn } from "./choose.ts";
import { type Conflict, conflictsIn } from "./figures.ts";
import { argues, disputeIn, type SideStatement, type Stances, stancesOf, statementsOf } from "./sides.ts";

export type { SourceArticle } from "./candidates.ts";
export type { Conflict, Figure } from "./figures.ts";
export type { SideStatement } from "./sides.ts";

export type SummaryWish = {
  readonly maxSentences?: number;
  /** Words of all sentences together. Left out, a sentence may take 30 on average. */
  readonly maxWords?: number;
  /** The story's friction points, most evidence first: where both sides of one speak, both are shown. */
  readonly points?: readonly Pick<Point, "id" | "sides">[];
};

export type Summary = {
  /** The best first. Empty when no article has a sentence to give. */
  readonly sentences: readonly SummarySentence[];
  /** Who said what on the friction points, in their own words. */
  readonly sides: readonly SideStatement[];
  /** Figures on which the sources differ: to be shown as such, both with their source. */
  readonly conflicts: readonly Conflict[];
};

/** Words a sentence is worth when only sentences are counted: more is skipped on a phone. */
const WORDS_A_SENTENCE = 30;

/**
 * A summary made only of what stands in the articles, leading article first in `articles`. Each sentence is cited; words
 * are cut, never written. It is in the language of the leading article, and from the articles in that language.
 */
export function summarize(articles: readonly SourceArticle[], wish: SummaryWish): Summary {
  const { maxSentences = Number.POSITIVE_INFINITY, maxWords = maxSentences * WORDS_A_SENTENCE, points = [] } = wish;
  const all = candidatesOf(articles);
  const candidates = inOneLanguage(all, articles);
  const stances = stancesOf(candidates, points);
  const turns = turnsFor(stances, points, maxSentences);
  const within = choose(candidates, articles, { maxSentences, maxWords }, turns);
  // One long sentence is better than none, unless a number of words was asked for.
  const chosen =
    within.length > 0 || wish.maxWords !== undefined
      ? within
      : choose(candidates, articles, { maxSentences: 1, maxWords: Number.POSITIVE_INFINITY });
  return {
    sentences: chosen.map(({ text, article, start, end, ranges }) => ({
      text,
      articleId: articles[article]!.id,
      start,
      end,
      ranges,
    })),
    sides: statementsOf(stances, articles),
    conflicts: articles.length > 1 ? conflictsIn(candidates, articles) : [],
  };
}

/** The candidates in the language of the first article that has any; an untold language goes with all. */
function inOneLanguage(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Candidate[] {
  const languageOf = ({ article }: Candidate) => articles[article]!.language ?? null;
  const language = candidates.map(languageOf).find((each) => each !== null);
  if (language === undefined) return candidates;
  return candidates.filter((candidate) => [language, null].includes(languageOf(candidate)));
}

/** Both sides of a dispute are shown when there is room for two. */
function turnsFor(stances: Stances, points: NonNullable<SummaryWish["points"]>, maxSentences: number): readonly Turn[] {
  const dispute = maxSentences < 2 ? null : disputeIn(stances, points);
  return dispute === null ? [] : dispute.map((key) => (candidate: Candidate) => argues(stances, candidate, key));
}
