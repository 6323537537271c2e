import fc from "fast-check";
import { expect, test } from "vitest";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { createPace, ownTurns, type PaceOptions, paceKey, type Rank } from "#pipeline/fetch/pace.ts";
import { freshForMs, retryAfterMs } from "#pipeline/fetch/retry-after.ts";
import { startFeedServer } from "#support/feed-server.ts";

const NOW = new Date("2026-11-24T08:00:00Z");
const clock = () => new Date();

test("subdomains are one site, and strangers under a suffix or at a shared host are not", () => {
  expect(["www.gazette.example", "feeds.gazette.example", "gazette.example"].map(paceKey)).toEqual(
    Array(3).fill("gazette.example"),
  );
  expect(new Set(["ico.org.uk", "cma.gov.uk", "www.gov.uk"].map(paceKey)).size).toBe(3);
  // The first by the public-suffix list, the others by our own.
  expect(["a.github.io", "a.substack.com", "substack.com"].map(paceKey)).toEqual([
    "a.github.io",
    "a.substack.com",
    "substack.com",
  ]);
  expect(["edpb.europa.eu", "digital-strategy.ec.europa.eu", "127.0.0.1"].map(paceKey)).toEqual([
    "edpb.europa.eu",
    "ec.europa.eu",
    "127.0.0.1",
  ]);
});

/** A pace of its own turns, and how to enter where nothing is paused. */
function paceOf(options: PaceOptions) {
  const closing = new AbortController();
  const pace = createPace(options, ownTurns(clock), clock, closing.signal);
  const enter = async (hostname: string, rank: Rank = "feed") => {
    const entry = await pace.enter(new URL(`https://${hostname}`), rank);
    if (entry.kind === "paused") throw new Error(`${hostname} is paused`);
    return entry.leave;
  };
  return { enter, close: () => closing.abort() };
}

test("at most two requests of a domain are under way at once, first come first served", async () => {
  const { enter } = paceOf({ concurrency: 2, intervalMs: 0 });
  const order: number[] = [];
  const leaves = await Promise.all([enter("a.example"), enter("www.a.example")]);
  const waiting = [2, 3].map((i) => enter("a.example").then((leave) => [order.push(i), leave()]));
  await enter("b.example");
  expect(order).toEqual([]);
  leaves[0]?.();
  await Promise.all(waiting);
  expect(order).toEqual([2, 3]);
});

test("pages come after feeds of their site, and never take its last place", async () => {
  const { enter } = paceOf({ concurrency: 2, intervalMs: 0 });
  const order: string[] = [];
  const run = async (name: string, rank: Rank) => {
    const leave = await enter("a.example", rank);
    order.push(name);
    return leave;
  };
  const leavePage = await run("page 1", "page");
  const pages = [2, 3].map((at) => run(`page ${at}`, "page").then((leave) => leave()));
  const leaveFeed = await run("feed 1", "feed");
  const second = run("feed 2", "feed").then((leave) => leave());
  leaveFeed();
  await second;
  expect(order).toEqual(["page 1", "feed 1", "feed 2"]);
  leavePage();
  await Promise.all(pages);
  expect(order).toEqual(["page 1", "feed 1", "feed 2", "page 2", "page 3"]);
});

test("requests of a domain start an interval apart", async () => {
  const started = performance.now();
  const { enter } = paceOf({ concurrency: 9, intervalMs: 30 });
  await Promise.all([1, 2, 3].map(async () => (await enter("a.example"))()));
  expect(performance.now() - started).toBeGreaterThan(55);
});

test("what waits for its turn does so no longer when all of it is closed", async () => {
  const { enter, close } = paceOf({ concurrency: 2, intervalMs: 3_600_000 });
  (await enter("a.example"))();
  const waiting = Array.from({ length: 40 }, async () => (await enter("a.example"))());
  close();
  await Promise.all(waiting);
});

