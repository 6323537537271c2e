import type { Point } from "#model/pack.ts";
import { matterOf, SHARED } from "#text/matter-words.ts";
import { type Candidate, candidatesOf, type SourceArticle } from "./candidates.ts";
import { disputeIn, type Stances, stancesOf } from "./sides.ts";
import { type Since, unsaid } from "./since.ts";

export type SummaryWish = {
  readonly maxSentences?: number;
  /** Words of all sentences together. Left out, a sentence may take 30 on average. */
  readonly maxWords?: number;
  /** The story's friction points, most evidence first: where both sides of one speak, both are shown. */
  readonly points?: readonly Pick<Point, "id" | "sides">[];
  /** Told to readers who heard of the story before: the first article is the one that moved it. */
  readonly since?: Since | undefined;
};

/** A story as it is read once, whoever words the summary. */
export type Brief = {
  readonly articles: readonly SourceArticle[];
  readonly candidates: readonly Candidate[];
  readonly stances: Stances;
  /** The two sides that must both be shown, or nothing. */
  readonly dispute: readonly string[];
  readonly since: Since | null;
  readonly maxSentences: number;
  readonly maxWords: number;
  /** No number of words was asked for: one long sentence is better than none. */
  readonly softly: boolean;
};

/** Words a sentence is worth when only sentences are counted: more is skipped on a phone. */
const WORDS_A_SENTENCE = 30;

export function briefOf(articles: readonly SourceArticle[], wish: SummaryWish): Brief {
  const {
    maxSentences = Number.POSITIVE_INFINITY,
    maxWords = maxSentences * WORDS_A_SENTENCE,
    points = [],
    since,
  } = wish;
  const found = inOneLanguage(ofTheHeadline(candidatesOf(articles), articles), articles);
  const candidates = since === undefined ? found : found.filter(unsaid(since));
  const stances = stancesOf(candidates, points);
  const dispute = maxSentences < 2 ? [] : (disputeIn(stances, points) ?? []);
  return {
    articles,
    candidates,
    stances,
    dispute,
    since: since ?? null,
    maxSentences,
    maxWords,
    softly: wish.maxWords === undefined,
  };
}

/** The candidates in the language of the first article that has any; an untold language goes with all. */
function inOneLanguage(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Candidate[] {
  const languageOf = ({ article }: Candidate) => articles[article]!.language ?? null;
  const language = candidates.map(languageOf).find((each) => each !== null);
  if (language === undefined) return candidates;
  return candidates.filter((candidate) => [language, null].includes(languageOf(candidate)));
}

/** Units of an article that are looked through for the words of a headline. */
const LOOKED_THROUGH = 1_500;

/**
 * Where the leading article is a headline alone, what others say stands under it: only those that have enough of its words, as an article
 * on its page has. One that came into the story by mistake would be taken for the news.
 */
function ofTheHeadline(candidates: readonly Candidate[], articles: readonly SourceArticle[]): readonly Candidate[] {
  const [lead, ...others] = articles;
  if (lead === undefined || others.length === 0 || candidates.some(({ article }) => article === 0)) return candidates;
  const told = matterOf(lead.title);
  const isOfIt = articles.map(
    ({ title, text }) =>
      told.intersection(matterOf(`${title}\n${text.slice(0, LOOKED_THROUGH)}`)).size >= SHARED * told.size,
  );
  return candidates.filter(({ article }) => isOfIt[article]);
}
