import type { Origin, ParseOutcome } from "./outcome.ts";
import { readDocument } from "./read.ts";
import { readInThread } from "./thread.ts";

export type { Origin, ParseOutcome } from "./outcome.ts";

/**
 * Bodies longer than this are read in another thread. Measured: a usual document of this length holds the event loop
 * for 4 ms, the worst that could be made for 60; starting a thread takes about 100 ms, and it is kept while there is work.
 */
const MOST_BYTES_HERE = 128 * 1024;

/** Reads a document that should be a feed. Never throws: any bytes are a document or named as what they are. */
export function parse(body: Uint8Array, origin: Origin): Promise<ParseOutcome> {
  return body.length <= MOST_BYTES_HERE ? readDocument(body, origin) : readInThread(body, origin);
}
