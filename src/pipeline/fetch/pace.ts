import { setTimeout as passing } from "node:timers/promises";
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
  /** Waits for this host's turn; call `leave` when the request is over. Nothing waits any longer once `closing` aborts. */
  enter(
    hostname: string,
  ): Promise<{ readonly kind: "entered"; leave(): void } | { readonly kind: "paused"; readonly until: Date }>;
};

/** Who keeps requests to a domain apart. */
export type Turns = {
  /** Reserves the next turn at a domain, `gapMs` after the last one, and says until when the domain wants to be left alone. */
  take(domain: string, gapMs: number): Promise<{ readonly at: Date; readonly pausedUntil: Date | null }>;
  /** The domain asked for a pause. */
  pause(domain: string, until: Date): Promise<void>;
};

type Lane = { running: number; readonly waiting: (() => void)[] };

/** The domain that shares one budget: ICANN suffixes only, so that every blog of a shared host counts together. */
export const paceKey = (hostname: string): string => getDomain(hostname) ?? hostname;

/** Beyond so many domains those whose turns and pauses are over are forgotten. */
const MOST_KEPT = 1_000;

/** Turns that this process keeps by itself. */
export function ownTurns(clock: () => Date): Turns {
  const next = new Map<string, number>();
  const paused = new Map<string, number>();
  const keep = (times: Map<string, number>, domain: string, until: number) => {
    const now = clock().getTime();
    if (times.size >= MOST_KEPT) for (const [key, time] of times) if (time <= now) times.delete(key);
    times.set(domain, until);
  };
  return {
    async take(domain, gapMs) {
      const at = Math.max(clock().getTime(), next.get(domain) ?? 0);
      keep(next, domain, at + gapMs);
      const until = paused.get(domain);
      return { at: new Date(at), pausedUntil: until === undefined ? null : new Date(until) };
    },
    async pause(domain, until) {
      keep(paused, domain, Math.max(until.getTime(), paused.get(domain) ?? 0));
    },
  };
}

/** Requests per registrable domain, first come first served, each at its turn. */
export function createPace(
  { concurrency, intervalMs }: PaceOptions,
  turns: Turns,
  clock: () => Date,
  closing: AbortSignal,
): Pace {
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
        if (lane.running === 0) lanes.delete(key);
      };
      try {
        if (closing.aborted) return { kind: "entered", leave };
        const { at, pausedUntil } = await turns.take(key, intervalMs);
        if (pausedUntil !== null && pausedUntil > clock()) {
          leave();
          return { kind: "paused", until: pausedUntil };
        }
        const waitMs = at.getTime() - clock().getTime();
        // It rejects when the wait is cut short, which is as good.
        if (waitMs > 0) await passing(waitMs, null, { signal: closing }).catch(() => {});
        return { kind: "entered", leave };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
