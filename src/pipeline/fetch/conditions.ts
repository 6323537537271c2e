import type { FetchRequest, Validators } from "./outcome.ts";

/** No feed is older than the Web: an earlier date is a server's zero, and asks whether anything ever changed. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** What a request to an address may be made conditional on: a date from the future, or from before the Web, says nothing. */
function conditionsFor({ validators }: FetchRequest, url: URL, now: Date): Omit<Validators, "url"> {
  if (validators?.url !== url.href) return { etag: null, lastModified: null };
  const { etag, lastModified } = validators;
  // `Date.parse` would make a year of a bare number.
  const at = /[a-z]{3}/i.test(lastModified ?? "") ? Date.parse(lastModified ?? "") : Number.NaN;
  return { etag, lastModified: at >= EARLIEST && at <= now.getTime() ? lastModified : null };
}

/** The headers by which a request says what is held already, or that none of it counts. */
export function conditionHeaders(request: FetchRequest, url: URL, now: Date): Readonly<Record<string, string>> {
  if (request.whole) return { "cache-control": "no-cache", pragma: "no-cache" };
  const { etag, lastModified } = conditionsFor(request, url, now);
  return {
    ...(etag === null ? {} : { "if-none-match": etag }),
    ...(lastModified === null ? {} : { "if-modified-since": lastModified }),
  };
}

/** What a server puts behind the tag of a compressed answer, and leaves out of its 304. */
const CODING = /[-;:](?:gzip|br|deflate|zstd|df)"?$/;

/** A tag as it is compared: strong or weak, quoted or not. */
const bare = (tag: string): string => tag.replace(/^W\//i, "").replace(CODING, "").replace(/^"|"$/g, "");

/** Whether a 304 answers what was asked: it was asked on a condition, and is not of another version than the one held. */
export function isFounded(sent: Readonly<Record<string, string>>, etag: string | null): boolean {
  const held = sent["if-none-match"];
  if (held === undefined) return sent["if-modified-since"] !== undefined;
  return etag === null || bare(etag) === bare(held);
}
