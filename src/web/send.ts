import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { tagOf } from "#api/reply.ts";
import type { Written } from "./reply.ts";

/** Less than a packet gains nothing. */
const LEAST_COMPRESSED = 1_024;

/** A page of 30 KB then takes a millisecond and is a fifth of its size. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Nothing of another site is loaded, nothing runs, nothing frames these pages, and where a link leads is not told where it stood. */
const ALWAYS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Sends a reply as this request may have it: unchanged where it knows it already, compressed where it reads that, without its body for HEAD. */
export async function send(request: IncomingMessage, response: ServerResponse, reply: Written): Promise<void> {
  const tag = tagFor(reply);
  const headers: Record<string, string> = {
    ...ALWAYS,
    vary: "accept-encoding",
    ...reply.headers,
    ...(tag === null ? {} : { etag: tag }),
  };
  if (tag !== null && isKnown(tag, request.headers["if-none-match"])) {
    delete headers["content-type"];
    response.writeHead(304, headers).end();
    return;
  }
  const body = Buffer.from(reply.body);
  const encoding = body.length < LEAST_COMPRESSED ? null : encodingFor(request.headers["accept-encoding"]);
  const sent = encoding === null ? body : await COMPRESS[encoding](body);
  if (encoding !== null) headers["content-encoding"] = encoding;
  headers["content-length"] = String(sent.length);
  response.writeHead(reply.status, headers).end(request.method === "HEAD" ? undefined : sent);
}

/** None of what is not kept. */
function tagFor({ status, headers, body }: Written): string | null {
  if (status !== 200 || headers["cache-control"]?.includes("no-store") === true) return null;
  return headers["etag"] ?? tagOf(body);
}

const isKnown = (tag: string, known = ""): boolean =>
  known.trim() === "*" || known.split(",").some((each) => opaque(each) === opaque(tag));

const opaque = (tag: string): string => tag.trim().replace(/^W\//, "");

const COMPRESS = {
  br: (body: Buffer): Promise<Buffer> => promisify(brotliCompress)(body, BROTLI),
  gzip: (body: Buffer): Promise<Buffer> => promisify(gzip)(body),
} as const;

/** The better of both that the client reads. */
function encodingFor(accepted = ""): keyof typeof COMPRESS | null {
  const names = accepted
    .split(",")
    .filter((each) => !/;\s*q=0(?:\.0*)?\s*$/.test(each))
    .map((each) => each.split(";")[0]?.trim().toLowerCase());
  return (["br", "gzip"] as const).find((name) => names.includes(name)) ?? null;
}
