import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "@rowanmanning/feed-parser";
import ICAL from "ical.js";
import Parser from "rss-parser";
import { beforeEach, expect, test } from "vitest";
import type { Library } from "#answers/question.ts";
import { feedAnswer } from "#api/feeds.ts";
import { readOpml } from "#cli/feeds/opml.ts";
import { saveSightings } from "#store/matters.ts";
import { saveStory, storyById } from "#store/stories.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { jsonFeedToAtom, readJsonFeed } from "#support/feed-readers.ts";
import { newsLibrary } from "#support/library.ts";
import { days, NOON } from "#support/stored.ts";

const databases = sqliteDatabases();
let library: Library;

beforeEach(async () => {
  library = await newsLibrary((await databases.open()).db);
});

const ask = (path: string, now = NOON) => feedAnswer(new URL(path, "https://news.example"), library, now);

async function body(path: string, now = NOON): Promise<string> {
  const reply = await ask(path, now);
  expect(reply?.status, reply?.body).toBe(200);
  return reply!.body;
}

const HARBOUR = "Harbour council weighs a fine over missed audits";
const ORDER = "Order on audits of models";
const FERRIES = "Ferries <b>fined</b> & towed";
const ID = (id: number) => `tag:news.example,2026:story/${id}`;
const URL_OF = (id: number) => `https://news.example/stories/${id}`;

test("three readers find the same stories in the Atom feed, hostile titles to the letter", async () => {
  const xml = await body("/latest.atom");
  const expected = [
    [ID(1), HARBOUR, URL_OF(1), "2026-03-02T12:00:00.000Z"],
    [ID(2), ORDER, URL_OF(2), "2026-03-02T12:00:00.000Z"],
    [ID(3), FERRIES, URL_OF(3), "2026-03-02T12:00:00.000Z"],
  ];
  const rssParser = await new Parser().parseString(xml);
  expect(rssParser.items.map((item) => [item["id"], item.title, item.link, item.isoDate])).toEqual(expected);
  const rowan = parseFeed(xml);
  expect(rowan.items.map(({ id, title, url, published }) => [id, title, url, published?.toISOString()])).toEqual(
    expected,
  );
  expect([rowan.meta.type, rowan.self, rowan.url, rowan.title]).toEqual([
    "atom",
    "https://news.example/latest.atom",
    "https://news.example/",
    `${library.pack.name}: latest`,
  ]);
  expect(xml).toContain("<id>tag:news.example,2026:latest</id>");
  expect(await body("/latest.atom?place=EU&point=liability")).toContain(
    "<id><![CDATA[tag:news.example,2026:latest?place=EU&point=liability]]></id>",
  );
  // This one strips tags from titles, whatever they were escaped as.
  const { entries = [] } = extractFromXml(xml);
  expect(entries.map(({ id, link, published }) => [id, link, published])).toEqual(
    expected.map(([id, , url, at]) => [id, url, at]),
  );
  expect(entries[0]?.title).toBe(HARBOUR);
});

test("three readers find the same stories in the JSON feed", async () => {
  const text = await body("/latest.json?point=audit-scope,liability");
  const expected = [1, 2, 3].map((id) => [ID(id), URL_OF(id)]);
  const { entries = [] } = extractFromJson(text);
  expect(entries.map(({ id, link }) => [id, link])).toEqual(expected);
  expect((await readJsonFeed(text)).map(({ id, url }) => [id, url])).toEqual(expected);
  const atom = parseFeed(jsonFeedToAtom(text));
  expect(atom.items.map(({ id, title }) => [id, title])).toEqual(
    expected.map(([id], at) => [id, [HARBOUR, ORDER, FERRIES][at]]),
  );
  expect(JSON.parse(text)).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: "https://news.example/latest.json?point=audit-scope%2Cliability",
    home_page_url: "https://news.example/?point=audit-scope%2Cliability",
    items: [
      { external_url: "https://gazette.example/a", tags: ["Audit scope and frequency", "United States (federal)"] },
      {},
      {},
    ],
  });
});

