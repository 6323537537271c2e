import { expect, test } from "vitest";
import type { Entry, FeedDocument } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { countTurns } from "#support/turns.ts";

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

const articles = async (...entries: Entry[]) =>
  (await normalize(document(...entries), FEED, { identity: null, firstSeenAt: NOW })).articles;

test("an entry becomes an article of plain text, canonical and dated", async () => {
  expect((await articles(entry()))[0]).toMatchObject({
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

const keysOf = async (given: Partial<Entry>) => new Set((await articles(entry(given)))[0]?.keys);

test("an article keeps a key when its guid flips, its address moves to www or a tracker is added, or its title is edited", async () => {
  const known = await keysOf({});
  for (const edit of [
    { id: "other" },
    { link: "http://gazette.example/penalty/?fbclid=1" },
    { title: "Department weighs a penalty", updated: "2026-11-24T07:50:00.000Z" },
    { id: "other", link: "https://new.gazette.example/moved" },
  ]) {
    expect(known.intersection(await keysOf(edit)).size).toBeGreaterThan(0);
  }
});

test("a guid that carries the time of the update identifies nothing", async () => {
  const timed = await keysOf({ id: "https://gazette.example/penalty#2026-11-24T07:12:00Z" });
  expect([...timed].some((key) => key.startsWith("guid"))).toBe(false);
});

test("entries that share a guid but not an address stay two articles", async () => {
  const other = entry({ link: "https://gazette.example/other", title: "Another matter altogether" });
  const both = await articles(entry(), other);
  expect(both).toHaveLength(2);
  expect(new Set(both[0]?.keys).intersection(new Set(both[1]?.keys)).size).toBe(0);
});

test("an entry that stands twice in a document is one article, as last edited", async () => {
  const edited = entry({ updated: "2026-11-24T07:40:00.000Z", summary: "Talks resumed." });
  expect((await articles(entry(), edited)).map(({ text }) => text)).toEqual(["Talks resumed."]);
});

test("the address of the feed or the site identifies no article", async () => {
  const keys = await keysOf({ id: null, link: "https://www.gazette.example", published: null });
  expect([...keys].some((key) => key.startsWith("url"))).toBe(false);
  expect(keys.size).toBe(1);
});

test("recurring titles of whole-hour dates are told apart by nothing but guid and address", async () => {
  const keys = await keysOf({ title: "Sunshine Act meetings notice", published: "2026-11-24T05:00:00.000Z" });
  expect([...keys].some((key) => key.startsWith("title-date"))).toBe(false);
});

test("the kind of identity is the strongest that the feed has throughout, and stays as pinned", async () => {
  const pin = async (identity: null | "url", ...entries: Entry[]) =>
    (await normalize(document(...entries), FEED, { identity, firstSeenAt: NOW })).identity;
  const other = entry({ id: "2", link: "https://gazette.example/2", title: "Second", summary: "Else." });
  expect(await pin(null, entry(), other)).toBe("guid");
  expect(await pin(null, entry({ id: null }), { ...other, id: null })).toBe("url");
  expect(await pin(null, entry({ id: null, link: null }), { ...other, id: null, link: null })).toBe("title-date");
  expect(await pin("url", entry(), other)).toBe("url");
});

test("an entry without any date has none, and a server's zero is none", async () => {
  expect((await articles(entry({ published: null })))[0]?.publishedAt).toBeNull();
  expect((await articles(entry({ published: "1970-01-01T00:00:00.000Z" })))[0]?.publishedAt).toBeNull();
});

test("an entry without a title is called by the beginning of its text", async () => {
  expect((await articles(entry({ title: "" })))[0]?.title).toBe("Talks over audits stalled.");
});

test("text that was encoded twice is mended, quotes and all", async () => {
  const [article] = await articles(entry({ title: "Regulatorâ€™s cafÃ© rule", summary: "Sound: «CAFÉ» and naïve." }));
  expect(article).toMatchObject({ title: "Regulator’s café rule", text: "Sound: «CAFÉ» and naïve." });
});

test("of a document with thousands of entries the newest are kept, and no one waits for it", async () => {
  const many = Array.from({ length: 5_000 }, (_, i) =>
    entry({
      id: `${i}`,
      link: `https://gazette.example/${i}`,
      published: new Date(NOW.getTime() - (5_000 - i) * 60_000).toISOString(),
    }),
  );
  const turns = countTurns();
  const kept = await articles(...many);
  expect(kept).toHaveLength(2_000);
  expect(kept.some(({ url }) => url === "https://gazette.example/4999")).toBe(true);
  expect(turns()).toBeGreaterThanOrEqual(2_000);
});
