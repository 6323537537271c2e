import { expect, test } from "vitest";
import { parse } from "#pipeline/parse/parse.ts";
import { ATOM, COUNT, FIXTURES, JSON_FEED, RDF, RSS, titles } from "#support/feed-fixtures.ts";

const read = (source: string | Uint8Array) =>
  parse(Buffer.from(source), { contentType: null, url: "https://authority.example/feed" });

async function entriesOf(source: string | Uint8Array) {
  const outcome = await read(source);
  return outcome.kind === "document" ? outcome.document.entries : [];
}

/** Puts `junk` somewhere into the third entry, or where `at` says. */
const after = (mark: RegExp, junk: string) => (source: string) => {
  let seen = 0;
  return source.replace(new RegExp(mark, "g"), (found) => (++seen === 3 ? found + junk : found));
};

const everywhere = (mark: RegExp, replacement: string) => (source: string) =>
  source.replace(new RegExp(mark, "g"), replacement);

const TEXT = /<(?:description|summary[^>]*)>/;

/** What is done to documents out there, each to every fixture in XML. */
const BREAKAGES: Readonly<Record<string, (source: string) => string | Uint8Array>> = {
  "a raw ampersand": after(TEXT, "Research & development "),
  "a raw less-than sign": after(TEXT, "costs < 5m and < 3 weeks "),
  "an entity of HTML that nobody declared": after(TEXT, "&nbsp;&eacute;&hellip; "),
  "an entity that nobody knows": after(TEXT, "&nosuchthing; "),
  "a character reference to nothing": after(TEXT, "&#0;&#x1F;&#xFFFF;&#99999999; "),
  "control characters": after(TEXT, "\u0001\u0008\u000B "),
  "a NUL byte": after(TEXT, "\0"),
  "markup that is not closed": after(TEXT, "<p>one<p>two<br>three <b>four "),
  "a stray end tag": after(TEXT, "</b></div> "),
  "unquoted and valueless attributes": after(TEXT, "<a href=https://a.example/?x=1 target=_blank disabled>link</a> "),
  "an attribute whose quote never closes": after(TEXT, '<a href="https://a.example/>link</a> '),
  "a script": after(TEXT, "<script>if (a < b && c > d) { x = '</p>'; }</script>"),
  "two hyphens in a comment": after(TEXT, "<!-- a -- b --- c -->"),
  "a comment between entries": (source) =>
    source.replace(/(<\/(?:item|entry)>)/, "$1<!-- <item><title>no</title></item> -->"),
  "a CDATA section within text": after(TEXT, "<![CDATA[a <b>b</b> & c]]> "),
  "a processing instruction": after(/<(?:item|entry)\b[^>]*>/, "<?php echo 1 ?>"),
  "blank lines before the declaration": (source) => `\n\n  ${source}`,
  "text before the document": (source) => `Warning: mysql_connect() failed on line 3\n${source}`,
  "markup before the document": (source) =>
    `<br />\n<b>Notice</b>: undefined index in <b>/www/feed.php</b><br />\n${source}`,
  "text behind the document": (source) => `${source}\n<!-- cached --> trailing words <p>`,
  "a byte-order mark": (source) => `\uFEFF${source}`,
  "two byte-order marks": (source) => `\uFEFF\uFEFF${source}`,
  "no XML declaration": everywhere(/<\?xml[^>]*\?>/, ""),
  "a declaration that names the wrong encoding": everywhere(/encoding="UTF-8"/, 'encoding="utf-16"'),
  "no version": everywhere(/ version="2\.0"/, ""),
  "namespaces that nobody declared": everywhere(/ xmlns:(?:dc|content)="[^"]*"/, ""),
  "a document type with entities that grow": (source) =>
    source.replace("?>", '?><!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'),
  "element names in capitals": (source) =>
    source.replace(
      /<(\/?)(item|entry|title|link|description|channel)\b/g,
      (_, slash, name) => `<${slash}${name.toUpperCase()}`,
    ),
  "items that are not closed": everywhere(/<\/(?:item|entry)>/, ""),
  "titles that are not closed": everywhere(/<\/title>(?=<link)/, ""),
  "the end of the document missing": (source) => source.slice(0, source.lastIndexOf("</") - 1),
  "invalid UTF-8": (source) => {
    const bytes = Buffer.from(source);
    const at = bytes.indexOf("asks for views");
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc3, 0x28, 0xff, 0x92]), bytes.subarray(at)]);
  },
  "windows-1252 under the name of UTF-8": (source) =>
    Buffer.from(
      source.replaceAll("asks", "asks “”".normalize()).replaceAll("“", "\u0093").replaceAll("”", "\u0094"),
      "latin1",
    ),
};

