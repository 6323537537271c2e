import { type Duplex, pipeline, Readable } from "node:stream";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

export type BodyOutcome =
  | { readonly kind: "read"; readonly body: Uint8Array }
  | { readonly kind: "failed"; readonly reason: string };

/** More layers of compression than this serve nobody but an attacker. */
const MOST_LAYERS = 2;

export const ACCEPT_ENCODING = "gzip, deflate, br, zstd";

const CODINGS = ["gzip", "x-gzip", "deflate", "br", "zstd"];
/** Labels seen in the wild for "not compressed". */
const PLAIN = ["", "identity", "none", "utf-8"];

const DAMAGED = "DAMAGED_BODY";

/** A body cut short still yields what came before the cut. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };

/** The decoder of one content coding, chosen by the bytes themselves where labels are known to lie; null for none. */
function decoderFor(coding: string, first: Uint8Array): Duplex | null {
  const [a = 0, b = 0] = first;
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return a === 0x1f && b === 0x8b ? createGunzip(LENIENT) : null;
    case "deflate": {
      // RFC 9110 means zlib's wrapper; some servers send the raw stream.
      const wrapped = (a & 15) === 8 && ((a << 8) | b) % 31 === 0;
      return wrapped ? createInflate(LENIENT) : createInflateRaw(LENIENT);
    }
    case "br":
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return createZstdDecompress({ finishFlush: constants.ZSTD_e_flush });
  }
}

/** Undoes one content coding. A fault of the coding throws with code DAMAGED; a fault of the source as it is. */
async function* decoded(source: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  let fault: unknown = null;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      yield* { [Symbol.asyncIterator]: () => chunks };
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  const decoder = head.length === 0 ? null : decoderFor(coding, head);
  if (decoder === null) return yield* all();
  // The iteration below throws what the pipeline ends in.
  pipeline(Readable.from(all(), { objectMode: false }), decoder, () => {});
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw fault ?? Object.assign(new Error("damaged", { cause }), { code: DAMAGED });
  }
}

/** Reads a response body, decompressed, holding at most `maxBytes`; the source is destroyed at the limit. */
export async function readBody(
  source: Readable,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<BodyOutcome> {
  const labels = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((label) => label.trim());
  const codings = labels.filter((label) => !PLAIN.includes(label)).reverse();
  const unknown = codings.find((coding) => !CODINGS.includes(coding));
  if (unknown !== undefined || codings.length > MOST_LAYERS) {
    source.destroy();
    const how =
      unknown === undefined ? "several times over" : `in a way that was not asked for (${unknown.slice(0, 40)})`;
    return { kind: "failed", reason: `The answer is compressed ${how}.` };
  }
  // A feed kept as a .gz file comes without a label, hence one sniff for gzip at the end.
  let chunks: AsyncIterable<Uint8Array> = source;
  for (const coding of [...codings, "gzip"]) chunks = decoded(chunks, coding);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > maxBytes)
        return { kind: "failed", reason: `The answer is longer than ${Math.round(maxBytes / 1024)} KiB.` };
      parts.push(chunk);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== DAMAGED) throw error;
    return { kind: "failed", reason: "The answer is compressed and damaged." };
  } finally {
    source.destroy();
  }
  return { kind: "read", body: Buffer.concat(parts, length) };
}
