import type { FeedState } from "#model/feed.ts";
import { FEED_LEASE_MS, holdFeeds, letFeedsGo } from "#store/feeds.ts";
import type { World } from "./world.ts";

/** Holds on to claimed feeds until their states are saved, however long that takes. */
export type Claims = {
  add(claimed: FeedState): void;
  /**
   * Renews what is held now: before others are claimed, so that a worker that was frozen for a while does not claim its own
   * again.
   */
  hold(): Promise<void>;
  settled(state: FeedState): void;
  /** Lets go of what is left: nothing was learnt of it. */
  end(): Promise<void>;
};

export function holdClaims({ db, clock, bug }: Pick<World, "db" | "clock" | "bug">): Claims {
  const held = new Map<string, FeedState>();
  let holding: Promise<void> = Promise.resolve();
  const hold = () => {
    holding = holdFeeds(db, [...held.values()], clock()).catch((error: unknown) => bug("the claims on feeds", error));
    return holding;
  };
  // Two may be late before a claim lapses.
  const timer = setInterval(hold, FEED_LEASE_MS / 3);
  return {
    hold,
    add: (claimed) => void held.set(claimed.feedId, claimed),
    settled({ feedId, claim }) {
      // After a lapse the feed may have been claimed again, by this worker too.
      if (held.get(feedId)?.claim === claim) held.delete(feedId);
    },
    async end() {
      clearInterval(timer);
      await holding;
      await letFeedsGo(db, [...held.values()]);
    },
  };
}
