import type { CitedPages } from "./citation.ts";
import type { Span } from "./tag.ts";

/** Words in quotation marks, or a position that a text gives in its own words: "X said that …". */
export const QUOTE_KINDS = ["verbatim", "position"] as const;

export type QuoteKind = (typeof QUOTE_KINDS)[number];

/** What an article says that somebody said. */
export type Quote = {
  readonly kind: QuoteKind;
  /** As the article names who speaks, in the fullest form that it has for them. */
  readonly speaker: string;
  /** What the article calls them besides: `the commissioner for digital affairs`, `Sen.`; null where it says nothing. */
  readonly office: string | null;
  /** Where the words stand in the article's text, in order, marks left out: more than one where "she said" stands between. */
  readonly parts: readonly Span[];
  /** The sentence that says who speaks. */
  readonly sentence: Span;
};

/** A quote of the store, with its words as they stand in the article. */
export type StoredQuote = Pick<Quote, "kind" | "speaker" | "office"> & {
  readonly articleId: number;
  /** Its place among the article's quotes, from 0. */
  readonly number: number;
  readonly parts: readonly string[];
  /** The side of a friction point that it argues for, as the pack has sides; null where it argues for none. */
  readonly stance: { readonly pointId: string; readonly side: string } | null;
  /** When the article is from. */
  readonly at: Date;
};

/** A quote with where it stands: the article's address and feed, and its story. */
export type CitedQuote = StoredQuote & {
  readonly url: string;
  /** Where the article is a document with pages, those on which the words stand. */
  readonly pages?: CitedPages;
  readonly title: string;
  readonly feedId: string;
  readonly storyId: number | null;
};

/** Its words in one line: the parts with dots between them. */
export const wordsOf = ({ parts }: Pick<StoredQuote, "parts">): string => parts.join(" … ").replace(/\s+/g, " ");

/** `“Audits keep ports honest”`, or `said that audits are needed` where the words are the article's own. */
export const saidText = ({ kind }: Pick<StoredQuote, "kind">, words: string): string =>
  kind === "verbatim" ? `“${words}”` : `said that ${words}`;
