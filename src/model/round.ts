import type { Feed } from "./feed.ts";

/** A feed that could not be read, and why in a plain sentence. */
export type Failure = { readonly feed: Feed; readonly reason: string };

/** What one round over the due feeds came to. */
export type Round = {
  readonly read: number;
  readonly unchanged: number;
  readonly failures: readonly Failure[];
  /** Every feed failed for want of a network: our own outage, which counts against none of them. */
  readonly offline: boolean;
  readonly articlesNew: number;
  readonly storiesOpened: number;
  readonly storiesUpdated: number;
};
