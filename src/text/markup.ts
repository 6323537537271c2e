import { unescapeText } from "./entities.ts";

export type Attributes = Readonly<Record<string, string>>;

/** A start or end tag as it stands in the source. */
export type Tag = {
  readonly name: string;
  readonly closing: boolean;
  readonly selfClosing: boolean;
  /** Just after `>`. */
  readonly end: number;
  /** Where the attributes begin and end. */
  readonly from: number;
  readonly to: number;
};

const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;
/** `name` ends here: space, `/`, `>`, `<`. */
const endsName = (code: number): boolean =>
  isSpace(code) || code === 47 || code === 62 || code === 60 || Number.isNaN(code);

/** Whether a tag begins at this `<`, or it is a stray one. */
export function isTagAt(source: string, at: number): boolean {
  const next = source.charCodeAt(at + 1);
  return isNameStart(next === 47 ? source.charCodeAt(at + 2) : next);
}

/**
 * Reads the tag at `<`; null when it is cut off by the end of the document. Quotes are honoured, and forgiven when they never
 * close.
 */
export function readTag(source: string, at: number): Tag | null {
  const closing = source.charCodeAt(at + 1) === 47;
  let index = at + (closing ? 2 : 1);
  const nameFrom = index;
  while (!endsName(source.charCodeAt(index))) index++;
  const name = source.slice(nameFrom, index);
  const from = index;
  for (;;) {
    const code = source.charCodeAt(index);
    if (Number.isNaN(code)) return null;
    if (code === 62) {
      const selfClosing = !closing && source.charCodeAt(index - 1) === 47;
      return { name, closing, selfClosing, end: index + 1, from, to: selfClosing ? index - 1 : index };
    }
    // A tag that was never closed ends where the next one begins.
    if (code === 60) return { name, closing, selfClosing: false, end: index, from, to: index };
    if ((code === 34 || code === 39) && source.charCodeAt(lastSolid(source, index)) === 61) {
      const quote = source.indexOf(code === 34 ? '"' : "'", index + 1);
      index = quote === -1 || ranOn(source, index, quote) ? index + 1 : quote + 1;
    } else index++;
  }
}

/** Whether a quoted value runs into later tags, so that its own closing quote must be missing. */
function ranOn(source: string, from: number, to: number): boolean {
  const value = source.slice(from, to);
  const next = value.indexOf("<");
  return next !== -1 && value.lastIndexOf(">", next) !== -1;
}

function lastSolid(source: string, before: number): number {
  let index = before - 1;
  while (isSpace(source.charCodeAt(index))) index--;
  return index;
}

const ATTRIBUTE = /([^\s=/>"'<]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** More attributes than this on one element serve nobody. */
const MOST_ATTRIBUTES = 200;

/** What feeds and pages say in attributes that is ever read. */
const READ = new Set(
  "href rel type title url length filesize ispermalink version mode src xml:base rdf:about name content property".split(
    " ",
  ),
);

const NO_ATTRIBUTES: Attributes = {};

/** Calls back with the attributes of a tag, names in lower case, references resolved. */
function eachAttribute(
  source: string,
  tag: Tag,
  wanted: (name: string) => boolean,
  found: (name: string, value: string) => void,
): void {
  const text = source.slice(tag.from, tag.to);
  ATTRIBUTE.lastIndex = 0;
  for (let count = 0; count < MOST_ATTRIBUTES; count++) {
    const match = ATTRIBUTE.exec(text);
    if (match === null) break;
    const [, name = "", double, single, bare] = match;
    const lower = name.toLowerCase();
    if (wanted(lower)) found(lower, unescapeText(double ?? single ?? bare ?? "").trim());
  }
}

const isRead = (name: string): boolean => READ.has(name);

/** A tag's attributes as far as anyone reads them; the first of a name counts. */
export function readAttributes(source: string, tag: Tag): Attributes {
  if (tag.to - tag.from < 2) return NO_ATTRIBUTES;
  const attributes: Record<string, string> = {};
  eachAttribute(source, tag, isRead, (name, value) => {
    attributes[name] ??= value;
  });
  return attributes;
}

const isNamespace = (name: string): boolean => name.startsWith("xmlns");

/** The namespaces that a tag declares, by prefix; the default one's is empty. */
export function readNamespaces(source: string, tag: Tag): readonly (readonly [prefix: string, uri: string])[] {
  const declared: [string, string][] = [];
  // Nearly no tag declares any, and looking for the word is quicker than reading attributes.
  if (tag.to - tag.from < 7 || !source.slice(tag.from, tag.to).toLowerCase().includes("xmlns")) return declared;
  eachAttribute(source, tag, isNamespace, (name, uri) => declared.push([name === "xmlns" ? "" : name.slice(6), uri]));
  return declared;
}
