import type { FeedsFile } from "./pack-files.ts";
import { DAY_MS } from "./time.ts";

/** What kind of publisher stands behind a feed. */
export type FeedKind = FeedsFile["feeds"][number]["kind"];

/** How a source is read. */
export type Source = Pick<Feed, "source" | "page" | "json" | "sitemap">;

/** A polled source, as the pack's catalogue names it. `primary`: it outranks press and is posted for longer. */
export type Feed = Omit<FeedsFile["feeds"][number], "primary"> & { readonly primary: boolean };

/** What identifies an entry of this feed, pinned at first sight so that a later change of habit doubles nothing. */
export type IdentityKind = "guid" | "url" | "title-date";

/** No feed waits longer than this for its next poll, and no host longer for the end of its pause, whatever happened. */
export const LONGEST_WAIT_MS = DAY_MS;

/** A feed that fails for so long is told of: its silence must not pass for "no news". */
export const LEAST_GAP_MS = DAY_MS;

/** A time in which a feed could not be read; `until` is null while it lasts. */
export type Gap = { readonly feedId: string; readonly since: Date; readonly until: Date | null };

/** What is remembered of a feed between two polls. */
export type FeedState = {
  readonly feedId: string;
  /** How often it was claimed to be polled: only the latest claimant saves what it found. */
  readonly claim: number;
  /** When the catalogue came to list the feed, or to list it again; nothing older than this is posted. */
  readonly addedAt: Date;
  /** The catalogue's address that what follows was learned at, as `askedAt` has it; null while none was asked. */
  readonly address: string | null;
  readonly identity: IdentityKind | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** The address that gave the two, after redirects: to no other do they mean anything. */
  readonly answeredBy: string | null;
  /** When a whole document last came, new or not. */
  readonly wholeAt: Date | null;
  /** sha256 of the last body, in hex. */
  readonly bodyHash: string | null;
  /** Fingerprints of the entries that the last document listed and the store has, as they stood there. */
  readonly knownEntries: readonly string[];
  /** When all entries of a document were last compared with the store, the known ones too. */
  readonly comparedAt: Date | null;
  /** Where the feed has moved for good, once the redirect held long enough. */
  readonly movedTo: string | null;
  /** A permanent redirect that has not yet held long enough, and for how many polls it has. */
  readonly redirect: { readonly url: string; readonly polls: number } | null;
  readonly nextPollAt: Date;
  readonly lastPolledAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly lastChangedAt: Date | null;
  /** Failures in a row. */
  readonly failureCount: number;
  readonly failingSince: Date | null;
  /** The last failure in a plain sentence; null when the last poll went well. */
  readonly failureReason: string | null;
  /** The server said 410 Gone, or an operator paused it. */
  readonly pausedAt: Date | null;
  /** When the operators were last told that this feed fails. */
  readonly reportedAt: Date | null;
};

/** What is learned by asking at an address, and means nothing at another one. */
export type Learned = Omit<
  FeedState,
  "feedId" | "claim" | "addedAt" | "identity" | "knownEntries" | "comparedAt" | "lastPolledAt" | "lastChangedAt"
>;

/** What is known of an address that was never asked: it is due. */
export const unasked = (now: Date): Learned => ({
  address: null,
  etag: null,
  lastModified: null,
  answeredBy: null,
  wholeAt: null,
  bodyHash: null,
  movedTo: null,
  redirect: null,
  nextPollAt: now,
  lastSuccessAt: null,
  failureCount: 0,
  failingSince: null,
  failureReason: null,
  pausedAt: null,
  reportedAt: null,
});

/**
 * What is remembered of a feed belongs to this: its address, and of a source that is no feed how it is read there, since another list
 * of the same page is another source. No address holds a blank.
 */
export function askedAt({ url, source = "feed", page, json, sitemap }: Source & Pick<Feed, "url">): string {
  return source === "feed" ? url : `${url} ${JSON.stringify({ source, page, json, sitemap })}`;
}

/** The address itself of what `askedAt` made. */
export const addressOf = (asked: string | null): string | null => asked?.split(" ", 1)[0] ?? null;

/** A feed's state as it is to be asked now: nothing is left of what was learned at another address, or by another reading. */
export function atAddress(state: FeedState, feed: Source & Pick<Feed, "url">, now: Date): FeedState {
  const address = askedAt(feed);
  const learned = state.address === null || state.address === address ? state : { ...state, ...unasked(now) };
  return { ...learned, address };
}
