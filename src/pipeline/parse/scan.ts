import { MOST_ITEMS } from "#model/limits.ts";
import { type Attributes, isTagAt, readAttributes, readNamespaces, readTag, type Tag } from "#text/markup.ts";
import { CONTAINERS, KEEPS_ATTRIBUTES } from "./elements.ts";
import { absoluteLinks } from "./links.ts";
import { prefixOf, spelled } from "./names.ts";
import { createFinder, type Finder, readText } from "./text.ts";

/** An element with attributes or children, in the shape of xml2js: children in arrays by name, attributes in `$`, text in `_`. */
export type Branch = { [name: string]: Twig[] } & { $: Attributes; _?: string };
export type Twig = string | Branch;

/** A feed's markup, read leniently. */
export type Scanned = {
  /** `feed` is Atom's; null when nothing in the document opens a feed. */
  readonly root: "rss" | "rdf" | "feed" | null;
  readonly version: string | null;
  /** The namespace that elements without a prefix are in; for Atom, that of its root. */
  readonly namespace: string | null;
  /** Whether something in the document says that it is a feed, though it may hold nothing. */
  readonly declared: boolean;
  readonly channel: Branch;
  readonly items: readonly Branch[];
};

/** Feeds nest five or six containers; deeper ones are read through as if they were not there. */
const DEEPEST = 40;

/** Namespaces in one scope; feeds that declare everything declare about thirty. */
const MOST_NAMESPACES = 100;
/** Elements of one name in one item. */
const MOST_TWIGS = 100;

const ROOTS: Readonly<Record<string, "rss" | "rdf" | "feed">> = {
  rss: "rss",
  "rdf:rdf": "rdf",
  rdf: "rdf",
  feed: "feed",
  channel: "rss",
};

const ITEM = /(?:^|:)(?:item|entry)$/i;

/** Roots of documents that are known not to be feeds, though feed-like names may occur in them. */
const OTHERS = new Set(["opml", "urlset", "sitemapindex", "svg", "xsl:stylesheet"]);

/** Names remembered with their one spelling; strange ones past this are spelled anew each time. */
const MOST_NAMES = 1_000;

type Scope = { readonly uris: ReadonlyMap<string, string>; readonly names: Map<string, string> };
type Frame = {
  readonly raw: string;
  readonly name: string;
  readonly branch: Branch;
  readonly scope: Scope;
  readonly base: string | null;
};

function createBranch(attributes: Attributes): Branch {
  return { $: attributes } as Branch;
}

function add(branch: Branch, name: string, twig: Twig): void {
  const twigs = branch[name];
  if (twigs === undefined) branch[name] = [twig];
  else if (twigs.length < MOST_TWIGS) twigs.push(twig);
}

/** The scope inside an element: its own declarations over those around it. */
function scopeOf(source: string, tag: Tag, around: Scope): Scope {
  const declared = readNamespaces(source, tag);
  if (declared.length === 0 || around.uris.size > MOST_NAMESPACES) return around;
  return { uris: new Map([...around.uris, ...declared]), names: new Map() };
}

/** An element's name in the one spelling of `names.ts`. */
function nameOf(raw: string, scope: Scope, root: Scope, atom: boolean): string {
  const cached = scope.names.get(raw);
  if (cached !== undefined) return cached;
  const colon = raw.indexOf(":");
  const prefix = colon === -1 ? "" : raw.slice(0, colon).toLowerCase();
  const uri = scope.uris.get(prefix);
  let space = uri === undefined ? null : prefixOf(uri);
  if (prefix === "") space = uri === root.uris.get("") ? "" : (space ?? "unknown");
  if (space === "atom" && (atom || prefix === "")) space = "";
  else if (space === null) space = /^rss\d*$/.test(prefix) ? "" : prefix;
  const local = spelled(raw.slice(colon + 1));
  const name = space === "" ? local : spelled(`${space}:${local}`);
  if (scope.names.size < MOST_NAMES) scope.names.set(raw, name);
  return name;
}

