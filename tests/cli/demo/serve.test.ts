import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadPack } from "#app/pack.ts";
import { serveWeek, type WeekServer } from "#cli/demo/serve.ts";
import { loadWeek, publishedBy } from "#cli/demo/week.ts";
import { parse } from "#pipeline/parse/parse.ts";
import { plainText } from "#text/plain-text.ts";

const week = loadWeek("feeds/demo/week.yaml");
const loaded = loadPack("feeds/demo");
if (!loaded.ok) throw new Error("the demo's pack does not load");
const { feeds } = loaded.pack;

describe("the written week", () => {
  it("belongs to the feeds of its pack, and gives each something to say", () => {
    const named = new Set(week.map(({ feed }) => feed));
    expect(named).toEqual(new Set(feeds.map(({ id }) => id)));
    expect(week.length).toBeGreaterThanOrEqual(40);
  });

  it("stands in the order of time", () => {
    const times = week.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("gives no two entries of a feed the same address", () => {
    for (const { id } of feeds) {
      const slugs = publishedBy(week, id, new Date("2027-01-01")).map(({ slug }) => slug);
      expect(slugs).toEqual([...new Set(slugs)]);
    }
  });

  it("keeps the address of an entry through its edits", () => {
    const before = publishedBy(week, "gazette", new Date("2026-09-09T12:00:00Z"))[0];
    const after = publishedBy(week, "gazette", new Date("2026-09-09T16:00:00Z")).find(
      ({ slug }) => slug === before?.slug,
    );
    expect(before?.title).toContain("42 million");
    expect(after?.title).toContain("38 million");
    expect(after?.paragraphs.join()).not.toContain("42 million");
  });

  it("re-dates an old item in silence", () => {
    const talks = (at: string) =>
      publishedBy(week, "courier", new Date(at)).find(({ title }) => title.includes("opens talks"));
    expect(talks("2026-09-10T12:00:00Z")?.dated).toEqual(new Date("2026-09-04T16:20:00Z"));
    expect(talks("2026-09-11T12:00:00Z")).toMatchObject({
      dated: new Date("2026-09-11T06:00:00Z"),
      slug: talks("2026-09-10T12:00:00Z")?.slug,
    });
  });
});

describe("the server of the week", () => {
  let now: Date;
  let server: WeekServer;
  beforeEach(async () => {
    now = new Date("2026-09-07T08:00:00Z");
    server = await serveWeek(week, feeds, () => now);
  });
  afterEach(() => server.close());
  const urlOf = (id: string) => server.feeds.find((feed) => feed.id === id)?.url ?? "";
  const bodyOf = async (id: string) => (await fetch(urlOf(id))).text();

  it("answers for each feed in a format of its own", async () => {
    const types = await Promise.all(
      server.feeds.map(async ({ url }) => (await fetch(url)).headers.get("content-type")),
    );
    expect(new Set(types).size).toBe(5);
    expect(await bodyOf("courier")).toContain('<rss version="2.0"');
    expect(await bodyOf("department")).toContain("http://www.w3.org/2005/Atom");
    expect(await bodyOf("court")).toContain("<rdf:RDF");
    expect(JSON.parse(await bodyOf("meter"))).toMatchObject({ version: "https://jsonfeed.org/version/1.1" });
  });

  it("is read without a loss: every title, date and paragraph of every format", async () => {
    now = new Date("2026-09-14T14:00:00Z");
    for (const { id, url, name } of server.feeds) {
      const answer = await fetch(url);
      const body = new Uint8Array(await answer.arrayBuffer());
      const parsed = await parse(body, { contentType: answer.headers.get("content-type"), url });
      if (parsed.kind !== "document") return expect.fail(`${id}: ${parsed.reason}`);
      const { entries, feed } = parsed.document;
      const published = publishedBy(week, id, now);
      expect(feed.title).toBe(name);
      expect(entries.map(({ title }) => title)).toEqual(published.map(({ title }) => title));
      expect(entries.map((entry) => entry.published)).toEqual(published.map(({ dated }) => dated.toISOString()));
      for (const [at, { paragraphs }] of published.entries()) {
        const text = plainText(entries[at]?.content ?? entries[at]?.summary ?? "");
        for (const paragraph of paragraphs) expect(text).toContain(paragraph);
      }
    }
  });

  it("shows an entry from the minute of its publication", async () => {
    expect(await bodyOf("gazette")).not.toContain("may face penalty");
    now = new Date("2026-09-07T08:40:00Z");
    expect(await bodyOf("gazette")).toContain("may face penalty");
  });

  it("sends the gazette in windows-1252, as its XML declaration alone says", async () => {
    now = new Date("2026-09-07T09:00:00Z");
    const answer = await fetch(urlOf("gazette"));
    expect(answer.headers.get("content-type")).toBe("text/xml");
    const text = new TextDecoder("windows-1252").decode(await answer.arrayBuffer());
    expect(text).toContain('encoding="windows-1252"');
    expect(text).toContain("Roché");
  });

  it("answers 304 while nothing changed, and 404 elsewhere", async () => {
    const first = await fetch(urlOf("courier"));
    await first.arrayBuffer();
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await fetch(urlOf("courier"), { headers })).status).toBe(304);
    now = new Date("2026-09-07T17:00:00Z");
    expect((await fetch(urlOf("courier"), { headers })).status).toBe(200);
    expect((await fetch(new URL("/nothing.rss", urlOf("courier")))).status).toBe(404);
  });
});
