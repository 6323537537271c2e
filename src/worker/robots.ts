import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { type Allows, readRobots, readRobotsAside } from "#pipeline/fetch/robots.ts";
import { decode } from "#text/decode.ts";

/** The name by which a site's robots.txt may speak to us. */
const ROBOT = "Policywire";

/** RFC 9309 lets a robots.txt be kept for a day. */
const ROBOTS_FRESH_MS = DAY_MS;

/** One that could not be had, in an outage of our own for one, is asked for again: as soon as a feed that failed is. */
const ROBOTS_RETRY_MS = 10 * MINUTE_MS;

/** Sites whose robots.txt is kept; beyond that all are asked for anew. */
const MOST_SITES = 1_000;

/** RFC 9309: at least the first 500 KiB of a robots.txt are read; ours need no more. */
const ROBOTS_BYTES = 512_000;

/** Longer ones are read in another thread. Measured: one of this length, made to be dear, holds the event loop for 10 ms. */
const MOST_ROBOTS_HERE = 64 * 1024;

/** Beyond so much robots.txt all are asked for anew: whoever has many names could fill the memory with theirs. */
const MOST_ROBOTS_KEPT = 16 * 1024 * 1024;

/** RFC 9309: a file that does not exist (4xx) forbids nothing, one that cannot be reached forbids everything. */
const EVERYTHING: Allows = () => true;
const NOTHING: Allows = () => false;

/** What a site's robots.txt allows, and how long the file was. */
type Robots = { readonly allows: Allows; readonly bytes: number };

/**
 * What the robots.txt of an origin allows, kept for as long as it is fresh; asked once, however many pages are wanted at the same
 * time.
 */
export function createRobots(fetcher: Fetcher, clock: () => Date): (origin: string) => Promise<Allows> {
  const known = new Map<string, { until: number; readonly allows: Promise<Allows> }>();
  let kept = 0;
  return (origin) => {
    const now = clock().getTime();
    const fresh = known.get(origin);
    if (fresh !== undefined && fresh.until > now && fresh.until <= now + ROBOTS_FRESH_MS) return fresh.allows;
    if (known.size >= MOST_SITES || kept > MOST_ROBOTS_KEPT) {
      known.clear();
      kept = 0;
    }
    const asked = askForRobots(origin, fetcher);
    const entry = { until: now + ROBOTS_FRESH_MS, allows: asked.then((robots) => robots?.allows ?? NOTHING) };
    known.set(origin, entry);
    asked.then(
      (robots) => {
        if (robots === null) entry.until = now + ROBOTS_RETRY_MS;
        else kept += robots.bytes;
      },
      // The store that keeps the turns failed, not the site: whoever comes next asks again.
      () => known.delete(origin),
    );
    return entry.allows;
  };
}

/** Null when it cannot be had. */
async function askForRobots(origin: string, fetcher: Fetcher): Promise<Robots | null> {
  const url = `${origin}/robots.txt`;
  const answer = await fetcher.get({
    url,
    accept: "text/plain",
    rank: "page",
    maxBytes: ROBOTS_BYTES,
  });
  if (answer.kind === "fetched") {
    const { body, contentType } = answer;
    const isShort = body.length <= MOST_ROBOTS_HERE;
    const allows = isShort
      ? readRobots(decode(body, contentType), ROBOT)
      : await readRobotsAside(body, contentType, ROBOT);
    return allows === null ? null : { allows, bytes: body.length };
  }
  const missing = answer.kind === "gone" || (answer.kind === "failed" && (answer.status ?? 500) < 500);
  return missing ? { allows: EVERYTHING, bytes: 0 } : null;
}