/** The base within an element that may give its own; the first that is relative is so to where the document came from. */
function resolve(given: string | undefined, around: string | null, url: string | null): string | null {
  if (given === undefined) return around;
  return URL.parse(given, around ?? url ?? undefined)?.href ?? around;
}

/**
 * Skips what is neither element nor text: comments, declarations with their subset, instructions. Returns where reading goes on.
 */
function skipMarkup(source: string, at: number, finder: Finder): number {
  const after = (end: string): number => {
    const index = finder.next(end, at);
    return index === -1 ? at + 1 : index + end.length;
  };
  if (source.startsWith("<!--", at)) return after("-->");
  if (source.startsWith("<![CDATA[", at)) return after("]]>");
  if (source.charCodeAt(at + 1) === 63) return after("?>");
  const subset = finder.next("[", at);
  const end = after(">");
  return subset !== -1 && subset < end ? Math.max(end, after("]>")) : end;
}

/**
 * Reads the markup of a feed into a tree with one spelling for everything, forgiving what can be forgiven. Linear in the text.
 * `url` is where the document came from.
 */
export function scan(source: string, url: string | null): Scanned {
  const channel = createBranch({});
  const items: Branch[] = [];
  const finder = createFinder(source);
  const start = findRoot(source, finder);
  if (start === null) return { root: null, version: null, namespace: null, declared: false, channel, items };
  const { tag: rootTag, root } = start;
  const attributes = readAttributes(source, rootTag);
  const rootScope = scopeOf(source, rootTag, { uris: new Map(), names: new Map() });
  const stack: Frame[] = [
    {
      raw: rootTag.name,
      name: root,
      branch: channel,
      scope: rootScope,
      base: resolve(attributes["xml:base"], null, url),
    },
  ];
  let at = rootTag.end;
  let hasChannel = false;

  while (stack.length > 0) {
    at = source.indexOf("<", at);
    if (at === -1) break;
    const kind = source.charCodeAt(at + 1);
    if (kind === 33 || kind === 63) at = skipMarkup(source, at, finder);
    else if (!isTagAt(source, at)) at++;
    else {
      const tag = readTag(source, at);
      if (tag === null) break;
      at = tag.end;
      if (tag.closing) close(stack, tag.name);
      else at = open(tag, at);
    }
  }
  const prefix = root === "feed" && rootTag.name.includes(":") ? rootTag.name.split(":", 1)[0]?.toLowerCase() : "";
  const namespace = rootScope.uris.get(prefix ?? "") ?? null;
  const isRss = /^(?:\w+:)?rss$/i.test(rootTag.name);
  const declared =
    isRss || hasChannel || (namespace !== null && prefixOf(namespace) === (root === "feed" ? "atom" : ""));
  return { root, version: attributes["version"] ?? null, namespace, declared, channel, items };

  function open(tag: Tag, from: number): number {
    // An item that was never closed is over where the next one begins.
    if (ITEM.test(tag.name)) {
      const unclosed = stack.findIndex((frame) => frame.name === "item");
      if (unclosed !== -1) stack.length = unclosed;
    }
    const around = stack[stack.length - 1] as Frame;
    const attributes = readAttributes(source, tag);
    const scope = scopeOf(source, tag, around.scope);
    const name = nameOf(tag.name, scope, rootScope, root === "feed");
    const base = resolve(attributes["xml:base"], around.base, url);
    if (name === "item" || name === "entry") {
      finder.itemNamed(tag.name);
      const item = createBranch(attributes);
      if (base !== null) item["xml:base"] = [base];
      if (items.length < MOST_ITEMS) items.push(item);
      if (!tag.selfClosing && stack.length < DEEPEST)
        stack.push({ raw: tag.name, name: "item", branch: item, scope, base });
      return from;
    }
    if (name === "channel" || name === "feed" || name === "rss" || name === "rdf:RDF") {
      hasChannel ||= name === "channel";
      if (!tag.selfClosing && stack.length < DEEPEST) stack.push({ raw: tag.name, name, branch: channel, scope, base });
      return from;
    }
    if (!tag.selfClosing && CONTAINERS.has(name) && holdsElements(source, from, name)) {
      const branch = createBranch(attributes);
      add(around.branch, name, branch);
      if (stack.length < DEEPEST) stack.push({ raw: tag.name, name, branch, scope, base });
      return from;
    }
    const { text, end } = tag.selfClosing
      ? { text: "", end: from }
      : readText(source, from, tag.name, name, attributes, finder);
    if (text === null) return end;
    if (KEEPS_ATTRIBUTES.has(name)) {
      const leaf = createBranch(base === null ? attributes : { ...attributes, "xml:base": base });
      leaf._ = withBase(text, base, name);
      add(around.branch, name, leaf);
    } else add(around.branch, name, withBase(text, base, name));
    return end;
  }
}

