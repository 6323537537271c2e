import { expect, test } from "vitest";
import type { Entry, FeedDocument } from "#model/article.ts";
import { parse } from "#pipeline/parse/parse.ts";

async function read(source: string, url: string | null = "https://feeds.example/dir/feed"): Promise<FeedDocument> {
  const outcome = await parse(Buffer.from(source), { contentType: null, url });
  if (outcome.kind !== "document") throw new Error(outcome.reason);
  return outcome.document;
}

const rss = (items: string, link = "https://site.example/news/") =>
  `<rss version="2.0"><channel><title>Gazette</title><link>${link}</link>${items}</channel></rss>`;
const atom = (inner: string, attributes = "") =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>Gazette</title><entry><title>One</title>${inner}</entry></feed>`;
const first = async (source: string, url?: string | null): Promise<Entry> => (await read(source, url)).entries[0]!;
const linkOf = async (link: string): Promise<string | null> =>
  (await first(rss(`<item><title>One</title><link>${link}</link></item>`))).link;

test("an address is escaped once, and has one scheme, that of its site when it has none", async () => {
  for (const [written, meant] of [
    ["https://site.example/a?x=1&amp;amp;y=2", "https://site.example/a?x=1&y=2"],
    ["<![CDATA[https://site.example/a?x=1&amp;y=2]]>", "https://site.example/a?x=1&y=2"],
    ["<![CDATA[https://site.example/a?x=1&amp;amp;y=2]]>", "https://site.example/a?x=1&y=2"],
    ["https://site.example/a%2520b", "https://site.example/a%2520b"],
    ["www.site.example/a", "https://www.site.example/a"],
    ["site.example/a", "https://site.example/a"],
    ["//cdn.example/a", "https://cdn.example/a"],
    ["http:/site.example/a", "http://site.example/a"],
    ["https//site.example/a", "https://site.example/a"],
    ["http:///site.example/a", "http://site.example/a"],
    ["https://https://site.example/a", "https://site.example/a"],
    ["http://https//site.example/a", "https://site.example/a"],
    ["https:\\\\site.example\\a", "https://site.example\\a"],
    ["https://site.example/go?to=https://other.example/", "https://site.example/go?to=https://other.example/"],
    ["urn:isbn:1", "urn:isbn:1"],
  ])
    expect([written, await linkOf(written!)]).toEqual([written, meant]);
});

test("a relative link is the site's where RSS names one, and the document's in Atom", async () => {
  const item = "<item><title>One</title><link>a/1</link></item>";
  expect((await first(rss(item))).link).toBe("https://site.example/news/a/1");
  expect((await first(rss(item), null)).link).toBe("https://site.example/news/a/1");
  expect((await first(rss(item, "/news/"))).link).toBe("https://feeds.example/news/a/1");
  const entry = '<link href="a/1"/>';
  expect((await first(atom(entry))).link).toBe("https://feeds.example/dir/a/1");
  expect((await first(atom(entry, 'xml:base="/base/"'))).link).toBe("https://feeds.example/base/a/1");
  const json = { version: "https://jsonfeed.org/version/1.1", title: "F", home_page_url: "https://site.example/news/" };
  const items = [{ id: "1", url: "a/1", content_html: '<a href="b">b</a>' }];
  expect(await first(JSON.stringify({ ...json, items }))).toMatchObject({
    link: "https://site.example/news/a/1",
    content: '<a href="https://site.example/news/a/b">b</a>',
  });
});

test("links within a text are its page's, or those of the base that stands in it", async () => {
  const text =
    "&lt;a href='b?x=1&amp;amp;y=2'&gt;b&lt;/a&gt; &lt;img src=c.png&gt; &lt;a href=&quot;#note&quot;&gt;n&lt;/a&gt;";
  const item = `<item><title>One</title><link>https://site.example/p/1</link><description>${text}</description></item>`;
  expect((await first(rss(item))).summary).toBe(
    `<a href="https://site.example/p/b?x=1&amp;y=2">b</a> <img src="https://site.example/p/c.png"> <a href="#note">n</a>`,
  );
  const based = '&lt;base href="https://cdn.example/x/"&gt;&lt;a href="b"&gt;b&lt;/a&gt;';
  expect((await first(atom(`<link href="a"/><content type="html">${based}</content>`))).content).toContain(
    'href="https://cdn.example/x/b"',
  );
  const xhtml = `<div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://in.example/z/">
    <p xml:base="y/"><a href="b">b</a><p><a href="c">c</a></p></p><a href="d">d</a></div>`;
  const { content } = await first(atom(`<link href="a"/><content type="xhtml">${xhtml}</content>`));
  for (const link of ["https://in.example/z/y/b", "https://in.example/z/y/c", "https://in.example/z/d"])
    expect(content).toContain(`href="${link}"`);
});

test("a feed within a page is a feed where it says so, and a page that talks of feeds is none", async () => {
  const feed = rss("<item><title>Audits are due</title><link>https://site.example/1</link></item>");
  const escaped = feed.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const page = (body: string) => `<!DOCTYPE html><html><head><title>x</title></head><body>${body}</body></html>`;
  for (const body of [
    feed,
    atom(""),
    `<div><svg></svg>${feed}</div>`,
    `<pre style="white-space: pre-wrap">${escaped}</pre>`,
  ])
    expect((await read(page(body))).entries).toHaveLength(1);
  for (const body of [
    `<script>const feed = '${feed}';</script>`,
    `<textarea>${feed}</textarea>`,
    `<!-- ${feed} -->`,
    `<p>So it looks:</p><pre>${escaped}</pre>`,
    "<feed><entry><title>x</title></entry></feed><channel><item>x</item></channel>",
  ])
    await expect(read(page(body))).rejects.toThrow("This is a web page, not a feed.");
});

test("a `div` is kept wherever it stands for an entry's text", async () => {
  const bare = await first(rss("<item><title>One</title><link>https://site.example/1</link><div>Bare</div></item>"));
  expect(bare.content).toBe("Bare");
  const odd = await first(atom('<link href="a"/><content type="xhtml"><div title="a > b">Kept</div></content>'));
  expect(odd.content).toBe("Kept");
});
