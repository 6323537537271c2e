import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { canonicalUrl } from "#pipeline/normalize/canonical-url.ts";

/** Who is behind the sources of what is played. */
export type Sources = {
  /** The feed of the catalogue that a source names by id, name or host; any other source is press of that name. */
  feedOf(source: string): Feed;
  /** The pack, with the feeds that it did not have. */
  packOf(): Pack;
};

export function createSources(pack: Pack): Sources {
  const known = new Map<string, Feed>();
  const others: Feed[] = [];
  const names = [
    (feed: Feed) => feed.id,
    (feed: Feed) => feed.name,
    (feed: Feed) => hostOf(feed.site),
    (feed: Feed) => hostOf(feed.url),
  ];
  // The first feed of the catalogue has a host that several share; an id counts for more than a name, and that for more than a host.
  for (const nameOf of names) {
    for (const feed of pack.feeds) {
      const name = nameOf(feed)?.toLowerCase();
      if (name !== undefined && !known.has(name)) known.set(name, feed);
    }
  }
  return {
    feedOf(source) {
      const name = source.trim().toLowerCase();
      const feed = known.get(name) ?? known.get(name.replace(/^www\./, "")) ?? pressNamed(source.trim());
      if (!known.has(name)) {
        known.set(name, feed);
        if (!pack.feeds.includes(feed)) others.push(feed);
      }
      return feed;
    },
    packOf: () => ({ ...pack, feeds: [...pack.feeds, ...others] }),
  };
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
