import { generateOpml } from "feedsmith";
import type { Feed } from "#model/feed.ts";

/** The feeds of a catalogue as OPML 2.0, a folder for each place: of a page no other reader makes a feed. */
export function writeOpml(title: string, feeds: readonly Feed[]): string {
  const places = Map.groupBy(
    feeds.filter(({ source = "feed" }) => source === "feed"),
    ({ place }) => place,
  );
  const outlines = [...places].map(([place, those]) => ({
    text: place,
    outlines: those.map(({ name, url, site }) => ({
      type: "rss",
      text: name,
      title: name,
      xmlUrl: url,
      htmlUrl: site,
    })),
  }));
  return generateOpml({ head: { title }, body: { outlines } });
}
