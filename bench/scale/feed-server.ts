import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { documentOf } from "./feeds.ts";

/**
 * Serves the simulated feeds, in a process of its own so that it costs the measured one nothing. Arguments: how many times busier
 * than usual they publish, how long an answer takes at most, in milliseconds. Asked by any message, it tells what it was asked.
 */
export type Report = {
  readonly polls: number;
  readonly unchanged: number;
  /** Polls that began while another poll of the same feed was under way. */
  readonly overlaps: number;
  /** For each feed the moments of its polls, epoch milliseconds. */
  readonly times: Readonly<Record<string, readonly number[]>>;
};

const [busier = 1, slowestMs = 0] = process.argv.slice(2).map(Number);
const times: Record<string, number[]> = {};
const underWay = new Set<number>();
let [polls, unchanged, overlaps] = [0, 0, 0];

const server = createServer(async (request, response) => {
  const feed = Number(request.url?.slice(1));
  if (!Number.isInteger(feed)) return void response.writeHead(404).end();
  const now = Date.now();
  polls += 1;
  if (underWay.has(feed)) overlaps += 1;
  underWay.add(feed);
  // Also when whoever asked was killed.
  response.on("close", () => underWay.delete(feed));
  times[feed] ??= [];
  times[feed].push(now);
  const { etag, body } = documentOf(feed, now, String(polls), busier);
  if (slowestMs > 0) await pause(Math.random() * slowestMs);
  if (etag !== null && request.headers["if-none-match"] === etag) {
    unchanged += 1;
    response.writeHead(304, { etag }).end();
  } else response.writeHead(200, { "content-type": "application/rss+xml", ...(etag && { etag }) }).end(body());
});

process.on("message", () => process.send?.({ polls, unchanged, overlaps, times } satisfies Report));
process.on("disconnect", () => process.exit());
// A terminal's Ctrl-C reaches the bench, which lets go of us when it has ended.
process.on("SIGINT", () => {});
server.listen(0, "0.0.0.0", () => process.send?.((server.address() as AddressInfo).port));