test("there are as many kinds of breakage as the field has found", () => {
  expect(Object.keys(BREAKAGES).length).toBeGreaterThanOrEqual(31);
});

for (const [kind, breaks] of Object.entries(BREAKAGES)) {
  test(`every entry survives ${kind}`, async () => {
    for (const source of [RSS, ATOM, RDF]) {
      const entries = await entriesOf(breaks(source));
      expect(entries.map((entry) => entry.title)).toEqual(titles());
      expect(entries.every((entry) => entry.link?.startsWith("https://authority.example/consultations/"))).toBe(true);
      expect(entries.every((entry) => entry.published ?? entry.updated)).toBe(true);
    }
  });
}

test("a document cut anywhere yields every entry that was complete", async () => {
  for (const source of Object.values(FIXTURES)) {
    const end = source === JSON_FEED ? /\n {2}\}/g : /<\/(?:item|entry)>/g;
    for (const share of [0.2, 0.4, 0.6, 0.8, 0.95]) {
      const cut = source.slice(0, Math.floor(source.length * share));
      const complete = [...cut.matchAll(end)].length;
      const entries = await entriesOf(cut);
      expect(entries.length).toBeGreaterThanOrEqual(complete);
      expect(entries.slice(0, complete).map(({ title }) => title)).toEqual(titles().slice(0, complete));
    }
  }
  expect((await entriesOf(RSS)).length).toBe(COUNT);
});

const page = (body: string, head = "") =>
  `<!DOCTYPE html><html><head><title>Authority</title>${head}</head><body>${body}</body></html>`;

/** Documents that servers give in place of feeds. */
const NOT_FEEDS: readonly string[] = [
  "",
  " \n ",
  "\0\0\0\0",
  "Not found",
  "error: too many connections",
  "404",
  "null",
  "[]",
  "{}",
  '{"error":"forbidden"}',
  '{"items":[{"title":"A"}]}',
  '[{"id":1,"title":"A post of some API"}]',
  '{"version":"2.0","items":[]}',
  page("<h1>News</h1>"),
  page("<article><h2>One</h2></article><article><h2>Two</h2></article>"),
  page("<p>Please enable JavaScript and cookies to continue</p>"),
  page("<form action=/login><input name=user></form>"),
  page("<ul><li><a href=/1>One</a></li></ul>", "<link rel=stylesheet href=/a.css>"),
  page("<table><tr><td>channel</td><td>item</td></tr></table>"),
  page("<svg><title>feed</title><channel></channel></svg>"),
  "<html><body><p>one<p>two",
  "<p>Just a paragraph</p>",
  "<h1>503 Service Unavailable</h1>",
  `<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>`,
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>`,
  `<?xml version="1.0"?><sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>`,
  `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`,
  `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/"><foaf:Person/></rdf:RDF>`,
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body/></soap:Envelope>`,
  `<?xml version="1.0"?><xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="rss"/></xsl:stylesheet>`,
  "%PDF-1.7\n%âãÏÓ",
  "PK\u0003\u0004 a zip",
];

test("no entry is invented from what is not a feed, and each is named", async () => {
  expect(NOT_FEEDS.length).toBeGreaterThanOrEqual(30);
  for (const source of NOT_FEEDS) {
    const outcome = await read(source);
    expect([source, outcome.kind]).toEqual([source, "not-a-feed"]);
    expect(outcome.kind === "not-a-feed" && outcome.reason).toMatch(/^[A-Z].+\.$/);
  }
});

test("a JSON Feed with line breaks in its strings, or a comma too many, keeps every entry", async () => {
  const broken = [JSON_FEED.replace(/"title": "/g, '"title": "\n\t'), JSON_FEED.replace(/\n( *)([}\]])/g, ",\n$1$2")];
  for (const source of broken) {
    expect(() => JSON.parse(source)).toThrow();
    expect(await entriesOf(source)).toHaveLength(COUNT);
    expect((await entriesOf(source.slice(0, source.lastIndexOf("]")))).length).toBeGreaterThanOrEqual(COUNT - 1);
  }
});
