import type { FeedDocument } from "#model/article.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { parse } from "#pipeline/parse/parse.ts";
import { feedAddress } from "./address.ts";

/** Where sites keep their feeds when they do not say; the commonest first. */
const COMMON_PATHS = ["/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"];

type Feed = { readonly kind: "feed"; readonly url: string; readonly document: FeedDocument };
export type Read = Feed | { readonly kind: "other"; readonly reason: string; readonly suggestions: readonly string[] };

/** What an address led to; `tried` are the feeds that its page links to, and why none of them is one. */
type Discovered =
  | Feed
  | { readonly kind: "other"; readonly reason: string; readonly tried: readonly { url: string; reason: string }[] };

/** Fetches an address and reads what is there. */
export async function readFeed(fetcher: Fetcher, url: string): Promise<Read> {
  const answer = await fetcher.get({ url });
  if (answer.kind === "unchanged")
    return { kind: "other", reason: "The server answered 304 to a first visit.", suggestions: [] };
  if (answer.kind !== "fetched") return { kind: "other", reason: answer.reason, suggestions: [] };
  const outcome = await parse(answer.body, answer);
  if (outcome.kind === "not-a-feed") return { ...outcome, kind: "other" };
  return { kind: "feed", url: answer.movedTo ?? url, document: outcome.document };
}

/** The feed at or behind an address: itself in one request, else what its page links to, else the common places of its site. */
export async function discover(fetcher: Fetcher, address: string): Promise<Discovered> {
  const first = await readFeed(fetcher, address);
  if (first.kind === "feed") return first;
  const linked = new Set(first.suggestions.map(feedAddress));
  linked.delete(address);
  const tried: { url: string; reason: string }[] = [];
  for (const url of linked) {
    const read = await readFeed(fetcher, url);
    if (read.kind === "feed") return read;
    tried.push({ url, reason: read.reason });
  }
  const site = URL.parse(address);
  for (const url of site === null ? [] : COMMON_PATHS.map((path) => new URL(path, site).href)) {
    if (linked.has(url) || url === address) continue;
    const read = await readFeed(fetcher, url);
    if (read.kind === "feed") return read;
  }
  return { kind: "other", reason: first.reason, tried };
}
