import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFetcher, type Fetcher, type FetcherOptions } from "#pipeline/fetch/fetch.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";

const NOW = new Date("2026-11-24T08:00:00Z");
/** For what never comes: what does come has its time, on a busy machine too. */
const HURRIED = { connectMs: 300, firstByteMs: 300, totalMs: 900 };

let server: FeedServer;
const fetchers: Fetcher[] = [];

beforeAll(async () => {
  server = await startFeedServer();
});

afterAll(async () => {
  await Promise.all(fetchers.map((fetcher) => fetcher.close()));
  await server.close();
});

function fetcher(given: Partial<FetcherOptions> = {}): Fetcher {
  const made = createFetcher({
    userAgent: "Policywire/test (+https://example.org/bot)",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => NOW,
    pace: { concurrency: 8, intervalMs: 0 },
    ...given,
  });
  fetchers.push(made);
  return made;
}

const get = (path: string, given: Partial<FetcherOptions> = {}) =>
  fetcher(given).get({ url: path.startsWith("http") ? path : server.origin + path });

test("a feed arrives with its bytes, its hash and what the server says of it", async () => {
  const headers = {
    etag: 'W/"5"',
    "last-modified": "Mon, 23 Nov 2026 10:00:00 GMT",
    "cache-control": "public, max-age=600",
    age: "60",
  };
  server.answer("/plain", { body: "<rss/>", headers });
  const outcome = await get("/plain");
  expect(outcome).toMatchObject({
    kind: "fetched",
    status: 200,
    url: `${server.origin}/plain`,
    movedTo: null,
    etag: 'W/"5"',
    lastModified: "Mon, 23 Nov 2026 10:00:00 GMT",
    maxAgeMs: 540_000,
    contentType: "application/xml",
  });
  expect(outcome.kind === "fetched" && Buffer.from(outcome.body).toString()).toBe("<rss/>");
  expect(server.asked.at(-1)?.headers["user-agent"]).toBe("Policywire/test (+https://example.org/bot)");
});

test("both validators are sent back, and 304 means unchanged", async () => {
  server.answer("/known", { body: "<rss/>", conditional: true });
  const first = await get("/known");
  if (first.kind !== "fetched") throw new Error(first.kind);
  const url = `${server.origin}/known`;
  const lastModified = "Mon, 23 Nov 2026 10:00:00 GMT";
  const again = await fetcher().get({ url, validators: { url, etag: first.etag, lastModified } });
  expect(again.kind).toBe("unchanged");
  expect(server.asked.at(-1)?.headers).toMatchObject({
    "if-none-match": first.etag,
    "if-modified-since": "Mon, 23 Nov 2026 10:00:00 GMT",
  });
});

for (const encoding of ["gzip", "deflate", "deflate-raw", "br", "zstd"] as const) {
  test(`a body compressed with ${encoding} is read`, async () => {
    server.answer(`/${encoding}`, { body: "<rss>long enough to be worth it</rss>", encoding });
    const outcome = await get(`/${encoding}`);
    expect(outcome.kind === "fetched" && Buffer.from(outcome.body).toString()).toBe(
      "<rss>long enough to be worth it</rss>",
    );
  });
}

test("a host that never answers, stalls, drips or breaks off ends in a sentence within its deadline", async () => {
  for (const manner of ["hang", "stall", "drip", "hang-up", "break-off"] as const) {
    server.answer("/slow", { manner, body: "x".repeat(400) });
    const started = performance.now();
    const outcome = await get("/slow", { deadlines: HURRIED });
    expect(outcome).toMatchObject({ kind: "failed", network: false });
    expect(outcome.kind === "failed" && outcome.reason).toMatch(/^127\.0\.0\.1 .+\.$/);
    expect(performance.now() - started).toBeLessThan(6_000);
  }
});

