import type { Found, SourceReader } from "#model/source-reader.ts";
import { feedAddress } from "./address.ts";

/** Where sites keep their feeds when they do not say; the commonest first. */
const COMMON_PATHS = ["/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"];

/** What an address led to; `tried` are the feeds that its page links to, and why none of them is one. */
type Discovered =
  | Found
  | {
      readonly kind: "other";
      readonly reasons: readonly string[];
      readonly tried: readonly { url: string; reason: string }[];
    };

/**
 * The source at or behind an address: a feed in one request, else one that its page links to, else the common places of its site;
 * then the address itself as what it is, an interface, a sitemap or a page, and last what the site's sitemap lists below it.
 */
export async function discover(reader: SourceReader, address: string): Promise<Discovered> {
  const first = await reader.discover(address);
  if (first.kind === "document") return first;
  const linked = new Set(first.suggestions.map(feedAddress));
  linked.delete(address);
  const tried: { url: string; reason: string }[] = [];
  for (const url of linked) {
    const read = await reader.read({ url });
    if (read.kind === "document") return read;
    tried.push({ url, reason: read.reason });
  }
  const { otherwise } = first;
  const isPage = otherwise === null || otherwise.source.source === "page";
  const site = URL.parse(address);
  for (const url of isPage && site !== null ? COMMON_PATHS.map((path) => new URL(path, site).href) : []) {
    if (linked.has(url) || url === address) continue;
    const read = await reader.read({ url });
    if (read.kind === "document") return read;
  }
  if (otherwise !== null && "document" in otherwise && otherwise.document.entries.length > 0)
    return { kind: "document", url: address, ...otherwise };
  const below = otherwise?.source.source === "page" ? await belowIn(reader, address) : null;
  if (below !== null) return below;
  const said = otherwise !== null && "reason" in otherwise ? [otherwise.reason] : [];
  return { kind: "other", reasons: [first.reason, ...said], tried };
}

/** What a site's sitemap lists below an address, if that is not all of the site. */
async function belowIn(reader: SourceReader, address: string): Promise<Found | null> {
  const url = URL.parse("/sitemap.xml", address);
  const under = URL.parse(address);
  if (url === null || under === null || under.pathname === "/") return null;
  under.search = "";
  const read = await reader.read({ url: url.href, source: "sitemap", sitemap: { under: under.href } });
  return read.kind === "document" && read.document.entries.length > 0 ? read : null;
}
