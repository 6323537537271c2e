import { getDomain } from "tldts";

/** Politeness towards one registrable domain (`tumblr.com`, whatever the subdomain). */
export type PaceOptions = {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Least time between the starts of two requests, in milliseconds. */
  readonly intervalMs: number;
};

/** Two at once and one a second: shared hosts answer 429 beyond that. */
export const POLITE: PaceOptions = { concurrency: 2, intervalMs: 1_000 };

export type Pace = {
  /** Waits for this host's turn; call the returned function when the request is over. */
  enter(hostname: string): Promise<() => void>;
};

type Lane = { running: number; nextStart: number; readonly waiting: (() => void)[] };

/** The domain that shares one budget: ICANN suffixes only, so that every blog of a shared host counts together. */
export const paceKey = (hostname: string): string => getDomain(hostname) ?? hostname;

/** Turns per registrable domain, first come first served. `clock` gives the time in milliseconds. */
export function createPace({ concurrency, intervalMs }: PaceOptions, clock: () => number): Pace {
  const lanes = new Map<string, Lane>();

  return {
    async enter(hostname) {
      const key = paceKey(hostname);
      const lane = lanes.get(key) ?? { running: 0, nextStart: 0, waiting: [] };
      lanes.set(key, lane);
      if (lane.running < concurrency) lane.running++;
      // Whoever leaves hands its place over, so nobody slips in between.
      else await new Promise<void>((resolve) => lane.waiting.push(resolve));
      const start = Math.max(clock(), lane.nextStart);
      lane.nextStart = start + intervalMs;
      if (start > clock()) await new Promise((resolve) => setTimeout(resolve, start - clock()));
      return () => {
        const next = lane.waiting.shift();
        if (next === undefined) lane.running--;
        else next();
      };
    },
  };
}
