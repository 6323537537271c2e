import { MOST_SENTENCES } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { unglued } from "#text/lost-breaks.ts";
import { once } from "#text/once.ts";
import { type Readable, sentencesOf } from "#text/reading.ts";
import { isUnfinished } from "#text/unfinished.ts";
import { isBoilerplate } from "./boilerplate.ts";
import { type Ranges, textOf } from "./ranges.ts";
import { shorten } from "./shorten.ts";
import { tellsNothing } from "./tells.ts";
import { wordsOf } from "./terms.ts";

/** What a summary is made from: one article of the story. */
export type SourceArticle = {
  readonly id: number;
  readonly title: string;
  /** What its feed said of a document, which is read with the title. */
  readonly said?: string | undefined;
  readonly text: string;
  /** A regulator's, court's or legislature's own page. */
  readonly primary: boolean;
  /** ISO 639-1; null or absent when it could not be told. */
  readonly language?: string | null;
  /** Sentences that prove a tag or a movement. */
  readonly evidence?: readonly Span[];
  /** Sentences that tell of a state that is over, such as a day that was moved since. */
  readonly superseded?: readonly Span[];
  /** Sentences that its feed brings with many articles. */
  readonly recurring?: readonly Span[];
  /** The stored article with this text: what was read of it is remembered while it is in use. Left out, while this is. */
  readonly stored?: Readable;
};

/** A sentence of an article that could stand in a summary, shortened. */
type Prose = Span & {
  /** 0 for the first sentence of its article that is not boilerplate. */
  readonly position: number;
  readonly ranges: Ranges;
  readonly text: string;
  readonly terms: readonly string[];
  readonly words: number;
  /** Of a report it would tell nothing. */
  readonly isEmpty: boolean;
};

export type Candidate = Prose & { readonly article: number; readonly proves: boolean };

/** A sentence of fewer words says too little by itself. */
const FEWEST_WORDS = 5;

/**
 * The sentences of the articles that could stand in a summary, shortened; of a state that is over only where there are no
 * others.
 */
export function candidatesOf(articles: readonly SourceArticle[]): readonly Candidate[] {
  const all = articles.flatMap((source, article) =>
    proseOf(source.stored ?? source)
      .filter((sentence) => !overlapsOne(sentence, source.recurring))
      .map((sentence) => ({
        ...sentence,
        article,
        proves: overlapsOne(sentence, source.evidence),
        isOver: overlapsOne(sentence, source.superseded),
      })),
  );
  const current = all.filter(({ isOver }) => !isOver);
  return current.length > 0 ? current : all;
}

const overlapsOne = (sentence: Span, spans: readonly Span[] = []): boolean =>
  spans.some(({ start, end }) => start < sentence.end && end > sentence.start);

const proseOf = once((article: Readable): readonly Prose[] => {
  const found: Prose[] = [];
  for (const span of sentencesOf(article).flatMap((sentence) => [...unglued(article.text, sentence)])) {
    if (found.length >= MOST_SENTENCES) break;
    if (isUnfinished(article.text, span) || isBoilerplate(article.text.slice(span.start, span.end))) continue;
    const ranges = shorten(article.text, span);
    const text = textOf(article.text, ranges);
    const { terms, count } = wordsOf(text);
    if (count < FEWEST_WORDS) continue;
    const isEmpty = tellsNothing(text, count);
    found.push({ ...span, position: found.length, ranges, text, terms, words: count, isEmpty });
  }
  return found;
});
