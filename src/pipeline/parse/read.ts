import { decode } from "#text/decode.ts";
import { withoutControls } from "#text/entities.ts";
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

/** Reads a document in this thread. */
export async function readDocument(body: Uint8Array, { contentType, url, at }: Origin): Promise<ParseOutcome> {
  const text = withoutControls(decode(body, contentType));
  if (/^\s*[{[]/.test(text.slice(0, 1_024))) {
    const document = readJsonFeed(text, url, at);
    if (document !== null) return { kind: "document", document };
  }
  const scanned = scan(text);
  if (!isFeed(scanned)) {
    return { kind: "not-a-feed", reason: describeOther(text), suggestions: feedsLinkedFrom(text, url) };
  }
  const { feed, items } = await map(scanned);
  return { kind: "document", document: toDocument(formatOf(scanned), feed, items, { url, at }) };
}
