import type { Entry } from "#model/article.ts";
import type { Feed, Source } from "#model/feed.ts";
import { MOST_ENTRIES, MOST_ITEMS } from "#model/limits.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { type FetchOutcome, type FetchRequest, failed } from "#pipeline/fetch/outcome.ts";
import { type ParseOutcome, parse } from "#pipeline/parse/parse.ts";
import type { createRobots } from "./robots.ts";

/** Documents of one source that a poll reads: the first pages of results, the newest parts of a sitemap. */
const MOST_DOCUMENTS = 6;

const ACCEPT = { page: "text/html", json: "application/json", sitemap: "application/xml, text/xml, application/gzip" };

/** A source as far as reading it goes. */
export type Readable = Source & Pick<Feed, "url">;

/** What a poll of a source goes through. */
export type Ways = { readonly fetcher: Fetcher; readonly mayAsk: (url: string) => Promise<boolean> };

/** Whether a site's robots.txt lets us ask for a page; see `createRobots`. */
export function createMayAsk(robotsOf: ReturnType<typeof createRobots>): Ways["mayAsk"] {
  return async (url) => !URL.canParse(url) || (await robotsOf(new URL(url).origin))(url);
}

/** Asks for what a source lists: a page as robots.txt allows, an interface with its key. */
export async function askSource(source: Readable, request: FetchRequest, ways: Ways): Promise<FetchOutcome> {
  const { fetcher, mayAsk } = ways;
  if (source.source === "page" && !(await mayAsk(request.url)))
    return failed("The site's robots.txt keeps us from this page, or cannot be had.");
  return fetcher.get({ ...request, ...mannerOf(source, request.url) });
}

/** How an address of a source is asked for. Its key is for the source's own origin. */
function mannerOf({ url, source = "feed", json }: Readable, asked: string): Partial<FetchRequest> {
  if (source === "feed") return {};
  const isOwn = URL.parse(asked)?.origin === URL.parse(url)?.origin;
  return { accept: ACCEPT[source], ...(json?.key !== undefined && isOwn ? { key: json.key } : {}) };
}

export type Fetched = Extract<FetchOutcome, { kind: "fetched" }>;

/** What a source lists, or why it could not be read; `dated`: the same first document next time means that nothing is new. */
export type SourceRead =
  | Exclude<ParseOutcome, { kind: "document" }>
  | (Pick<Extract<ParseOutcome, { kind: "document" }>, "kind" | "document"> & { readonly dated: boolean });

/** Reads an answer of a source, and the documents in which it goes on: all of it, or none. */
export async function readSource(source: Readable, answer: Fetched, ways: Ways): Promise<SourceRead> {
  const first = await parse(answer.body, answer, source);
  if (first.kind !== "document") return first;
  const entries: Entry[] = [...first.document.entries];
  const asked = new Set([answer.url]);
  const ahead = addressesOf(source, first);
  let dated = first.more?.dated ?? true;
  let left = first.left ?? 0;
  while (ahead.length > 0 && asked.size < MOST_DOCUMENTS && entries.length < MOST_ITEMS) {
    const url = ahead.shift()!;
    if (asked.has(url)) continue;
    asked.add(url);
    const part = await ways.fetcher.get({ url, ...mannerOf(source, url) });
    if (part.kind !== "fetched") return unread(url, part.kind === "unchanged" ? "304 to a first visit." : part.reason);
    const read = await parse(part.body, part, source);
    if (read.kind !== "document") return unread(url, read.reason);
    entries.push(...read.document.entries);
    ahead.push(...addressesOf(source, read));
    dated &&= read.more?.dated ?? true;
    left += read.left ?? 0;
  }
  const fault = source.source === "sitemap" ? faultOf(source.sitemap, entries.length, left) : null;
  if (fault !== null) return { kind: "not-a-feed", reason: fault, suggestions: [] };
  return { kind: "document", document: { ...first.document, entries }, dated };
}

/** The documents in which a document goes on. An interface may repeat in them what it was asked with: its key is no part of an address. */
function addressesOf({ json }: Readable, { more }: Extract<ParseOutcome, { kind: "document" }>): string[] {
  return (more?.addresses ?? []).map((address) => {
    const url = URL.parse(address);
    if (url === null || json?.key?.query === undefined || !url.searchParams.has(json.key.query)) return address;
    url.searchParams.delete(json.key.query);
    return url.href;
  });
}

/** What is wrong with a sitemap's `under`, in a sentence. Of too many pages old ones would pass for news whenever they are edited. */
function faultOf(sitemap: Source["sitemap"], entries: number, left: number): string | null {
  if (entries === 0 && left > 0)
    return `The sitemap lists nothing below ${sitemap?.under}. Look at it, and mend \`sitemap: under\` in feeds.yaml.`;
  if (entries <= MOST_ENTRIES) return null;
  const most = MOST_ENTRIES.toLocaleString("en");
  return `The sitemap lists more than ${most} pages. Say in feeds.yaml which of them are news, with \`sitemap: under\`.`;
}

const unread = (url: string, reason: string): SourceRead => ({
  kind: "not-a-feed",
  reason: `It goes on at ${url}, which could not be read: ${reason}`,
  suggestions: [],
});
