import type { Source } from "#model/feed.ts";
import { inThread } from "#text/in-thread.ts";
import type { Origin, ParseOutcome } from "./outcome.ts";
import { readDocument } from "./read.ts";

export type { Origin, ParseOutcome } from "./outcome.ts";

/**
 * Bodies longer than this are read in another thread. Measured: a usual document of this length holds the event loop
 * for about 10 ms, the worst that could be made for 70; handing one to a thread costs it a third more in all.
 */
const MOST_BYTES_HERE = 512 * 1024;

/** Readers of what is no feed are loaded in their thread alone. */
const SOURCE_READER = new URL("./sources/read-source.ts", import.meta.url);

/**
 * Reads a document that should be a feed, or what its catalogue says of it. Never throws: any bytes are a document or named as what
 * they are.
 */
export async function parse(body: Uint8Array, origin: Origin, source: Source = {}): Promise<ParseOutcome> {
  const isFeed = source.source === undefined || source.source === "feed";
  if (isFeed && body.length <= MOST_BYTES_HERE) return readDocument(body, origin);
  const { contentType, url, at } = origin;
  const known = { contentType, url, ...(at === undefined ? {} : { at }) };
  const { page, json, sitemap } = source;
  const read = isFeed
    ? await inThread<ParseOutcome>(new URL("./read.ts", import.meta.url), "readDocument", body, known)
    : await inThread<ParseOutcome>(SOURCE_READER, "readSource", body, known, {
        source: source.source,
        page,
        json,
        sitemap,
      });
  return read.kind === "done" ? read.value : { kind: "not-a-feed", reason: REASONS[read.why], suggestions: [] };
}

/** What kind of source a document is that is no feed, or null. */
export async function guess(body: Uint8Array, { contentType, url }: Origin): Promise<Source | null> {
  const module = new URL("./sources/guess.ts", import.meta.url);
  const read = await inThread<Source | null>(module, "guessSource", body, { contentType, url });
  return read.kind === "done" ? read.value : null;
}

const REASONS = {
  time: "The document takes too long to read.",
  memory: "The document needs too much memory to read.",
  error: "The document cannot be read.",
} as const;
