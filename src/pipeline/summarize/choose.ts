import type { Candidate, SourceArticle } from "./candidates.ts";
import { addsNews } from "./news.ts";
import { quality } from "./quality.ts";
import { isLaw, tellsActOf } from "./tells.ts";
import { wordsOf } from "./terms.ts";
import { dot, type Space, spaceOf } from "./vectors.ts";

export type Budget = { readonly maxSentences: number; readonly maxWords: number };

/** Weights beside salience, which is 0 to 1. Found by search; see docs/summaries.md. */
const TITLE_WEIGHT = 0.5;
/** Of a document: what its feed says of it is somebody's own summary, and weighs more than what its sentences have in common. */
const SAID_WEIGHT = 2;
const POSITION_WEIGHT = 0.2;
/** The position counts half at this sentence of its article. */
const POSITION_HALF = 8;
/** A sentence that proves a tag or a movement is why the story was posted. */
const PROOF_WEIGHT = 0.3;
const PRIMARY_WEIGHT = 0.1;
/** What likeness to a chosen sentence costs. */
const NOVELTY_WEIGHT = 0.9;

/** More alike than this, two sentences tell the same, unless one has news that the other has not. */
const SAME = 0.3;

/** A sentence that tells its title's act leads when it has this share of the best score: further down it costs what the others tell. */
const LEAD_SHARE = 0.85;

/** A choice may be confined to some candidates, one after the other: those of one side, then of the other. */
export type Turn = (candidate: Candidate) => boolean;

/**
 * Chooses sentences by salience, place, proof and novelty (maximal marginal relevance) until the budget is spent.
 * The first turns are each confined to the candidates that they admit, and the `rest` to those that it does; a turn that admits none is
 * passed over. Where there are none, the sentence that tells its title's act leads, and its article goes on from there.
 * The leading article's come first, then the others' by merit, those of one article in its own order.
 */
export function choose(
  candidates: readonly Candidate[],
  articles: readonly SourceArticle[],
  { maxSentences, maxWords }: Budget,
  turns: readonly Turn[] = [],
  rest: Turn = () => true,
): readonly Candidate[] {
  const space = spaceOf(candidates);
  const { vectors } = space;
  const scores = scoresOf(candidates, articles, space);
  const isReport = reportsAmong(candidates, articles);
  const isEmpty = candidates.map((one) => one.isEmpty && !one.proves && isReport(one));
  const chosen = new Set<number>();
  const likeness = candidates.map(() => 0);
  let words = 0;
  const repeats = (i: number): boolean =>
    likeness[i]! > SAME &&
    [...chosen].some(
      (j) => dot(vectors[i]!, vectors[j]!) > SAME && !addsNews(candidates[i]!.text, candidates[j]!.text),
    );
  const take = (admits: Turn): boolean => {
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const [i, candidate] of candidates.entries()) {
      if (isEmpty[i] || chosen.has(i) || words + candidate.words > maxWords || !admits(candidate)) continue;
      const score = scores[i]! - NOVELTY_WEIGHT * likeness[i]!;
      if (score > bestScore && !repeats(i)) [best, bestScore] = [i, score];
    }
    if (best < 0) return false;
    chosen.add(best);
    words += candidates[best]!.words;
    for (const i of candidates.keys()) likeness[i] = Math.max(likeness[i]!, dot(vectors[i]!, vectors[best]!));
    return true;
  };
  const mayLead = (i: number) => isReport(candidates[i]!) && candidates[i]!.words <= maxWords;
  const lead = turns.length > 0 ? null : leadAmong(candidates, articles, scores, mayLead);
  if (lead !== null) take((candidate) => candidate === lead);
  for (const turn of turns) if (chosen.size < maxSentences) take(turn);
  const goesOn: Turn = ({ article, position }) => article !== lead?.article || position > lead.position;
  while (chosen.size < maxSentences && take((candidate) => rest(candidate) && goesOn(candidate)));
  const ranked = [...chosen].sort((a, b) => scores[b]! - scores[a]!).map((i) => candidates[i]!);
  // The leading article speaks first, unless a primary source has said it best: the rest is read in that light.
  const opening = ranked.find(({ article }, i) => article === 0 || (i === 0 && articles[article]!.primary));
  return inTheirOrder(opening === undefined ? ranked : [opening, ...ranked]);
}

/** How well each candidate tells the story, whatever else is chosen. */
function scoresOf(
  candidates: readonly Candidate[],
  articles: readonly SourceArticle[],
  { vectors, centroid, vectorOf }: Space,
): readonly number[] {
  const titles = articles.map(({ title }) => vectorOf(wordsOf(title).terms));
  const allTitles = vectorOf(articles.flatMap(({ title }) => wordsOf(title).terms));
  const said = articles.map((article) => vectorOf(wordsOf(article.said ?? "").terms));
  return candidates.map((candidate, i) => {
    const vector = vectors[i]!;
    const score =
      dot(vector, centroid) +
      TITLE_WEIGHT * Math.max(dot(vector, titles[candidate.article]!), dot(vector, allTitles)) +
      SAID_WEIGHT * dot(vector, said[candidate.article]!) +
      POSITION_WEIGHT / (1 + candidate.position / POSITION_HALF) +
      (candidate.proves ? PROOF_WEIGHT : 0) +
      (articles[candidate.article]!.primary ? PRIMARY_WEIGHT : 0);
    return score * quality(candidate.text, candidate.words);
  });
}

/** Whether a candidate is of a report in a language whose acts are read: neither of a law nor of another language. */
function reportsAmong(candidates: readonly Candidate[], articles: readonly SourceArticle[]): Turn {
  const byArticle = Map.groupBy(candidates, ({ article }) => article);
  const reports = new Set(
    [...byArticle].flatMap(([article, own]) =>
      [undefined, null, "en"].includes(articles[article]!.language) && !isLaw(own) ? [article] : [],
    ),
  );
  return ({ article }) => reports.has(article);
}

/** What is said of an article before its own words. */
const headOf = ({ title, said }: SourceArticle): string => (said === undefined ? title : `${title}\n${said}`);

/** Of the article that has the best sentence, the first that tells its title's act and is nearly as good; null where none does. */
function leadAmong(
  candidates: readonly Candidate[],
  articles: readonly SourceArticle[],
  scores: readonly number[],
  mayLead: (candidate: number) => boolean,
): Candidate | null {
  const ranked = [...candidates.keys()].filter(mayLead).sort((a, b) => scores[b]! - scores[a]!);
  const [best] = ranked;
  if (best === undefined) return null;
  const isNear = (i: number) =>
    candidates[i]!.article === candidates[best]!.article && scores[i]! >= LEAD_SHARE * scores[best]!;
  const near = ranked.filter(
    (i) => isNear(i) && tellsActOf(headOf(articles[candidates[i]!.article]!), candidates[i]!.text),
  );
  return near.length === 0 ? null : candidates[Math.min(...near)]!;
}

/** Article by article as they are first named, the sentences of each in the order in which it has them. */
function inTheirOrder(ranked: readonly Candidate[]): readonly Candidate[] {
  const byArticle = Map.groupBy(new Set(ranked), ({ article }) => article);
  return [...byArticle.values()].flatMap((sentences) => sentences.toSorted((a, b) => a.position - b.position));
}
