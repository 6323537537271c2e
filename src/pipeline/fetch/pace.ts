import { setTimeout as passing } from "node:timers/promises";
import { getDomain } from "tldts";
import { LONGEST_WAIT_MS } from "#model/feed.ts";

/** Politeness towards one site: see `paceKey`. */
export type PaceOptions = {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Least time between the starts of two requests, in milliseconds. */
  readonly intervalMs: number;
};

/** Two at once and one a second: shared hosts answer 429 beyond that. */
export const POLITE: PaceOptions = { concurrency: 2, intervalMs: 1_000 };

/** A page comes after the feeds of its site, and never takes the last place there. */
export type Rank = "feed" | "page";

export type Pace = {
  /** Waits for this host's turn; call `leave` when the request is over. Nothing waits any longer once `closing` aborts. */
  enter(
    url: URL,
    rank: Rank,
  ): Promise<{ readonly kind: "entered"; leave(): void } | { readonly kind: "paused"; readonly until: Date }>;
};

/** Who keeps requests apart: those to a site by turns, those to a host by the pauses it asks for. */
export type Turns = {
  /** Reserves the next turn at a site, `gapMs` after the last one, and says until when the host wants to be left alone. */
  take(site: string, host: string, gapMs: number): Promise<{ readonly at: Date; readonly pausedUntil: Date | null }>;
  /** The host asked for a pause, which no other host pays for. */
  pause(host: string, until: Date): Promise<void>;
};

type Lane = { running: number; readonly waiting: Readonly<Record<Rank, (() => void)[]>> };

/**
 * Registrable domains under which many publish who have nothing to do with each other, and which the public-suffix list does not
 * name.
 */
const SHARED = new Set([
  // The offices of a government.
  ...["europa.eu", "bund.de", "ca.gov", "house.gov", "senate.gov"],
  // Newsletters and blogs.
  ...["beehiiv.com", "ghost.io", "hypotheses.org", "livejournal.com", "medium.com", "noblogs.org", "squarespace.com"],
  ...["substack.com", "tumblr.com", "typepad.com", "wordpress.com"],
]);

/**
 * The site that shares one pace: a registrable domain, whatever the subdomain, and at a shared host (by the private section of
 * the public-suffix list, and by SHARED) the name one below it, so that nobody waits for a stranger.
 */
export function paceKey(hostname: string): string {
  const domain = getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
  if (!SHARED.has(domain)) return domain;
  return hostname
    .split(".")
    .slice(-domain.split(".").length - 1)
    .join(".");
}

/** Beyond so many those whose turns and pauses are over are forgotten. */
const MOST_KEPT = 1_000;

/** Turns that this process keeps by itself. */
export function ownTurns(clock: () => Date): Turns {
  const next = new Map<string, number>();
  const paused = new Map<string, number>();
  // What lies further ahead than any wait was written by a clock that has been set right since.
  const sound = (time = 0) => (time - clock().getTime() > LONGEST_WAIT_MS ? 0 : time);
  const keep = (times: Map<string, number>, key: string, until: number) => {
    const now = clock().getTime();
    if (times.size >= MOST_KEPT) for (const [old, time] of times) if (time <= now) times.delete(old);
    times.set(key, until);
  };
  return {
    async take(site, host, gapMs) {
      const now = clock().getTime();
      const at = Math.max(now, sound(next.get(site)));
      keep(next, site, at + gapMs);
      const until = sound(paused.get(host));
      return { at: new Date(at), pausedUntil: until === 0 ? null : new Date(until) };
    },
    async pause(host, until) {
      keep(paused, host, Math.max(until.getTime(), sound(paused.get(host))));
    },
  };
}

/** Requests to a site: feeds before pages, of either first come first served, each at its turn. */
export function createPace(
  { concurrency, intervalMs }: PaceOptions,
  turns: Turns,
  clock: () => Date,
  closing: AbortSignal,
): Pace {
  const lanes = new Map<string, Lane>();
  // However slowly pages come, a feed finds a place.
  const places: Readonly<Record<Rank, number>> = { feed: concurrency, page: Math.max(1, concurrency - 1) };

  return {
    async enter({ hostname, host }, rank) {
      const site = paceKey(hostname);
      const lane = lanes.get(site) ?? { running: 0, waiting: { feed: [], page: [] } };
      lanes.set(site, lane);
      if (lane.running < places[rank]) lane.running++;
      // Whoever leaves hands its place over, so nobody slips in between.
      else await new Promise<void>((resolve) => lane.waiting[rank].push(resolve));
      const leave = () => {
        const next = lane.waiting.feed.shift() ?? (lane.running <= places.page ? lane.waiting.page.shift() : undefined);
        if (next === undefined) lane.running--;
        else next();
        if (lane.running === 0) lanes.delete(site);
      };
      try {
        if (closing.aborted) return { kind: "entered", leave };
        const { at, pausedUntil } = await turns.take(site, host, intervalMs);
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
