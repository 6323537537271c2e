import { Buffer } from "node:buffer";
import { escapeText, unescapeText } from "#text/entities.ts";
import { type Attributes, isTagAt, readTag } from "#text/markup.ts";
import { NESTING, SIBLINGS, WANTED } from "./elements.ts";

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
const MOST_NEEDLES = 100;

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

/** Borders that markup inside a text cannot cross. */
const STRUCTURE = /^(?:[\w-]+:)?(?:item|entry|channel|rss|feed|rdf)$/i;

type Piece = { readonly cdata: boolean; readonly from: number; readonly to: number };
type Inside = { readonly pieces: readonly Piece[]; readonly markup: boolean; readonly end: number };

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
  if (first !== -1 && !inline && isEndTag(source, first, raw)) {
    return { text: finish(unescapeText(source.slice(from, first)), attributes), end: afterTag(source, first) };
  }
  const sole = inline ? null : soleCdata(source, from, first, raw);
  if (sole !== null) return { text: finish(sole.text, attributes), end: sole.end };
  const inside = readPieces(source, from, raw, name, finder);
  const html = inline || inside.markup;
  const text = inside.pieces.map((piece) => worded(source, piece, html)).join("");
  return { text: finish(inline ? unwrapped(text) : text, attributes), end: inside.end };
}

/** The next most common case: one CDATA section and nothing else. */
function soleCdata(
  source: string,
  from: number,
  first: number,
  raw: string,
): { readonly text: string; readonly end: number } | null {
  if (first === -1 || !source.startsWith("<![CDATA[", first)) return null;
  const end = source.indexOf("]]>", first + 9);
  const next = end === -1 ? -1 : source.indexOf("<", end);
  if (next === -1 || !isEndTag(source, next, raw)) return null;
  const blank = source.slice(from, first).trim() === "" && source.slice(end + 3, next).trim() === "";
  return blank ? { text: source.slice(first + 9, end), end: afterTag(source, next) } : null;
}

const isEndTag = (source: string, at: number, raw: string): boolean =>
  source.charCodeAt(at + 1) === 47 &&
  source.startsWith(raw, at + 2) &&
  endsName(source.charCodeAt(at + 2 + raw.length));

function afterTag(source: string, at: number): number {
  const end = source.indexOf(">", at);
  return end === -1 ? source.length : end + 1;
}

function readPieces(source: string, from: number, raw: string, name: string, finder: Finder): Inside {
  const own = raw.toLowerCase();
  const endTag = finder.endTag(raw, from);
  const unclosed = SIBLINGS.has(name) && (endTag === -1 || endTag > finder.itemBorder(from));
  const pieces: Piece[] = [];
  let markup = false;
  let depth = 0;
  let at = from;
  let textFrom = from;
  const flush = (to: number, next: number): void => {
    if (to > textFrom) pieces.push({ cdata: false, from: textFrom, to });
    at = next;
    textFrom = next;
  };
  const ended = (to: number, end: number): Inside => {
    flush(to, end);
    return { pieces, markup, end };
  };
  for (;;) {
    at = source.indexOf("<", at);
    if (at === -1) return ended(source.length, source.length);
    if (source.startsWith("<![CDATA[", at)) {
      const end = finder.next("]]>", at + 9);
      const cdata = { cdata: true, from: at + 9, to: end === -1 ? source.length : end };
      flush(at, end === -1 ? source.length : end + 3);
      pieces.push(cdata);
    } else if (source.startsWith("<!--", at)) {
      const end = finder.next("-->", at + 4);
      flush(at, end === -1 ? at + 4 : end + 3);
    } else if (!isTagAt(source, at)) at++;
    else {
      const tag = readTag(source, at);
      if (tag === null) return ended(at, source.length);
      const lower = tag.name.toLowerCase();
      if (tag.closing && lower === own && --depth < 0) return ended(at, tag.end);
      if (!tag.closing && !tag.selfClosing && lower === own && NESTING.has(name) && !unclosed) depth++;
      if (STRUCTURE.test(tag.name) || (unclosed && SIBLINGS.has(lower))) return ended(at, at);
      markup = true;
      at = tag.end;
    }
  }
}

/** A piece as text, or as HTML where the whole is HTML; there a numeric `&` would be taken for another reference. */
function worded(source: string, { cdata, from, to }: Piece, html: boolean): string {
  const text = source.slice(from, to);
  if (cdata) return html ? escapeText(text) : text;
  return html ? text.replace(/&#(?:38|x26);/gi, "&amp;") : unescapeText(text);
}

const isXhtml = ({ type, mode }: Attributes): boolean =>
  type === "xhtml" ||
  (type === "application/xhtml+xml" && mode !== "escaped" && mode !== "base64") ||
  (mode === "xml" && type !== undefined && type !== "text/plain");

/** The start tag of the `div` that a text begins with; one with a base of its own stays, for the links within. */
function wrapperOf(markup: string): string | undefined {
  const at = markup.search(/\S/);
  if (at === -1 || !/^<(?:[\w-]{1,20}:)?div\b/i.test(markup.slice(at, at + 40))) return undefined;
  const tag = readTag(markup, at);
  const start = tag === null || tag.selfClosing ? undefined : markup.slice(0, tag.end);
  return start?.includes("xml:base") ? undefined : start;
}

/** Where the end of a wrapping element is looked for. */
const LAST_TAGS = 200;

/** Atom wants xhtml inside one `div`, which is not part of the text. */
function unwrapped(markup: string): string {
  const start = wrapperOf(markup);
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
