import type { Readable } from "node:stream";

/** How the end of a body is known: by its length in bytes, by its chunks, or when the connection ends. */
export type Framing = number | "chunked" | "until-close";

/** What a body is read by; it ends `to` with its own last byte, and what comes after is nobody's. */
export type Body = { take(bytes: Buffer): void; isWhole(): boolean };

export function bodyOf(framing: Framing, to: Readable): Body {
  if (framing === "chunked") return chunked(to);
  let left = framing === "until-close" ? Number.POSITIVE_INFINITY : framing;
  let over = false;
  return {
    take(bytes) {
      if (over) return;
      if (bytes.length > 0) to.push(bytes.subarray(0, left));
      left -= Math.min(left, bytes.length);
      over = left === 0;
      if (over) to.push(null);
    },
    isWhole: () => over || left === Number.POSITIVE_INFINITY,
  };
}

/** A line that gives a chunk's size is short; so is what may stand between chunks. */
const LONGEST_SIZE = 1_024;

/** The chunks of a body, however their lines end; what follows a size on its line is passed over. */
function chunked(to: Readable): Body {
  let waiting: Buffer = Buffer.alloc(0);
  let left = 0;
  let over = false;
  const end = () => {
    over = true;
    to.push(null);
  };
  /** The size of the next chunk is known. */
  const sized = (): boolean => {
    const from = waiting.findIndex((byte) => byte > 32);
    const line = from === -1 ? -1 : waiting.indexOf("\n", from);
    if (line === -1 && waiting.length > LONGEST_SIZE) end();
    if (line === -1) return false;
    const size = /^[\da-f]{1,8}(?=[\s;]|$)/i.exec(waiting.toString("latin1", from, Math.min(line, from + 64)))?.[0];
    waiting = waiting.subarray(line + 1);
    left = size === undefined ? 0 : Number.parseInt(size, 16);
    // No more of what has no size is to be understood.
    if (left === 0) end();
    return left > 0;
  };
  return {
    take(bytes) {
      waiting = Buffer.concat([waiting, bytes]);
      while (!over && waiting.length > 0 && (left > 0 || sized())) {
        const part = waiting.subarray(0, left);
        if (part.length > 0) to.push(part);
        waiting = waiting.subarray(part.length);
        left -= part.length;
      }
    },
    isWhole: () => over,
  };
}
