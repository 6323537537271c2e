import { expect, test } from "vitest";
import type { Entry, FeedDocument } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";

const NOW = new Date("2026-11-24T08:00:00Z");

const FEED: Feed = {
  id: "gazette",
  name: "The Gazette",
  url: "https://gazette.example/feed",
  site: "https://gazette.example/",
  place: "US",
  kind: "press",
  primary: false,
  fullText: "auto",
};

const entry = (given: Partial<Entry> = {}): Entry => ({
  id: "id-1",
  title: "Department weighs penalty",
  link: "https://www.gazette.example/penalty?utm_source=rss",
  published: "2026-11-24T07:12:00.000Z",
  updated: null,
  author: null,
  summary: "<p>Talks over audits stalled.</p><p>A deadline nears.</p>",
  content: null,
  enclosures: [],
  ...given,
});

const document = (...entries: Entry[]): FeedDocument => ({
  format: "rss 2.0",
  feed: { title: "The Gazette", link: null },
  entries,
  minIntervalMs: null,
});

const articles = (...entries: Entry[]) =>
  normalize(document(...entries), FEED, { identity: null, firstSeenAt: NOW }).articles;

test("an entry becomes an article of plain text, canonical and dated", () => {
  expect(articles(entry())[0]).toMatchObject({
    feedId: "gazette",
    url: "https://www.gazette.example/penalty?utm_source=rss",
    canonicalUrl: "https://gazette.example/penalty",
    title: "Department weighs penalty",
    text: "Talks over audits stalled.\n\nA deadline nears.",
    textFrom: "summary",
    publishedAt: new Date("2026-11-24T07:12:00Z"),
    firstSeenAt: NOW,
  });
});

test("an article keeps a key when its guid flips, its address moves to www or a tracker is added", () => {
  const keys = (given: Partial<Entry>) => new Set(articles(entry(given))[0]?.keys);
  const known = keys({});
  for (const edit of [
    { id: "other" },
    { link: "http://gazette.example/penalty/?fbclid=1" },
    { title: "Department weighs a penalty" },
  ]) {
    expect(known.intersection(keys(edit)).size).toBeGreaterThan(0);
  }
});

test("a guid that carries the time of the update identifies nothing", () => {
  const timed = articles(entry({ id: "https://gazette.example/penalty#2026-11-24T07:12:00Z" }))[0];
  expect(timed?.keys.some((key) => key.startsWith("guid"))).toBe(false);
});

test("entries that share a guid but not an address stay two articles", () => {
  const both = articles(entry(), entry({ link: "https://gazette.example/other", title: "Another matter altogether" }));
  expect(both).toHaveLength(2);
  expect(new Set(both[0]?.keys).intersection(new Set(both[1]?.keys)).size).toBe(0);
});

test("an entry without any date has none", () => {
  expect(articles(entry({ published: null }))[0]?.publishedAt).toBeNull();
});
