import type { PagedDocument } from "./citation.ts";

/** What the parser returns for one RSS item, Atom entry or JSON Feed item: plain strings, nothing judged yet. */
export type Entry = {
  /** guid, atom:id or JSON Feed id. */
  readonly id: string | null;
  readonly title: string;
  /** Absolute where the document lets it be. */
  readonly link: string | null;
  /** ISO 8601 in UTC; null when the document has no date that can be read. */
  readonly published: string | null;
  readonly updated: string | null;
  readonly author: string | null;
  /** HTML or text, as published. */
  readonly summary: string | null;
  readonly content: string | null;
  readonly enclosures: readonly {
    readonly url: string;
    readonly type: string | null;
    readonly length: number | null;
  }[];
};

/** A feed document, read. */
export type FeedDocument = {
  /** `rss 2.0`, `atom 1.0`, `json feed 1.1`, `rdf 1.0` … */
  readonly format: string;
  readonly feed: { readonly title: string | null; readonly link: string | null };
  readonly entries: readonly Entry[];
  /** The feed's own wish for the time between two polls (`ttl`, `sy:updatePeriod`), in milliseconds. */
  readonly minIntervalMs: number | null;
};

/** An entry as we keep it: canonical, plain text, with the keys under which it is known. */
export type Article = {
  readonly feedId: string;
  /** Every key under which this article may be met again in its feed, strongest first; see `identity` in normalize. */
  readonly keys: readonly string[];
  readonly url: string;
  readonly canonicalUrl: string;
  readonly title: string;
  /** Plain text, paragraphs parted by a blank line: what tags and summaries point into. */
  readonly text: string;
  /** Where `text` comes from: the feed's summary, the feed's full content, or the article's own page. */
  readonly textFrom: "summary" | "content" | "page";
  /** Where the article's own page is a document with pages, such as a PDF: what its citations point into. */
  readonly document?: PagedDocument;
  readonly author: string | null;
  readonly publishedAt: Date | null;
  readonly updatedAt: Date | null;
  readonly firstSeenAt: Date;
  /** ISO 639-1, or null when the text is too short to tell. */
  readonly language: string | null;
  /** sha256 of title and text in hex: a change makes a revision of the same article. */
  readonly textHash: string;
};

/** An article in the store. Ids grow with the order of arrival. */
export type StoredArticle = Article & { readonly id: number };

/** When a reader would say the article is from: its own date, else when we first saw it. Never in the future of `firstSeenAt`. */
export function dateOf(article: Pick<Article, "publishedAt" | "firstSeenAt">): Date {
  const { publishedAt, firstSeenAt } = article;
  return publishedAt === null || publishedAt > firstSeenAt ? firstSeenAt : publishedAt;
}