test("an entry cites every sentence, and nothing in it is markup but ours", async () => {
  const [first, second, third] = JSON.parse(await body("/latest.json")).items;
  expect(first.content_html).toContain(
    '<p>The council met on Monday. <cite>(<a href="https://gazette.example/a">Harbour Gazette</a>, 2 Mar 2026)</cite></p>',
  );
  expect(second.content_html).toContain(">Model Registry</a>, primary source, 2 Mar 2026)</cite>");
  expect(third.content_html).toContain("<li>Ferries &lt;b&gt;fined&lt;/b&gt; &amp; towed <cite>");
});

test("a sentence of a PDF has its page behind it, and opens it there", async () => {
  const document = { url: "https://gazette.example/a.pdf", pageStarts: [0, 0] };
  const set = library.db.updateTable("articles").set({ document: JSON.stringify(document) });
  await set.where("url", "=", "https://gazette.example/a").execute();
  const [first] = JSON.parse(await body("/latest.json")).items;
  expect(first.content_html).toContain(
    '<p>The council met on Monday. <cite>(<a href="https://gazette.example/a.pdf#page=2">Harbour Gazette</a>, p.\u00a02, 2 Mar 2026)</cite></p>',
  );
});

test("what XML cannot hold, and addresses that are none, do no harm", async () => {
  const story = await storyById(library.db, 1);
  await saveStory(library.db, { ...story!, title: "Bell \u0007 and half \uD800 of ]]> a pair" });
  await library.db
    .updateTable("articles")
    .set({ url: "javascript:alert(1)" })
    .where("id", "=", story!.leadArticleId)
    .execute();
  const xml = await body("/latest.atom");
  expect(parseFeed(xml).items[0]?.title).toBe("Bell  and half \uFFFD of ]]> a pair");
  expect(JSON.parse(await body("/latest.json")).items[0].content_html).not.toContain("javascript:");
});

test("an entry keeps its name and is updated by a revision; the feed keeps its tag until then", async () => {
  const tag = async () => (await ask("/latest.atom"))?.headers["etag"];
  const before = await tag();
  expect((await ask("/latest.atom", days(1)))?.headers).toMatchObject({
    etag: before,
    "last-modified": "Mon, 02 Mar 2026 12:00:00 GMT",
  });
  await library.db
    .updateTable("revisions")
    .set({ at: days(1).getTime() })
    .where("number", "=", 2)
    .execute();
  expect(await tag()).not.toBe(before);
  const [first] = JSON.parse(await body("/latest.json")).items;
  expect([first.id, first.date_modified]).toEqual([ID(1), days(1).toISOString()]);
});

test("points, places, matters, searches and stories are followed alike", async () => {
  const titles = async (path: string) => parseFeed(await body(path)).items.map(({ title }) => title);
  expect(await titles("/latest.atom?place=EU")).toEqual([ORDER, FERRIES]);
  expect(await titles("/search.atom?query=ferries")).toEqual([FERRIES]);
  expect(await titles("/matter.atom?matter=US-ID+bill+SB77")).toEqual([HARBOUR]);
  expect(await titles("/stories/1.atom")).toEqual(["Date: 9 Mar 2026 → 23 Mar 2026", "New story: Threatened"]);
  const told = JSON.parse(await body("/stories/1.json"));
  expect(told.title).toBe(`${library.pack.name}: ${HARBOUR}`);
  expect(told.items[0]).toMatchObject({
    id: "tag:news.example,2026:story/1/2",
    content_html: expect.stringContaining("“The hearing was moved from March 9 to March 23.” <cite>"),
  });
  expect(parseFeed(await body("/latest.atom?place=EU&point=liability")).title).toBe(
    `${library.pack.name}: Liability and private suits; European Union`,
  );
});

