import { type Attributes, readAttributes, readTag } from "#text/markup.ts";

/** What stands where a feed should be, in a sentence. */
export function describeOther(text: string): string {
  const start = text.slice(0, 4_096).trimStart();
  if (start === "") return "The document is empty.";
  if (/^[[{]/.test(start)) return "This is JSON, but not a JSON Feed.";
  if (/<opml[\s>]/i.test(start))
    return "This is an OPML list of feeds, not a feed; `policywire feeds import` reads it.";
  if (/<(?:urlset|sitemapindex)[\s>]/i.test(start)) return "This is a sitemap, not a feed.";
  if (/<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(start)) return "This is a web page, not a feed.";
  if (/^<\?xml|^<[a-z]/i.test(start)) return "This is XML, but no feed format that is known.";
  return "This is not a feed.";
}

const FEED_TYPES =
  /^(?:(?:application|text)\/(?:x[-.])?(?:rss|atom|rdf)(?:\+xml)?|application\/feed\+json|application\/json|(?:text|application)\/xml)\b/i;

/** Links far down a page are not in its head. */
const HEAD_LENGTH = 512 * 1024;
/** More suggestions than this help nobody. */
const MOST_SUGGESTIONS = 10;

/** Addresses of the feeds that a page offers in `<link rel="alternate">`, against its own `<base>`, those of comments last. */
export function feedsLinkedFrom(page: string, url: string | null): string[] {
  const head = page.slice(0, HEAD_LENGTH);
  const found = new Map<string, boolean>();
  const tags: { readonly name: string; readonly attributes: Attributes }[] = [];
  for (const { index } of head.matchAll(/<(?:link|base)\s/gi)) {
    const tag = readTag(head, index);
    if (tag === null) break;
    tags.push({ name: tag.name.toLowerCase(), attributes: readAttributes(head, tag) });
  }
  // The first base counts, for all links, wherever it stands.
  const own = tags.find(({ name, attributes }) => name === "base" && attributes["href"])?.attributes["href"] ?? "";
  const base = URL.parse(own, url ?? undefined)?.href ?? url ?? undefined;
  for (const { name, attributes } of tags) {
    const { rel = "", type = "", href = "", title = "" } = attributes;
    if (name !== "link") continue;
    if (!/\balternate\b|\bfeed\b/i.test(rel) || href === "" || !(FEED_TYPES.test(type) || /\bfeed\b/i.test(rel)))
      continue;
    // WordPress offers its JSON API in the same words.
    if (/wp-json|oembed/i.test(href)) continue;
    const address = URL.parse(href, base)?.href ?? href;
    if (!found.has(address)) found.set(address, /comment/i.test(title + address));
  }
  return [...found]
    .sort((a, b) => Number(a[1]) - Number(b[1]))
    .map(([address]) => address)
    .slice(0, MOST_SUGGESTIONS);
}
