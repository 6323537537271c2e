import type { FeedDocument } from "#model/article.ts";

/** Documents in which a source goes on: further pages of results, the parts of a sitemap. */
export type More = {
  readonly addresses: readonly string[];
  /** Whether this document changes whenever one of them does. */
  readonly dated: boolean;
};

export type ParseOutcome =
  /** `left`: how many entries there are that the source is not to have. */
  | { readonly kind: "document"; readonly document: FeedDocument; readonly more?: More; readonly left?: number }
  /** `suggestions` are addresses of feeds that the page links to. */
  | { readonly kind: "not-a-feed"; readonly reason: string; readonly suggestions: readonly string[] };

/**
 * Where a document came from, as far as it is known: the base of its links, what HTTP says of its encoding, and when it was read,
 * by which a year of two digits is told.
 */
export type Origin = { readonly contentType: string | null; readonly url: string | null; readonly at?: Date };