test("who said what is followed, each by the article that it stands in, and so are matters as they turn up", async () => {
  const { title, items } = parseFeed(await body("/quotes.atom?who=holt"));
  expect(title).toBe(`${library.pack.name}: who said what: “holt”`);
  expect(items.map((item) => [item.id, item.title, item.url, item.published?.toISOString()])).toEqual([
    ["tag:news.example,2026:quote/1/0", "Mara Holt: “Audits keep ports honest”", URL_OF(1), "2026-03-02T12:00:00.000Z"],
  ]);
  expect(JSON.parse(await body("/quotes.json")).items[0].content_html).toBe(
    '<p>Mara Holt, the harbour commissioner: “Audits keep ports honest” <cite>(<a href="https://gazette.example/a">Harbour Gazette</a>, 2 Mar 2026)</cite></p>',
  );
  expect(parseFeed(await body("/quotes.atom?who=nobody")).items).toEqual([]);
  const bill = { key: "US-ID bill HB2", kind: "bill", written: "HB 2", page: null, names: [], step: null, parts: [] };
  await saveSightings(library.db, 3, [bill]);
  const [later, first] = JSON.parse(await body("/matters.json")).items;
  expect([later.title, first.title]).toEqual(["HB2 (US-ID)", "SB77 (US-ID): Honest Robots Reporting Act"]);
  expect(first).toMatchObject({
    id: "tag:news.example,2026:matter/US-ID%20bill%20SB77",
    url: "https://news.example/matter?matter=US-ID+bill+SB77",
    external_url: "https://legislature.example/sb77",
    content_html: "<p>SB77 (US-ID): Honest Robots Reporting Act: 1 article, the first of 2 Mar 2026.</p>",
  });
  expect((await ask("/quotes.atom?point=x"))?.status).toBe(400);
});

test("every view is a calendar of its days, which calendars read", async () => {
  const days = async (path: string) => {
    const calendar = new ICAL.Component(ICAL.parse(await body(path)));
    return calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  };
  for (const path of [
    "/deadlines.ics",
    "/latest.ics?point=audit-scope&since=30d&limit=5",
    "/search.ics?query=council&within=8w",
    "/matter.ics?matter=SB+77+Idaho",
    "/stories/1.ics",
  ]) {
    const [event, ...others] = await days(path);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      summary: `Hearing · moved from 9 Mar 2026: ${HARBOUR}`,
      uid: "1-hearing-2026-03-23@policywire",
      sequence: 0,
    });
    expect(event?.startDate.toString()).toBe("2026-03-23");
    expect(event?.description).toContain("“The hearing was moved from March 9 to March 23.” Harbour Gazette");
  }
  for (const path of ["/deadlines.ics?place=EU", "/search.ics?query=zebras", "/stories/3.ics"])
    expect(await days(path)).toEqual([]);
  const tags = await Promise.all([NOON, new Date(NOON.getTime() + 1_000)].map((now) => ask("/deadlines.ics", now)));
  expect(tags[0]?.headers["etag"]).toBe(tags[1]?.headers["etag"]);
});

test("the catalogue goes through OPML and back by our own import", async () => {
  const { feeds } = library.pack;
  const outlines = readOpml(Buffer.from(await body("/feeds.opml")));
  expect(outlines).toEqual(feeds.map(({ name, url, site }) => ({ name, url, site })));
});

test("what is not there, or cannot be asked so, is said", async () => {
  expect(await ask("/latest.atom?point=x")).toMatchObject({ status: 400 });
  expect(await ask("/search.ics")).toMatchObject({ status: 400 });
  expect(await ask("/deadlines.ics?place=x")).toMatchObject({ status: 400 });
  expect(await ask("/stories/99.atom")).toMatchObject({ status: 404 });
  for (const path of [
    "/",
    "/latest",
    "/deadlines.atom",
    "/quotes.ics",
    "/matters.ics",
    "/trend.atom",
    "/trends.atom",
    "/feeds.atom",
    "/latest.opml",
    "/stories/1.opml",
    "/x.atom",
  ])
    expect(await ask(path)).toBeNull();
});
