import { Buffer } from "node:buffer";
import { escapeText, unescapeText } from "#text/entities.ts";
import { type Attributes, isTagAt, readTag } from "#text/markup.ts";
import { SIBLINGS } from "./names.ts";

/** Finds end tags and item borders ahead, remembering each answer, so that all searches together stay linear. */
export type Finder = {
  /** Where `text`, one of a fixed few, next stands; -1 when nowhere. */
  next(text: string, from: number): number;
  /** Where `</raw` next stands; -1 when nowhere. */
  endTag(raw: string, from: number): number;
  /** Where the item around `from` ends or the next begins, at the latest. */
  itemBorder(from: number): number;
  /** Tells how this document spells its items. */
  itemNamed(raw: string): void;
};

/** Feeds use a few dozen names; past this many a search is refused, or strange names would cost a scan each. */
const MOST_NEEDLES = 300;

const endsName = (code: number): boolean => code === 62 || code === 47 || code <= 32 || Number.isNaN(code);

export function createFinder(source: string): Finder {
  const found = new Map<string, number>();
  const items = new Set(["item", "entry"]);

  function find(needle: string, from: number): number {
    const last = found.get(needle);
    if (last !== undefined && (last >= from || last === -1)) return last;
    if (last === undefined && found.size >= MOST_NEEDLES) return -1;
    let index = source.indexOf(needle, from);
    while (index !== -1 && !endsName(source.charCodeAt(index + needle.length)))
      index = source.indexOf(needle, index + 1);
    found.set(needle, index);
    return index;
  }

  return {
    next(text, from) {
      const last = found.get(text);
      if (last !== undefined && (last >= from || last === -1)) return last;
      const index = source.indexOf(text, from);
      found.set(text, index);
      return index;
    },
    endTag: (raw, from) => find(`</${raw}`, from),
    itemBorder(from) {
      let border = source.length;
      for (const name of items) {
        for (const needle of [`</${name}`, `<${name}`]) {
          const index = find(needle, from);
          if (index !== -1 && index < border) border = index;
        }
      }
      return border;
    },
    itemNamed(raw) {
      if (items.size < 6) items.add(raw);
    },
  };
}

/** Elements that are read; the text of all others is passed over. */
const WANTED = new Set([
  ...SIBLINGS,
  "name",
  "email",
  "uri",
  "url",
  "subtitle",
  "tagline",
  "rights",
  "ttl",
  "skiphours",
  "managingEditor",
  "webMaster",
  "fullitem",
  "body",
  "xhtml:body",
  "xhtml:div",
  "dc:title",
  "dc:description",
  "dc:publisher",
  "dc:rights",
  "dc:identifier",
  "dc:contributor",
  "dc:author",
  "dcterms:issued",
  "dcterms:created",
  "dcterms:modified",
  "dcterms:available",
  "dc:modified",
  "content:encoded",
  "encoded",
  "abstract",
  "sy:updateperiod",
  "sy:updatefrequency",
  "media:title",
  "media:description",
  "media:text",
  "media:content",
  "media:thumbnail",
  "media:credit",
  "itunes:author",
  "itunes:summary",
  "itunes:subtitle",
  "itunes:title",
  "itunes:name",
  "atom:link",
  "atom:updated",
  "atom:published",
  "atom:author",
  "atom:summary",
  "atom:content",
  "atom:id",
  "feedburner:origlink",
  "date",
  "href",
  "lastbuilddate",
  "author",
]);

/** Borders that markup inside a text cannot cross. */
const STRUCTURE = /^(?:[\w-]+:)?(?:item|entry|channel|rss|feed|rdf)$/i;

/** Elements inside which a name like their own may stand: HTML has a `summary` too. */
const NESTS = new Set(["summary", "content", "description"]);

type Piece = { readonly kind: "text" | "cdata" | "markup"; readonly from: number; readonly to: number };

/**
 * Reads an element's inside up to its end tag, or up to where it must have ended. Plain content yields its text;
 * content with markup yields that markup as HTML. `text` is null for elements that nobody reads.
 */