test("a fetcher that is closed while requests wait for their turn ends them as failed", async () => {
  await using server = await startFeedServer();
  server.answer("/a", { body: "<rss/>" });
  const pace = { concurrency: 1, intervalMs: 3_600_000 };
  const fetcher = createFetcher({ userAgent: "t", allowNetworks: ["127.0.0.0/8"], clock, pace });
  const get = () => fetcher.get({ url: `${server.origin}/a` });
  await get();
  const waiting = [get(), get()];
  await fetcher.close();
  expect((await Promise.all(waiting)).map(({ kind }) => kind)).toEqual(["failed", "failed"]);
});

test("a host that asks one worker for a pause is left alone by those that share its turns", async () => {
  await using server = await startFeedServer();
  const turns = ownTurns(() => NOW);
  const pace = { concurrency: 2, intervalMs: 0 };
  const [first, second] = [1, 2].map(() =>
    createFetcher({ userAgent: "t", allowNetworks: ["127.0.0.0/8"], clock: () => NOW, pace, turns }),
  );
  server.answer("/a", { status: 429, headers: { "retry-after": "60" } });
  const request = { url: `${server.origin}/a` };
  expect(await first!.get(request)).toMatchObject({ kind: "retry-later", reason: expect.stringContaining("429") });
  expect(await second!.get(request)).toMatchObject({ kind: "retry-later", afterMs: 60_000 });
  expect(server.asked).toHaveLength(1);
  await Promise.all([first!.close(), second!.close()]);
});

test("turns and pauses that a wrong clock dated years ahead hold nobody up once it is right", async () => {
  let now = new Date("2036-11-24T08:00:00Z");
  const turns = ownTurns(() => now);
  await turns.take("gazette.example", "gazette.example", 1_000);
  await turns.pause("gazette.example", new Date(now.getTime() + 60_000));
  now = NOW;
  const taken = () => turns.take("gazette.example", "gazette.example", 1_000);
  expect(await taken()).toEqual({ at: NOW, pausedUntil: null });
  const until = new Date(NOW.getTime() + 60_000);
  await turns.pause("gazette.example", until);
  expect(await taken()).toMatchObject({ pausedUntil: until });
});

test("after a 429 the host is left alone until the time it named, and no other host of its site", async () => {
  await using server = await startFeedServer();
  let now = NOW;
  const fetcher = createFetcher({
    userAgent: "t",
    allowNetworks: ["127.0.0.0/8"],
    clock: () => now,
    pace: { concurrency: 2, intervalMs: 0 },
    lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  server.answer("/a", { status: 429, headers: { "retry-after": "60" } }, { body: "<rss/>" });
  server.answer("/b", { body: "<rss/>" });
  const get = (path: string, host = "news.gazette.example") =>
    fetcher.get({ url: `http://${host}:${server.port}${path}` });
  expect((await get("/a")).kind).toBe("retry-later");
  expect(await get("/b")).toMatchObject({ kind: "retry-later", afterMs: 60_000 });
  expect(server.asked).toHaveLength(1);
  expect((await get("/b", "www.gazette.example")).kind).toBe("fetched");
  now = new Date(NOW.getTime() + 60_001);
  expect((await get("/b")).kind).toBe("fetched");
  await fetcher.close();
});

test("Retry-After is read in both forms, and bounded", () => {
  expect(retryAfterMs("120", NOW)).toBe(120_000);
  expect(retryAfterMs("Tue, 24 Nov 2026 08:01:00 GMT", NOW)).toBe(60_000);
  expect(retryAfterMs("Tue, 24 Nov 2020 08:01:00 GMT", NOW)).toBe(0);
  for (const nonsense of [null, "", "soon", "-5", "1e9"]) expect(retryAfterMs(nonsense, NOW)).toBeNull();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.nat().map(String),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      ),
      (header) => {
        const wait = retryAfterMs(header, NOW);
        expect(wait === null || (wait >= 0 && wait <= 86_400_000)).toBe(true);
      },
    ),
  );
});

test("Cache-Control says how long an answer is fresh", () => {
  expect(freshForMs("public, max-age=600", null)).toBe(600_000);
  expect(freshForMs("max-age=600", "590")).toBe(10_000);
  expect(freshForMs("no-cache, max-age=600", null)).toBeNull();
  expect(freshForMs("s-maxage=600", null)).toBeNull();
  expect(freshForMs(null, null)).toBeNull();
});
