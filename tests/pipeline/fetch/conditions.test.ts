import { afterEach, beforeEach, expect, test } from "vitest";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { type Answer, type FeedServer, startFeedServer } from "#support/feed-server.ts";

let server: FeedServer;
let fetcher: Fetcher;

beforeEach(async () => {
  server = await startFeedServer();
  const clock = () => new Date("2026-11-24T08:00:00Z");
  const pace = { concurrency: 9, intervalMs: 0 };
  fetcher = createFetcher({ userAgent: "Policywire/test", allowNetworks: ["127.0.0.0/8"], clock, pace });
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

const at = (path: string) => `${server.origin}${path}`;
const EARLIER = "Mon, 23 Nov 2026 10:00:00 GMT";
const NOT_MODIFIED: Answer = { status: 304 };
const WHOLE: Answer = { body: "<rss/>" };

/** Asks for what is held of a path. */
const ask = (path: string, held: { readonly etag?: string; readonly lastModified?: string } = {}) =>
  fetcher.get({
    url: at(path),
    validators: { url: at(path), etag: held.etag ?? null, lastModified: held.lastModified ?? null },
  });

const askedOf = (path: string) => server.asked.filter((asked) => asked.path === path).map(({ headers }) => headers);

test("a date from the future, from before the Web, or that is none is not sent", async () => {
  server.answer("/feed", WHOLE);
  const untrue = [
    "Sat, 16 Nov 2041 19:11:00 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Tue, 01 Jan 1980 00:00:01 GMT",
    "-1",
  ];
  for (const lastModified of untrue) await ask("/feed", { etag: '"1"', lastModified });
  for (const headers of askedOf("/feed")) {
    expect(headers).toMatchObject({ "if-none-match": '"1"' });
    expect(headers).not.toHaveProperty("if-modified-since");
  }
  await ask("/feed", { lastModified: EARLIER });
  expect(askedOf("/feed").at(-1)).toMatchObject({ "if-modified-since": EARLIER });
});

test("a 304 that nothing asked for is asked again for the whole, past every cache", async () => {
  for (const held of [{}, { lastModified: "Sat, 16 Nov 2041 19:11:00 GMT" }]) {
    server.answer("/feed", NOT_MODIFIED, WHOLE);
    expect((await ask("/feed", held)).kind).toBe("fetched");
    expect(askedOf("/feed").at(-1)).toMatchObject({ "cache-control": "no-cache" });
  }
});

test("who answers 304 even to that is told of in a sentence", async () => {
  server.answer("/feed", NOT_MODIFIED);
  expect(await ask("/feed")).toMatchObject({
    kind: "failed",
    reason: "The server answered 304 Not Modified to a request for all of it.",
  });
  expect(server.asked).toHaveLength(2);
});

test("a 304 of another version than the one that is held is asked again for the whole", async () => {
  server.answer("/feed", { status: 304, headers: { etag: '"2"' } }, WHOLE);
  const answer = await ask("/feed", { etag: '"1"', lastModified: EARLIER });
  expect(answer).toMatchObject({ kind: "fetched", movedTo: null });
});

test("a 304 whose tag is the same but for weakness, quotes or compression is believed", async () => {
  const same = [
    ['W/"ab"', '"ab"'],
    ['"ab-gzip"', '"ab"'],
    ['"ab"', 'W/"ab;br"'],
    ["ab", '"ab"'],
  ] as const;
  for (const [held, said] of same) {
    server.answer("/feed", { status: 304, headers: { etag: said } });
    expect((await ask("/feed", { etag: held })).kind).toBe("unchanged");
  }
});

test("what one address said is not sent to another one that it leads to", async () => {
  server.answer("/feed", { status: 302, headers: { location: "/other" } });
  server.answer("/other", WHOLE);
  await ask("/feed", { etag: '"1"', lastModified: EARLIER });
  expect(askedOf("/feed")[0]).toMatchObject({ "if-none-match": '"1"' });
  for (const name of ["if-none-match", "if-modified-since"]) expect(askedOf("/other")[0]).not.toHaveProperty(name);
});

test("what is held of the address that a feed leads to is sent there", async () => {
  server.answer("/feed", { status: 302, headers: { location: "/other" } });
  server.answer("/other", NOT_MODIFIED);
  const validators = { url: at("/other"), etag: '"1"', lastModified: null };
  expect((await fetcher.get({ url: at("/feed"), validators })).kind).toBe("unchanged");
  expect(askedOf("/feed")[0]).not.toHaveProperty("if-none-match");
});
