import type { FeedDocument } from "./article.ts";
import type { Feed, Source } from "./feed.ts";

/** A source that was read. */
export type Found = {
  readonly kind: "document";
  readonly url: string;
  readonly source: Source;
  readonly document: FeedDocument;
};

/** What an address is that is no feed, and what is read there, or why nothing. */
export type Otherwise = { readonly source: Source } & (
  | { readonly document: FeedDocument }
  | { readonly reason: string }
);

/** What reading a source once came to; `suggestions` are addresses of feeds that it links to. */
export type ReadOnce =
  | Found
  | {
      readonly kind: "other";
      readonly reason: string;
      readonly suggestions: readonly string[];
      readonly otherwise: Otherwise | null;
    };

/** Reads the web once, for a command. */
export type SourceReader = {
  /** Reads a source as a first poll does. */
  readonly read: (source: Source & Pick<Feed, "url">) => Promise<ReadOnce>;
  /** Reads what is at an address as a feed, or else as whatever it is. */
  readonly discover: (url: string) => Promise<ReadOnce>;
  readonly close: () => Promise<void>;
};
