import type { Origin, ParseOutcome } from "./outcome.ts";
import { readDocument } from "./read.ts";
import { readInThread } from "./thread.ts";

export type { Origin, ParseOutcome } from "./outcome.ts";

/**
 * Bodies longer than this are read in another thread. Measured: a usual document of this length holds the event loop
 * for about 10 ms, the worst that could be made for 70; handing one to a thread costs it a third more in all.
 */
const MOST_BYTES_HERE = 512 * 1024;

/** Reads a document that should be a feed. Never throws: any bytes are a document or named as what they are. */
export function parse(body: Uint8Array, origin: Origin): Promise<ParseOutcome> {
  return body.length <= MOST_BYTES_HERE ? readDocument(body, origin) : readInThread(body, origin);
}
