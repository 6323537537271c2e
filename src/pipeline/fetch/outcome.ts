import type { Rank } from "./pace.ts";

/** What an address said of the answer that is held: sent to that address, and to none that it leads to. */
export type Validators = { readonly url: string; readonly etag: string | null; readonly lastModified: string | null };

/** A secret of the environment that an interface asks for: by the name of its variable, in a header or a parameter. */
export type Key = {
  readonly env: string;
  readonly header?: string | undefined;
  readonly query?: string | undefined;
  readonly prefix?: string | undefined;
};

export type FetchRequest = {
  readonly url: string;
  readonly validators?: Validators;
  /** Asks for the whole answer, and of every cache on the way that it ask for it too. */
  readonly whole?: boolean;
  /** After decompression. */
  readonly maxBytes?: number;
  readonly accept?: string;
  /** Sent to the origin of `url`, and to none that it leads to. */
  readonly key?: Key | undefined;
  /** A feed's unless it says otherwise. */
  readonly rank?: Rank;
};

/** What every answer that is no fault says. */
export type Answer = {
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** Where the feed has moved, when every redirect on the way was permanent; null when there was none. */
  readonly movedTo: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** How long the server calls the answer fresh. */
  readonly maxAgeMs: number | null;
};

export type FetchOutcome =
  | (Answer & {
      readonly kind: "fetched";
      readonly status: number;
      readonly body: Uint8Array;
      /** sha256 of the body, in hex: the same as last time means there is nothing to parse. */
      readonly bodyHash: string;
      readonly contentType: string | null;
      /** When it was asked for. */
      readonly at: Date;
    })
  /** The answer that is held, and no other, still stands. */
  | (Answer & { readonly kind: "unchanged" })
  /** The server asked us to come back later, now or not long ago. */
  | { readonly kind: "retry-later"; readonly afterMs: number; readonly reason: string }
  | { readonly kind: "gone"; readonly reason: string }
  /** `network`: we never reached the server, which may be our own outage. `status`: what it answered, when it did. */
  | { readonly kind: "failed"; readonly reason: string; readonly network: boolean; readonly status: number | null };

export const failed = (reason: string, network = false, status: number | null = null): FetchOutcome => ({
  kind: "failed",
  reason,
  network,
  status,
});
