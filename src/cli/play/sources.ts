import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";

/**
 * The feed behind each source: the one of the catalogue that it names by id, name or host; any other source is press of that
 * name. `pack` has them all.
 */
export function feedsOf(
  sources: Iterable<string>,
  pack: Pack,
): { readonly bySource: ReadonlyMap<string, Feed>; readonly pack: Pack } {
  const known = catalogueOf(pack.feeds);
  const bySource = new Map<string, Feed>();
  for (const source of sources) {
    const name = source.trim().toLowerCase();
    const feed = known.get(name) ?? known.get(name.replace(/^www\./, "")) ?? pressNamed(source.trim());
    known.set(name, feed);
    bySource.set(source, feed);
  }
  return { bySource, pack: { ...pack, feeds: [...new Set([...pack.feeds, ...bySource.values()])] } };
}

/** Feeds by all that they may be called, in lower case. */
function catalogueOf(feeds: readonly Feed[]): Map<string, Feed> {
  const known = new Map<string, Feed>();
  const names = [
    (feed: Feed) => feed.id,
    (feed: Feed) => feed.name,
    (feed: Feed) => hostOf(feed.site),
    (feed: Feed) => hostOf(feed.url),
  ];
  // The first feed of the catalogue has a host that several share; an id counts for more than a name, and that for more than a
  // host.
  for (const nameOf of names) {
    for (const feed of feeds) {
      const name = nameOf(feed)?.toLowerCase();
      if (name !== undefined && !known.has(name)) known.set(name, feed);
    }
  }
  return known;
}

/** Without `www.`; undefined where there is no address. */
function hostOf(address: string): string | undefined {
  const url = canonicalUrl(address);
  return url === null ? undefined : new URL(url).hostname;
}

const pressNamed = (name: string): Feed => ({
  id: name,
  name,
  url: "",
  site: "",
  place: "INT",
  kind: "press",
  primary: false,
  fullText: "never",
});