export function readText(
  source: string,
  from: number,
  raw: string,
  name: string,
  attributes: Attributes,
  finder: Finder,
): { readonly text: string | null; readonly end: number } {
  if (!WANTED.has(name)) {
    const end = finder.endTag(raw, from);
    if (end === -1 || end > finder.itemBorder(from)) return { text: null, end: from };
    return { text: null, end: end + raw.length + 2 };
  }
  const inline = isXhtml(attributes);
  // The common case: text and then the end tag.
  const first = source.indexOf("<", from);
  if (
    first !== -1 &&
    !inline &&
    source.startsWith(raw, first + 2) &&
    source.charCodeAt(first + 1) === 47 &&
    endsName(source.charCodeAt(first + 2 + raw.length))
  ) {
    return { text: finish(unescapeText(source.slice(from, first)), attributes), end: afterTag(source, first) };
  }
  const { pieces, end } = readPieces(source, from, raw, name, finder);
  const markup = inline || pieces.some((piece) => piece.kind === "markup");
  const text = pieces.map((piece) => worded(source, piece, markup)).join("");
  return { text: finish(inline ? unwrapped(text) : text, attributes), end };
}

function afterTag(source: string, at: number): number {
  const end = source.indexOf(">", at);
  return end === -1 ? source.length : end + 1;
}

function readPieces(
  source: string,
  from: number,
  raw: string,
  name: string,
  finder: Finder,
): { readonly pieces: readonly Piece[]; readonly end: number } {
  const own = raw.toLowerCase();
  const endTag = finder.endTag(raw, from);
  const unclosed = SIBLINGS.has(name) && (endTag === -1 || endTag > finder.itemBorder(from));
  const pieces: Piece[] = [];
  let depth = 0;
  let at = from;
  let textFrom = from;
  const flush = (to: number): void => {
    if (to > textFrom) pieces.push({ kind: "text", from: textFrom, to });
  };
  for (;;) {
    at = source.indexOf("<", at);
    if (at === -1) {
      flush(source.length);
      return { pieces, end: source.length };
    }
    if (source.startsWith("<![CDATA[", at)) {
      flush(at);
      const end = finder.next("]]>", at + 9);
      pieces.push({ kind: "cdata", from: at + 9, to: end === -1 ? source.length : end });
      at = end === -1 ? source.length : end + 3;
      textFrom = at;
      continue;
    }
    if (source.startsWith("<!--", at)) {
      flush(at);
      const end = finder.next("-->", at + 4);
      at = end === -1 ? at + 4 : end + 3;
      textFrom = at;
      continue;
    }
    if (!isTagAt(source, at)) {
      at++;
      continue;
    }
    const tag = readTag(source, at);
    if (tag === null) {
      flush(at);
      return { pieces, end: source.length };
    }
    const lower = tag.name.toLowerCase();
    if (tag.closing && lower === own && --depth < 0) {
      flush(at);
      return { pieces, end: tag.end };
    }
    if (!tag.closing && !tag.selfClosing && lower === own && NESTS.has(name) && !unclosed) depth++;
    if (STRUCTURE.test(tag.name) || (unclosed && SIBLINGS.has(lower))) {
      flush(at);
      return { pieces, end: at };
    }
    flush(at);
    pieces.push({ kind: "markup", from: at, to: tag.end });
    at = tag.end;
    textFrom = at;
  }
}

/** A piece as text, or as HTML where the whole is HTML. */
function worded(source: string, { kind, from, to }: Piece, markup: boolean): string {
  const text = source.slice(from, to);
  if (kind === "text") return markup ? text : unescapeText(text);
  return kind === "cdata" && markup ? escapeText(text) : text;
}

const isXhtml = ({ type, mode }: Attributes): boolean =>
  type === "xhtml" ||
  (type === "application/xhtml+xml" && mode !== "escaped" && mode !== "base64") ||
  (mode === "xml" && type !== undefined && type !== "text/plain");

/** Where the end of a wrapping element is looked for. */
const LAST_TAGS = 200;

/** Atom wants xhtml inside one `div`, which is not part of the text. */
function unwrapped(markup: string): string {
  const start = /^\s*<(?:[\w-]+:)?div\b[^>]*>/i.exec(markup)?.[0];
  const end = start === undefined ? null : /<\/(?:[\w-]+:)?div\s*>(?:\s|<\/[^<>]*>)*$/i.exec(markup.slice(-LAST_TAGS));
  if (start === undefined || end === null) return markup;
  return markup.slice(start.length, Math.max(0, markup.length - LAST_TAGS) + end.index);
}

function finish(text: string, { type, mode }: Attributes): string {
  const binary = type?.includes("/") === true && !/^text\/|[+/](?:xml|html|xhtml\+xml)$/i.test(type);
  if (mode !== "base64" && !binary) return text;
  const compact = text.replace(/\s+/g, "");
  if (compact === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  return Buffer.from(compact, "base64").toString("utf8");
}
