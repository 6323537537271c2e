import { inThread } from "#text/in-thread.ts";
import type { Origin, ParseOutcome } from "./outcome.ts";
import { readDocument } from "./read.ts";

export type { Origin, ParseOutcome } from "./outcome.ts";

/**
 * Bodies longer than this are read in another thread. Measured: a usual document of this length holds the event loop
 * for about 10 ms, the worst that could be made for 70; handing one to a thread costs it a third more in all.
 */
const MOST_BYTES_HERE = 512 * 1024;

/** Reads a document that should be a feed. Never throws: any bytes are a document or named as what they are. */
export async function parse(body: Uint8Array, origin: Origin): Promise<ParseOutcome> {
  if (body.length <= MOST_BYTES_HERE) return readDocument(body, origin);
  const { contentType, url, at } = origin;
  const read = await inThread<ParseOutcome>(new URL("./read.ts", import.meta.url), "readDocument", body, {
    contentType,
    url,
    ...(at === undefined ? {} : { at }),
  });
  return read.kind === "done" ? read.value : { kind: "not-a-feed", reason: REASONS[read.why], suggestions: [] };
}

const REASONS = {
  time: "The document takes too long to read.",
  memory: "The document needs too much memory to read.",
  error: "The document cannot be read.",
} as const;
