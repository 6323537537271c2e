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

/** When the next request to a domain may start, `gapMs` after the last one. */
export type Turn = (domain: string, gapMs: number) => Promise<Date>;

type Lane = { running: number; readonly waiting: (() => void)[] };

/** The domain that shares one budget: ICANN suffixes only, so that every blog of a shared host counts together. */
export const paceKey = (hostname: string): string => getDomain(hostname) ?? hostname;

/** Turns that this process keeps by itself. */
export function ownTurns(clock: () => Date): Turn {
  const next = new Map<string, number>();
  return async (domain, gapMs) => {
    const start = Math.max(clock().getTime(), next.get(domain) ?? 0);
    next.set(domain, start + gapMs);
    return new Date(start);
  };
}

/** Requests per registrable domain, first come first served, each at its turn. */
export function createPace({ concurrency, intervalMs }: PaceOptions, turn: Turn, clock: () => Date): Pace {
  const lanes = new Map<string, Lane>();

  return {
    async enter(hostname) {
      const key = paceKey(hostname);
      const lane = lanes.get(key) ?? { running: 0, waiting: [] };
      lanes.set(key, lane);
      if (lane.running < concurrency) lane.running++;
      // Whoever leaves hands its place over, so nobody slips in between.
      else await new Promise<void>((resolve) => lane.waiting.push(resolve));
      const leave = () => {
        const next = lane.waiting.shift();
        if (next === undefined) lane.running--;
        else next();
      };
      try {
        const waitMs = (await turn(key, intervalMs)).getTime() - clock().getTime();
        if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
  };
}
