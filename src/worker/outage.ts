import type { Feed, FeedState } from "#model/feed.ts";
import { MINUTE_MS } from "#model/time.ts";
import { afterOwnOutage, failureReport, isOwnOutage, shouldReport } from "#pipeline/poll.ts";
import { saveFeedState } from "#store/feeds.ts";
import type { Refreshed } from "./refresh.ts";
import type { World } from "./world.ts";

/** A fetch ends within 30 s: what was asked while the first of them failed has answered after that, or failed as well. */
const SILENT_MS = 30_000;

/** So many in a row without an answer from anywhere need not wait for that: it would be an hour of time-outs. */
const ENOUGH = 200;

/**
 * Where hardly anything is polled, the answer that a failure waits for may be long in coming. Ten minutes later the feed is tried
 * again.
 */
const PATIENCE_MS = 5 * MINUTE_MS;

export type Failed = { readonly feed: Feed; readonly before: FeedState } & Extract<Refreshed, { kind: "failed" }>;

/**
 * Tells feeds that fail from an outage of our own, and saves what their states become. A feed whose server was not reached waits
 * for the next answer of any server: when one comes the failure is the feed's own, and when none does, though several hosts were
 * asked, it counts against none.
 */
export type OutageJudge = {
  /** A server answered. */
  answered(): Promise<void>;
  failed(failure: Failed): Promise<void>;
  /** Whether there is little sense in going on: no server answers. */
  isOffline(): boolean;
  /** Settles what has waited for long enough. */
  look(): Promise<void>;
  /** Settles all that still waits: nothing else is polled whose answer could tell. */
  end(): Promise<void>;
};

/** `settled` hears of each feed that waits no longer. */
export function createOutageJudge(
  { db, clock, random, tell }: World,
  settled: (state: FeedState) => void,
): OutageJudge {
  let waiting: readonly (Failed & { readonly at: Date })[] = [];
  let reached = false;
  let offline = false;

  function takeWaiting(): readonly Failed[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  /** Where the store fails, those that were not saved are let go of as well: their claims lapse, and they are polled again. */
  async function settle(failures: readonly Failed[], save: (failure: Failed) => Promise<unknown>): Promise<void> {
    try {
      for (const failure of failures) await save(failure);
    } finally {
      for (const { before } of failures) settled(before);
    }
  }

  const countAgainst = (failures: readonly Failed[]) =>
    settle(failures, async ({ feed, state }) => {
      const now = clock();
      const due = shouldReport(state, now);
      const saved = await saveFeedState(db, due ? { ...state, reportedAt: now } : state);
      if (due && saved) tell(failureReport(feed, state, now));
    });

  const forgive = (failures: readonly Failed[]) =>
    settle(failures, ({ before }) => saveFeedState(db, afterOwnOutage(before, clock(), random)));

  const isOutage = () =>
    isOwnOutage(
      waiting.map(({ feed, before }) => ({ host: new URL(feed.url).host, failureCount: before.failureCount })),
    );

  const waitedMs = () => clock().getTime() - (waiting[0]?.at ?? clock()).getTime();

  async function answered(): Promise<void> {
    reached = true;
    offline = false;
    await countAgainst(takeWaiting());
  }

  async function look(): Promise<void> {
    offline ||= isOutage() && (waitedMs() >= SILENT_MS || waiting.length >= ENOUGH);
    if (offline) await forgive(takeWaiting());
    else if (waitedMs() >= PATIENCE_MS) await countAgainst(takeWaiting());
  }

  return {
    answered,
    look,
    async failed(failure) {
      if (failure.network) {
        waiting = [...waiting, { ...failure, at: clock() }];
        return look();
      }
      await countAgainst([failure]);
      await answered();
    },
    isOffline: () => offline,
    async end() {
      offline ||= !reached && isOutage();
      await look();
      await countAgainst(takeWaiting());
    },
  };
}
