import type { Entry, FeedDocument } from "#model/article.ts";
import { MOST_ITEMS } from "#model/limits.ts";
import { boundedEntry, boundedFeed } from "./bounds.ts";
import { readDate } from "./dates.ts";
import { absoluteLinks, addressIn } from "./links.ts";

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** What is written of a value: a text that is not empty, or a number. */
export function text(value: unknown): string | null {
  const string = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
  return string === "" ? null : string;
}

const address = (value: unknown, base: string | null): string | null => addressIn(text(value), base);

function entryOf(item: Json, base: string | null, author: string | null, at: Date | undefined): Entry {
  const link = address(item["url"], base) ?? address(item["external_url"], base);
  const html = text(item["content_html"]);
  return boundedEntry({
    id: text(item["id"]),
    title: text(item["title"]) ?? "",
    link,
    published: readDate(text(item["date_published"]), at),
    updated: readDate(text(item["date_modified"]), at),
    author: authorOf(item) ?? author,
    summary: text(item["summary"]),
    content: html === null ? text(item["content_text"]) : absoluteLinks(html, link ?? base),
    enclosures: objects(item["attachments"]).flatMap((attachment) => {
      const url = address(attachment["url"], base);
      const size = attachment["size_in_bytes"];
      return url === null
        ? []
        : [{ url, type: text(attachment["mime_type"]), length: typeof size === "number" ? size : null }];
    }),
  });
}

/** JSON Feed 1.1 has `authors`, 1.0 `author`. */
function authorOf(holder: Json): string | null {
  const authors = isObject(holder["author"]) ? [holder["author"]] : objects(holder["authors"]);
  return authors.map((author) => text(author["name"])).find((name) => name !== null) ?? null;
}

/** A JSON Feed nests about five levels; a text that nests more than this is an attack on the parser's memory. */
const DEEPEST = 100;

/** Walks a JSON text: whether it nests too deep, and where the last whole item of the outermost list ends, or -1. */
function walk(source: string): { readonly tooDeep: boolean; readonly lastItem: number } {
  let depth = 0;
  let inString = false;
  let lastItem = -1;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (inString) {
      if (code === 92) at++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return { tooDeep: true, lastItem };
    } else if ((code === 125 || code === 93) && --depth === 2 && code === 125) lastItem = at;
  }
  return { tooDeep: false, lastItem };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Line breaks within strings and commas before an end, which JSON forbids and people write. */
const forgiven = (source: string): string => source.replace(/[\t\r\n]/g, " ").replace(/,(?= {0,99}[\]}])/g, "");

/** The value of a JSON text; of one that breaks off, everything up to its last whole item. */
export function readJson(source: string): unknown {
  const { tooDeep, lastItem } = walk(source);
  if (tooDeep) return null;
  const whole = parsed(source) ?? parsed(forgiven(source));
  return whole ?? (lastItem === -1 ? null : parsed(forgiven(`${source.slice(0, lastItem + 1)}]}`)));
}

/** Reads a JSON Feed; null when the text is JSON of another kind, or none. */
export function readJsonFeed(source: string, url: string | null, at?: Date): FeedDocument | null {
  const feed = readJson(source);
  if (!isObject(feed) || !Array.isArray(feed["items"])) return null;
  const version = text(feed["version"]);
  const isFeed = version === null ? text(feed["title"]) !== null : /jsonfeed\.org/i.test(version);
  if (!isFeed) return null;
  const document = address(feed["feed_url"], url) ?? url;
  const site = address(feed["home_page_url"], document);
  const base = site ?? document;
  const author = authorOf(feed);
  return {
    format: `json feed ${/version\/([\d.]+)/.exec(version ?? "")?.[1] ?? "1"}`,
    feed: boundedFeed({ title: text(feed["title"]), link: site }),
    entries: objects(feed["items"])
      .slice(0, MOST_ITEMS)
      .map((item) => entryOf(item, base, author, at)),
    minIntervalMs: null,
  };
}
