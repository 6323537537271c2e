import type { Feed, FeedState } from "#model/feed.ts";
import { afterOwnOutage, failureReport, isOwnOutage, shouldReport } from "#pipeline/poll.ts";
import { saveFeedState } from "#store/feeds.ts";
import type { Refreshed } from "./refresh.ts";
import type { World } from "./world.ts";

/** So many in a row without an answer from anywhere, and the rest of the round is not tried: it would be an hour of time-outs. */
const ENOUGH = 200;

export type Failed = { readonly feed: Feed; readonly before: FeedState } & Extract<Refreshed, { kind: "failed" }>;

/**
 * Tells feeds that fail from an outage of our own, and saves what their states become. A feed whose server was not reached waits for
 * the next answer of any server: when one comes the failure is the feed's own, and when none does it counts against none.
 */
export type OutageJudge = {
  /** A server answered. */
  answered(): Promise<void>;
  failed(failure: Failed): Promise<void>;
  /** Whether there is no sense in going on. */
  isOffline(): boolean;
  /** Settles what still waits at the end of a round; resolves to whether that was an outage of our own. */
  end(): Promise<boolean>;
};

/** `settled` hears of each feed whose state was saved. */
export function createOutageJudge(
  { db, clock, random, tell }: World,
  settled: (state: FeedState) => void,
): OutageJudge {
  let waiting: readonly Failed[] = [];
  let reached = false;

  async function countAgainst(failures: readonly Failed[]): Promise<void> {
    for (const { feed, state } of failures) {
      const now = clock();
      const due = shouldReport(state, now);
      const saved = await saveFeedState(db, due ? { ...state, reportedAt: now } : state);
      if (due && saved) tell(failureReport(feed, state, now));
      settled(state);
    }
  }

  const isOutage = () => isOwnOutage(waiting.map(({ feed, network }) => ({ host: new URL(feed.url).host, network })));

  async function answered(): Promise<void> {
    const own = waiting;
    waiting = [];
    reached = true;
    await countAgainst(own);
  }

  return {
    answered,
    async failed(failure) {
      if (failure.network) {
        waiting = [...waiting, failure];
        return;
      }
      await countAgainst([failure]);
      await answered();
    },
    isOffline: () => waiting.length >= ENOUGH && isOutage(),
    async end() {
      const offline = waiting.length > 0 && (!reached || waiting.length >= ENOUGH) && isOutage();
      if (!offline) await answered();
      else for (const { before } of waiting) await saveFeedState(db, afterOwnOutage(before, clock(), random));
      return offline;
    },
  };
}