/** What an `xml:base` means for a text: its links made absolute, or itself when it is an address. */
function withBase(text: string, base: string | null, name: string): string {
  if (name === "id")
    return base === null || /^[a-z][\w+.-]*:/i.test(text) ? text : (URL.parse(text.trim(), base)?.href ?? text);
  return absoluteLinks(text, base);
}

/** A container that holds only text is an element like any other: `<author>Jo</author>`. */
function holdsElements(source: string, from: number, name: string): boolean {
  const next = source.indexOf("<", from);
  if (next === -1 || source.charCodeAt(next + 1) === 33 || source.slice(from, next).trim() !== "") return false;
  if (name !== "author" && name !== "contributor") return true;
  return /^<(?:\w+:)?(?:name|email|uri|url|homepage)\b/i.test(source.slice(next, next + 40));
}

function close(stack: Frame[], raw: string): void {
  for (let index = stack.length - 1; index >= 0; index--) {
    const frame = stack[index] as Frame;
    if (frame.raw === raw || frame.raw.toLowerCase() === raw.toLowerCase()) {
      stack.length = index;
      return;
    }
  }
}

/**
 * The first element that opens a feed; what stands before it is junk, unless it opens another kind of document. Within a page it
 * has to say that it is a feed.
 */
function findRoot(source: string, finder: Finder): { readonly tag: Tag; readonly root: "rss" | "rdf" | "feed" } | null {
  let at = 0;
  let inPage = false;
  for (;;) {
    at = source.indexOf("<", at);
    if (at === -1) return null;
    const kind = source.charCodeAt(at + 1);
    if (kind === 33 || kind === 63) {
      at = skipMarkup(source, at, finder);
      continue;
    }
    if (!isTagAt(source, at)) {
      at++;
      continue;
    }
    const tag = readTag(source, at);
    if (tag === null) return null;
    at = tag.end;
    if (tag.closing) continue;
    const lower = tag.name.toLowerCase();
    if (lower === "html") inPage = true;
    else if (inPage && SCRIPTS.has(lower)) {
      const end = finder.endTag(tag.name, at);
      if (end === -1) return null;
      at = end;
    } else if (!inPage && OTHERS.has(lower)) return null;
    const root = ROOTS[lower] ?? ROOTS[lower.slice(lower.indexOf(":") + 1)];
    if (root !== undefined && (!inPage || saysSo(source, tag, root))) return { tag, root };
  }
}

/** Elements of a page in which tags are text. */
const SCRIPTS = new Set(["script", "style", "textarea", "template", "noscript", "xmp", "iframe"]);

/** Whether a root has the marks of its format, which no element of a page has by chance. */
function saysSo(source: string, tag: Tag, root: "rss" | "rdf" | "feed"): boolean {
  if (/^rss$/i.test(tag.name) && readAttributes(source, tag)["version"] !== undefined) return true;
  return (
    root !== "rss" &&
    readNamespaces(source, tag).some(([, uri]) => prefixOf(uri) === (root === "feed" ? "atom" : "rdf"))
  );
}
