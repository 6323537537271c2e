import type { Feed } from "#model/feed.ts";
import type { Published } from "./week.ts";

/** A feed document as a server sends it. */
type Rendered = { readonly contentType: string; readonly body: Buffer };

type Render = (feed: Feed, entries: readonly Published[]) => Rendered;

/** The five formats of the demo, by the ending of a feed's address. */
export const FORMATS: Readonly<Record<string, Render>> = {
  rss: (feed, entries) => xml("application/rss+xml; charset=utf-8", "utf-8", rss(feed, entries, "utf-8")),
  // Told by the XML declaration alone, as older papers do.
  xml: (feed, entries) => xml("text/xml", "windows-1252", rss(feed, entries, "windows-1252")),
  atom: (feed, entries) => xml("application/atom+xml", "utf-8", atom(feed, entries)),
  rdf: (feed, entries) => xml("application/rdf+xml", "utf-8", rdf(feed, entries)),
  json: (feed, entries) => ({
    contentType: "application/feed+json",
    body: Buffer.from(JSON.stringify(jsonFeed(feed, entries), null, 2)),
  }),
};

const link = (feed: Feed, { slug }: Published): string => `${feed.site}/${slug}`;
const html = ({ paragraphs }: Published): string => paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("\n");

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** latin1 is windows-1252 save for 27 characters, which become references. */
function xml(contentType: string, charset: "utf-8" | "windows-1252", text: string): Rendered {
  if (charset === "utf-8") return { contentType, body: Buffer.from(text, "utf8") };
  const ascii = text.replace(/[^\0-\xff]/gu, (character) => `&#${character.codePointAt(0)};`);
  return { contentType, body: Buffer.from(ascii, "latin1") };
}

function rss(feed: Feed, entries: readonly Published[], charset: string): string {
  const items = entries.map(
    (entry) => `    <item>
      <title>${escaped(entry.title)}</title>
      <link>${link(feed, entry)}</link>
      <guid isPermaLink="false">${feed.id}-${entry.slug}</guid>
      <pubDate>${entry.dated.toUTCString()}</pubDate>${entry.by === null ? "" : `\n      <dc:creator>${escaped(entry.by)}</dc:creator>`}
      <description>${escaped(entry.paragraphs[0] ?? "")}</description>
      <content:encoded>${escaped(html(entry))}</content:encoded>
    </item>`,
  );
  return `<?xml version="1.0" encoding="${charset}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${escaped(feed.name)}</title>
    <link>${feed.site}</link>
    <description>${escaped(feed.name)}</description>
${items.join("\n")}
  </channel>
</rss>
`;
}

function atom(feed: Feed, entries: readonly Published[]): string {
  const items = entries.map(
    (entry) => `  <entry>
    <id>${link(feed, entry)}</id>
    <title>${escaped(entry.title)}</title>
    <link rel="alternate" href="${link(feed, entry)}"/>
    <published>${entry.dated.toISOString()}</published>
    <updated>${entry.dated.toISOString()}</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${html(entry)}</div></content>
  </entry>`,
  );
  const updated = entries[0]?.dated ?? new Date(0);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${feed.site}/</id>
  <title>${escaped(feed.name)}</title>
  <link rel="alternate" href="${feed.site}"/>
  <updated>${updated.toISOString()}</updated>
${items.join("\n")}
</feed>
`;
}

function rdf(feed: Feed, entries: readonly Published[]): string {
  const items = entries.map(
    (entry) => `  <item rdf:about="${link(feed, entry)}">
    <title>${escaped(entry.title)}</title>
    <link>${link(feed, entry)}</link>
    <dc:date>${entry.dated.toISOString()}</dc:date>
    <description>${escaped(html(entry))}</description>
  </item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="${feed.site}">
    <title>${escaped(feed.name)}</title>
    <link>${feed.site}</link>
    <description>${escaped(feed.name)}</description>
    <items><rdf:Seq>${entries.map((entry) => `<rdf:li rdf:resource="${link(feed, entry)}"/>`).join("")}</rdf:Seq></items>
  </channel>
${items.join("\n")}
</rdf:RDF>
`;
}

function jsonFeed(feed: Feed, entries: readonly Published[]): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.name,
    home_page_url: feed.site,
    items: entries.map((entry) => ({
      id: `${feed.id}-${entry.slug}`,
      url: link(feed, entry),
      title: entry.title,
      content_html: html(entry),
      date_published: entry.dated.toISOString(),
      ...(entry.by === null ? {} : { authors: [{ name: entry.by }] }),
    })),
  };
}
