import type { Feed } from "./feed.ts";
import type { Movement } from "./story.ts";

/** A feed that could not be read, and why in a plain sentence. */
export type Failure = { readonly feed: Feed; readonly reason: string };

/** What the polls of one round, or of one minute, came to. */
export type Round = {
  readonly read: number;
  readonly unchanged: number;
  readonly failures: readonly Failure[];
  /** No server answers any more: our own outage, which counts against no feed. */
  readonly offline: boolean;
  /** How long after its time the latest of the polls began. */
  readonly latestMs: number;
  readonly articlesNew: number;
  readonly storiesOpened: number;
  readonly storiesUpdated: number;
};

/** What one poll came to. */
export type Poll = {
  readonly feedId: string;
  readonly outcome: "read" | "unchanged" | "failed";
  /** Why it failed, in a plain sentence; null when it did not. */
  readonly reason: string | null;
  readonly articlesNew: number;
  /** Friction points of the new articles, each as often as it was tagged. */
  readonly points: readonly string[];
  /** What moved the stories of its articles. */
  readonly movements: readonly Movement["kind"][];
};
