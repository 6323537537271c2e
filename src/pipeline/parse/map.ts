import RssParser from "rss-parser";
import type { Branch, Scanned, Twig } from "./scan.ts";

/**
 * What rss-parser would lose, throw on or mangle goes by other names, past its own handling: dates (a bad one costs it
 * the feed), descriptions and content (its snippets take quadratic time), links and enclosures (all of them, with attributes).
 */
const RENAMED = new Set([
  "description",
  "content",
  "content:encoded",
  "summary",
  "published",
  "updated",
  "link",
  "enclosure",
  "guid",
  "author",
  "image",
  "atom:link",
]);

/** Further fields that `entries.ts` reads, every occurrence of them. */
const FURTHER = [
  "encoded",
  "id",
  "issued",
  "created",
  "modified",
  "abstract",
  "fullitem",
  "body",
  "xhtml:body",
  "xhtml:div",
  "xml:base",
  "source",
  "dcterms:issued",
  "dcterms:created",
  "dcterms:modified",
  "dcterms:available",
  "dc:modified",
  "dc:description",
  "dc:identifier",
  "dc:author",
  "dc:contributor",
  "atom:updated",
  "atom:published",
  "atom:author",
  "atom:summary",
  "atom:content",
  "atom:id",
  "media:title",
  "media:description",
  "media:text",
  "media:content",
  "media:group",
  "media:credit",
  "itunes:author",
  "itunes:summary",
  "itunes:subtitle",
  "itunes:title",
  "contributor",
  "managingEditor",
  "sy:updateperiod",
  "sy:updatefrequency",
  "tagline",
  "subtitle",
  "name",
];

const renamed = (name: string): string => (RENAMED.has(name) ? `raw:${name}` : name);

/** Every occurrence of a field is listed under its name behind this mark, beside what rss-parser makes of it. */
const LIST = "*";

const CUSTOM_FIELDS = [...RENAMED, ...FURTHER].map((name) => [renamed(name), LIST + name, { keepArray: true }]);

/** An item or a feed as rss-parser maps it. */
export type Mapped = { readonly [field: string]: unknown };

/** All occurrences of an element, in the order of the document. */
export const listOf = (mapped: Mapped, name: string): readonly Twig[] =>
  (mapped[LIST + name] as readonly Twig[] | undefined) ?? [];

/** rss-parser's own reading of a field, where it is a plain string. */
export function fieldOf(mapped: Mapped, name: string): string | null {
  const value = mapped[name];
  return typeof value === "string" ? value : null;
}

function withoutTraps(branch: Branch): Branch {
  const copy = Object.create(null) as Branch;
  for (const name in branch) copy[renamed(name)] = branch[name] as Twig[];
  return copy;
}

/**
 * Lets rss-parser map the tree. A fresh parser for every document, because a shared one can wedge for ever; its XML
 * engine is replaced by the tree that `scan` has already read, through the property it keeps that engine in.
 */
export async function map({
  root,
  channel,
  items,
}: Scanned): Promise<{ readonly feed: Mapped; readonly items: readonly Mapped[] }> {
  const parser = new RssParser({ customFields: { item: CUSTOM_FIELDS, feed: CUSTOM_FIELDS } as never });
  const feed = withoutTraps(channel);
  const entries = items.map(withoutTraps);
  const tree =
    root === "feed"
      ? { feed: { ...feed, entry: entries } }
      : { rss: { $: { version: "2.0" }, channel: [{ ...feed, item: entries }] } };
  Object.assign(parser, {
    xmlParser: { parseString: (_: string, done: (error: null, tree: unknown) => void) => done(null, tree) },
  });
  const { items: mapped, ...rest } = await parser.parseString("");
  return { feed: rest, items: mapped as Mapped[] };
}
