import { generateOpml, parseOpml } from "feedsmith";
import type { Feed } from "#model/feed.ts";

/** A subscription in an OPML file. */
export type Outline = { readonly name: string; readonly url: string; readonly site: string | null };

type Node = {
  readonly text?: string;
  readonly title?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly outlines?: readonly Node[];
};

const feedsIn = (nodes: readonly Node[]): Outline[] =>
  nodes.flatMap(({ text, title, xmlUrl, htmlUrl, outlines = [] }) => [
    ...(xmlUrl === undefined ? [] : [{ name: title || text || xmlUrl, url: xmlUrl, site: htmlUrl ?? null }]),
    ...feedsIn(outlines),
  ]);

/** Every feed of an OPML document, in whatever folders; null when it is none. */
export function readOpml(text: string): Outline[] | null {
  try {
    return feedsIn((parseOpml(text) as { body?: { outlines?: readonly Node[] } }).body?.outlines ?? []);
  } catch {
    return null;
  }
}

/** A catalogue as OPML 2.0, a folder for each place. */
export function writeOpml(title: string, feeds: readonly Feed[]): string {
  const places = Map.groupBy(feeds, ({ place }) => place);
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