test("an endless body is cut at the limit, and so is one that grows when decompressed", async () => {
  server.answer("/endless", { manner: "endless", body: "x".repeat(65_536) });
  server.answer("/bomb", { body: Buffer.alloc(30 * 1024 * 1024), encoding: "gzip" });
  for (const path of ["/endless", "/bomb"]) {
    expect(await get(path)).toMatchObject({ kind: "failed", reason: "The answer is longer than 10240 KiB." });
  }
});

test("a permanent move is told only when every redirect on the way was permanent", async () => {
  server.answer("/old", { status: 301, headers: { location: "/older" } });
  server.answer("/older", { status: 308, headers: { location: "/plain" } });
  server.answer("/mixed", { status: 302, headers: { location: "/older" } });
  expect(await get("/old")).toMatchObject({ kind: "fetched", movedTo: `${server.origin}/plain` });
  expect(await get("/mixed")).toMatchObject({ kind: "fetched", movedTo: null, url: `${server.origin}/plain` });
});

test("five redirects are followed and no more", async () => {
  for (let i = 0; i < 10; i++) server.answer(`/hop${i}`, { status: 302, headers: { location: `/hop${i + 1}` } });
  server.answer("/hop5", { body: "<rss/>" });
  expect(await get("/hop0")).toMatchObject({ kind: "fetched" });
  server.answer("/loop", { status: 302, headers: { location: "/loop" } });
  expect(await get("/loop")).toMatchObject({ kind: "failed", reason: "The server redirects more than 5 times." });
});

test("429 and 503 say when to come back, in seconds or by date; 410 means gone", async () => {
  server.answer("/busy", { status: 429, headers: { "retry-after": "120" } });
  server.answer("/down", { status: 503, headers: { "retry-after": "Tue, 24 Nov 2026 08:10:00 GMT" } });
  server.answer("/gone", { status: 410 });
  expect(await get("/busy")).toEqual({
    kind: "retry-later",
    afterMs: 120_000,
    reason: "The server answered 429 Too Many Requests.",
  });
  expect(await get("/down")).toMatchObject({ kind: "retry-later", afterMs: 600_000 });
  expect(await get("/gone")).toEqual({ kind: "gone", reason: "The server answered 410 Gone." });
});

test("a closed port is a fault of the network", async () => {
  const gone = await startFeedServer();
  await gone.close();
  expect(await get(`${gone.origin}/`)).toEqual({
    kind: "failed",
    network: true,
    status: null,
    reason: "127.0.0.1 refused the connection.",
  });
});

test("loopback is refused unless the operator names it", async () => {
  expect(await get("/plain", { allowNetworks: [] })).toMatchObject({
    kind: "failed",
    network: false,
    reason: expect.stringContaining("not a public address"),
  });
});

test("a flood of headers, an unknown compression and a damaged one are each named", async () => {
  server.answer("/flood", {
    headers: { "x-flood": Array.from({ length: 2_000 }, () => "x".repeat(60)) },
    body: "<rss/>",
  });
  server.answer("/odd", { headers: { "content-encoding": "snappy" }, body: "\u0007rss" });
  server.answer("/broken", { headers: { "content-encoding": "br" }, body: "this is no brotli at all" });
  const reasons = [];
  for (const path of ["/flood", "/odd", "/broken"]) {
    const outcome = await get(path);
    reasons.push(outcome.kind === "failed" ? outcome.reason : outcome.kind);
  }
  expect(reasons).toEqual([
    "127.0.0.1 sent too many headers.",
    "The answer is compressed in a way that was not asked for (snappy).",
    "The answer is compressed and damaged.",
  ]);
});

test("a feed kept as a .gz file, and a body that only claims to be compressed, are read", async () => {
  server.answer("/feed.gz", { body: gzipSync("<rss>kept</rss>") });
  server.answer("/claims", { headers: { "content-encoding": "gzip" }, body: "<rss>plain</rss>" });
  for (const [path, text] of [
    ["/feed.gz", "<rss>kept</rss>"],
    ["/claims", "<rss>plain</rss>"],
  ] as const) {
    const outcome = await get(path);
    expect(outcome.kind === "fetched" && Buffer.from(outcome.body).toString()).toBe(text);
  }
});
