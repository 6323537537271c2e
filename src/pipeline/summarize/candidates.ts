import type { Span } from "#model/tag.ts";
import { sentences } from "#text/sentences.ts";
import { isBoilerplate } from "./boilerplate.ts";
import { type Ranges, textOf } from "./ranges.ts";
import { shorten } from "./shorten.ts";
import { wordsOf } from "./terms.ts";

/** What a summary is made from: one article of the story. */
export type SourceArticle = {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  /** A regulator's, court's or legislature's own page. */
  readonly primary: boolean;
  /** ISO 639-1; null or absent when it could not be told. */
  readonly language?: string | null;
  /** Sentences that prove a tag or a movement. */
  readonly evidence?: readonly Span[];
};

export type Candidate = Span & {
  readonly article: number;
  /** 0 for the first sentence of its article that is not boilerplate. */
  readonly position: number;
  readonly ranges: Ranges;
  readonly text: string;
  readonly terms: readonly string[];
  readonly words: number;
  readonly proves: boolean;
};

/** A sentence of fewer words says too little by itself. */
const FEWEST_WORDS = 5;
/** Past this many sentences of one article nothing new is looked for. */
const MOST_SENTENCES = 400;

/** The sentences of the articles that could stand in a summary, shortened. */
export function candidatesOf(articles: readonly SourceArticle[]): readonly Candidate[] {
  return articles.flatMap((article, index) => {
    const found: Candidate[] = [];
    for (const span of sentences(article.text)) {
      if (found.length >= MOST_SENTENCES) break;
      if (isBoilerplate(article.text.slice(span.start, span.end))) continue;
      const ranges = shorten(article.text, span);
      const text = textOf(article.text, ranges);
      const { terms, count } = wordsOf(text);
      if (count < FEWEST_WORDS) continue;
      const proves = article.evidence?.some(({ start, end }) => start < span.end && end > span.start) ?? false;
      found.push({
        ...span,
        article: index,
        position: found.length,
        ranges,
        text,
        terms,
        words: count,
        proves,
      });
    }
    return found;
  });
}
