import type { Readable } from "node:stream";
import { promisify } from "node:util";
import {
  brotliDecompress,
  constants,
  gunzip,
  type InputType,
  inflate,
  inflateRaw,
  type ZlibOptions,
  zstdDecompress,
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

/** How a document begins that is not compressed, whatever its server calls it. */
const isText = (body: Buffer): boolean => /^(?:\xef\xbb\xbf)?\s*[<{]/.test(body.subarray(0, 64).toString("latin1"));

const failed = (reason: string): BodyOutcome => ({ kind: "failed", reason });
const tooLong = (maxBytes: number) => failed(`The answer is longer than ${Math.round(maxBytes / 1024)} KiB.`);

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
  if (codings.length > MOST_LAYERS) {
    source.destroy();
    return failed("The answer is compressed several times over.");
  }
  const { body: sent, broken } = await received(source, maxBytes);
  if (sent === null) return tooLong(maxBytes);
  const unknown = codings.find((coding) => !CODINGS.includes(coding));
  if (unknown !== undefined && !isText(sent))
    return failed(`The answer is compressed in a way that was not asked for (${unknown.slice(0, 40)}).`);
  let body = sent;
  try {
    // A feed kept as a .gz file comes without a label, hence one sniff for gzip at the end.
    for (const coding of [...codings, "gzip"]) body = await undone(body, coding, maxBytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return tooLong(maxBytes);
    if (broken !== null) throw broken;
    return failed("The answer is compressed and damaged.");
  }
  if (broken !== null && !isWhole(body)) throw broken;
  return { kind: "read", body };
}

/** Ends of a connection before the promised length, or past it. */
const BREAKS = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH"];

/** What a server sent, and the fault that ended it early, if one did; no body when it is too long. */
async function received(
  source: Readable,
  maxBytes: number,
): Promise<{ readonly body: Buffer | null; readonly broken: unknown }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let broken: unknown = null;
  try {
    for await (const chunk of source) {
      length += chunk.length;
      if (length > maxBytes) return { body: null, broken };
      parts.push(chunk);
    }
  } catch (error) {
    if (!BREAKS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    broken = error;
  } finally {
    source.destroy();
  }
  return { body: Buffer.concat(parts, length), broken };
}

/** The end of a whole feed or page is looked for in so many bytes. */
const TAIL_BYTES = 400;
const WHOLE = /(?:<\/(?:[\w-]{1,20}:)?(?:rss|feed|rdf|opml|html|urlset|sitemapindex)[ \r\n]?>|\})\s*$/i;
/** Caches sign behind a document. */
const COMMENTS = /<!--[^<>]*-->/g;

/** Whether a document came to its end, whatever length its server promised. */
const isWhole = (body: Buffer): boolean =>
  WHOLE.test(body.subarray(-TAIL_BYTES).toString("latin1").replaceAll("\0", "").replace(COMMENTS, ""));

type Decoder = (body: InputType, options: ZlibOptions) => Promise<Buffer>;
const run = {
  gunzip: promisify(gunzip) as Decoder,
  inflate: promisify(inflate) as Decoder,
  inflateRaw: promisify(inflateRaw) as Decoder,
  br: promisify(brotliDecompress) as Decoder,
  zstd: promisify(zstdDecompress) as Decoder,
};

const isGzip = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b;

/** Undoes one content coding, chosen by the bytes themselves where labels are known to lie. A body cut short yields what came. */
async function undone(body: Buffer, coding: string, maxOutputLength: number): Promise<Buffer> {
  const options = { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH };
  if (body.length === 0) return body;
  if (isGzip(body)) return gunzipped(body, options);
  if (isText(body)) return body;
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return body;
    case "deflate": {
      // RFC 9110 means zlib's wrapper; some servers send the raw stream.
      const [a = 0, b = 0] = body;
      const wrapped = (a & 15) === 8 && ((a << 8) | b) % 31 === 0;
      return wrapped ? run.inflate(body, options) : run.inflateRaw(body, options);
    }
    case "br":
      return run.br(body, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return run.zstd(body, { maxOutputLength, finishFlush: constants.ZSTD_e_flush });
  }
}

/** All members of a gzip file; where what follows the first is none, the first alone, as curl and browsers have it. */
async function gunzipped(body: Buffer, options: ZlibOptions): Promise<Buffer> {
  try {
    return await run.gunzip(body, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw error;
    return run.inflateRaw(body.subarray(gzipHead(body)), options);
  }
}

/** The length of a gzip member's head (RFC 1952, 2.3). */
function gzipHead(body: Buffer): number {
  const flags = body[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (body[at] ?? 0) + ((body[at + 1] ?? 0) << 8);
  if (flags & 8) at = body.indexOf(0, at) + 1;
  if (flags & 16) at = body.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
