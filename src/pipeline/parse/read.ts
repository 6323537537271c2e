import { decode } from "#text/decode.ts";
import { unescapeText, withoutControls } from "#text/entities.ts";
import { toDocument } from "./entries.ts";
import { readJsonFeed } from "./json-feed.ts";
import { map } from "./map.ts";
import { describeOther, feedsLinkedFrom } from "./not-a-feed.ts";
import type { Origin, ParseOutcome } from "./outcome.ts";
import { type Scanned, scan } from "./scan.ts";

function formatOf({ root, version, namespace }: Scanned): string {
  if (root === "feed") return `atom ${version === "0.3" || namespace?.includes("purl.org/atom") ? "0.3" : "1.0"}`;
  if (root === "rdf") return `rdf ${namespace?.includes("netscape") ? "0.9" : "1.0"}`;
  return `rss ${version ?? "2.0"}`;
}

/** RDF has other uses, and a page may hold an element called `channel`: a feed says that it is one, or has a title or items. */
const isFeed = ({ root, declared, channel, items }: Scanned): boolean =>
  root !== null && (declared || items.length > 0 || channel["title"] !== undefined);

/** A browser that is shown a feed makes a page of it, with its text in one `pre`; some proxies hand that on. */
const SHOWN =
  /^\s{0,99}(?:<!doctype html[^<>]{0,200}>\s{0,99})?<html\b[^<>]*>(?:<head\b[^<>]*>[\s\S]{0,4096}?<\/head>)?\s{0,99}<body\b[^<>]*>\s{0,99}<pre\b[^<>]*>/i;

function shownIn(page: string): string | null {
  const [start] = SHOWN.exec(page) ?? [];
  const end = start === undefined ? -1 : page.indexOf("</pre", start.length);
  return start === undefined || end === -1 ? null : unescapeText(page.slice(start.length, end));
}

/** Reads a document in this thread. */
export async function readDocument(body: Uint8Array, { contentType, url, at }: Origin): Promise<ParseOutcome> {
  const sent = withoutControls(decode(body, contentType));
  const text = shownIn(sent) ?? sent;
  if (/^\s*[{[]/.test(text.slice(0, 1_024))) {
    const document = readJsonFeed(text, url, at);
    if (document !== null) return { kind: "document", document };
  }
  const scanned = scan(text, url);
  if (!isFeed(scanned)) {
    return { kind: "not-a-feed", reason: describeOther(sent), suggestions: feedsLinkedFrom(sent, url) };
  }
  const { feed, items } = await map(scanned);
  return { kind: "document", document: toDocument(formatOf(scanned), feed, items, { url, at }) };
}
