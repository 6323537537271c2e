import type { FeedDocument } from "#model/article.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { parse } from "#pipeline/parse/parse.ts";

/** Where sites keep their feeds when they do not say; the commonest first. */
const COMMON_PATHS = ["/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"];
/** Linked feeds tried before the common paths. */
const MOST_LINKED = 3;

export type Read =
  | { readonly kind: "feed"; readonly url: string; readonly document: FeedDocument }
  | { readonly kind: "other"; readonly reason: string; readonly suggestions: readonly string[] };

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
export async function discover(fetcher: Fetcher, address: string): Promise<Read> {
  const first = await readFeed(fetcher, address);
  if (first.kind === "feed") return first;
  const site = URL.parse(address);
  const linked = first.suggestions.slice(0, MOST_LINKED);
  const guesses = site === null || linked.length > 0 ? [] : COMMON_PATHS.map((path) => new URL(path, site).href);
  for (const url of [...linked, ...guesses]) {
    const read = await readFeed(fetcher, url);
    if (read.kind === "feed") return read;
  }
  return first;
}
