import type { Poster } from "./delivery.ts";
import type { PostHeld } from "./review.ts";
import type { Poll, Round } from "./round.ts";

/** Where posts go, and who hears how a round went. */
export type Outlet = {
  /** Null where nothing is posted but to named destinations. */
  readonly poster: Poster | null;
  /** Gets every story without a subscription of its own, after a preview. */
  readonly followsAll: boolean;
  readonly polled: (poll: Poll, done: number, total: number) => void;
  readonly roundEnded: (round: Round, posts: number, tookMs: number) => void;
  /** Tells the operators; absent where the log is all there is. */
  readonly tell?: ((sentence: string) => void) | undefined;
  /** Tells moderators of what is held back; absent where nobody decides. */
  readonly postHeld?: PostHeld | undefined;
  readonly close: () => Promise<void>;
};
