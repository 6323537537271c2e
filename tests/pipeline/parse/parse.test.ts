import { expect, test } from "vitest";
import type { FeedDocument } from "#model/article.ts";
import { parse } from "#pipeline/parse/parse.ts";

async function read(source: string, url: string | null = "https://news.example/feed"): Promise<FeedDocument> {
  const outcome = await parse(Buffer.from(source), { contentType: null, url });
  if (outcome.kind !== "document") throw new Error(outcome.reason);
  return outcome.document;
}

const rss = (items: string) =>
  `<rss version="2.0"><channel><title>Gazette</title><link>https://news.example/</link>${items}</channel></rss>`;

test("markup inside a title is kept, so that no word goes missing", async () => {
  const { entries } = await read(
    rss("<item><title>Rule <em>not</em> adopted</title><link>https://news.example/1</link></item>"),
  );
  expect(entries[0]?.title).toBe("Rule <em>not</em> adopted");
});

test("an RSS item is read with its id, link, dates, author, texts and enclosures", async () => {
  const { format, feed, entries } = await read(
    rss(`<item><title>Audit scope agreed</title><link>/audits?a=1&amp;b=2</link><guid isPermaLink="false">tag-7</guid>
      <pubDate>Mon, 23 Nov 2026 10:30:00 CET</pubDate><author>desk@news.example (Ana Ruiz)</author>
      <description>&lt;p&gt;Both sides signed.&lt;/p&gt;</description>
      <enclosure url="https://news.example/a.mp3" type="audio/mpeg" length="123"/></item>`),
  );
  expect({ format, feed }).toEqual({ format: "rss 2.0", feed: { title: "Gazette", link: "https://news.example/" } });
  expect(entries).toEqual([
    {
      id: "tag-7",
      title: "Audit scope agreed",
      link: "https://news.example/audits?a=1&b=2",
      published: "2026-11-23T09:30:00.000Z",
      updated: null,
      author: "Ana Ruiz",
      summary: "<p>Both sides signed.</p>",
      content: null,
      enclosures: [{ url: "https://news.example/a.mp3", type: "audio/mpeg", length: 123 }],
    },
  ]);
});

test("an Atom entry is read, its xhtml in the order it stands in", async () => {
  const { format, entries } =
    await read(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Register</title>
    <entry><id>urn:1</id><title type="html">Fines &amp;amp; fees</title><link href="https://news.example/fines"/>
    <updated>2026-11-23T10:00:00Z</updated><author><name>Li Wei</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Fines of <b>EUR 5m</b> were <i>not</i> imposed.</p></div></content></entry></feed>`);
  expect(format).toBe("atom 1.0");
  expect(entries[0]).toMatchObject({
    id: "urn:1",
    title: "Fines &amp; fees",
    link: "https://news.example/fines",
    published: null,
    updated: "2026-11-23T10:00:00.000Z",
    author: "Li Wei",
    content: "<p>Fines of <b>EUR 5m</b> were <i>not</i> imposed.</p>",
  });
});

test("a JSON Feed is read", async () => {
  const { format, entries } = await read(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "G",
      items: [{ id: 5, url: "/5", title: "T", content_text: "Body", date_published: "2026-11-23T10:00:00Z" }],
    }),
  );
  expect(format).toBe("json feed 1.1");
  expect(entries[0]).toMatchObject({
    id: "5",
    link: "https://news.example/5",
    content: "Body",
    published: "2026-11-23T10:00:00.000Z",
  });
});

test("a page in place of a feed is named as one, with the feeds it links to", async () => {
  const page = `<!doctype html><html><head><title>News</title><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body></body></html>`;
  expect(await parse(Buffer.from(page), { contentType: "text/html", url: "https://news.example/" })).toEqual({
    kind: "not-a-feed",
    reason: "This is a web page, not a feed.",
    suggestions: ["https://news.example/rss.xml"],
  });
});
