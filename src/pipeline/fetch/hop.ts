import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import { MINUTE_MS } from "#model/time.ts";
import type { Agents } from "./agents.ts";
import { ACCEPT_ENCODING, readBody } from "./body.ts";
import { conditionHeaders, isFounded } from "./conditions.ts";
import { type Answer, type FetchOutcome, type FetchRequest, failed } from "./outcome.ts";
import { freshForMs, retryAfterMs } from "./retry-after.ts";

/** Not imported: a module that imports node:http has Node load the whole of its own fetch, 15 MB, for names that it lists. */
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** What a feed answers most often; a page comes last, so that a server that offers both gives the feed. */
const ACCEPT_FEED =
  "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.4";

/** Miniflux allows 15 MiB; the largest feed found is under 3. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Without a `Retry-After`, a 429 means this. */
const DEFAULT_RETRY_MS = 15 * MINUTE_MS;

const REDIRECTS = [301, 302, 303, 307, 308];

export type Deadlines = {
  /** To resolve and connect. */
  readonly connectMs: number;
  /** From connecting to the first byte of the answer. */
  readonly firstByteMs: number;
  /** All of it, redirects and body included. */
  readonly totalMs: number;
};

/** What one request is made with. */
export type Means = {
  readonly agents: Agents;
  /** Whether proxies are set. */
  readonly proxied: boolean;
  /** Rejects where the agents may not be asked for an address. */
  readonly judged: (url: URL) => Promise<void>;
  readonly userAgent: string;
  /** A key by its name; see `Key`. */
  readonly keys: (name: string) => string | undefined;
  readonly deadlines: Deadlines;
  readonly clock: () => Date;
};

export type Hop =
  | FetchOutcome
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  /** A 304 that answers nothing that was asked. */
  | { readonly kind: "unfounded" }
  /** What came is no HTTP by the letter. */
  | { readonly kind: "malformed" }
  | { readonly kind: "pause"; readonly afterMs: number; readonly reason: string };

type Manner = { readonly signal: AbortSignal; readonly lenient: boolean };

/** One request: its answer, or where it sends us, or for how long its host wants to be left alone. */
export async function hop(
  url: URL,
  request: FetchRequest,
  movedTo: string | null,
  means: Means,
  manner: Manner,
): Promise<Hop> {
  const conditions = conditionHeaders(request, url, means.clock());
  const response = await requested(url, request, conditions, means, manner);
  const { statusCode: status, headers, body } = response;
  body.on("error", () => {});
  const answer: Answer = {
    url: url.href,
    movedTo,
    etag: headerOf(headers, "etag"),
    lastModified: headerOf(headers, "last-modified"),
    maxAgeMs: freshForMs(headerOf(headers, "cache-control"), headerOf(headers, "age")),
  };
  if (status >= 200 && status < 300 && status !== 204 && status !== 205) {
    const read = await readBody(body, headerOf(headers, "content-encoding"), request.maxBytes ?? MAX_BYTES);
    if (read.kind === "failed") return failed(read.reason);
    const bodyHash = createHash("sha256").update(read.body).digest("hex");
    return {
      kind: "fetched",
      status,
      body: read.body,
      bodyHash,
      contentType: headerOf(headers, "content-type"),
      at: means.clock(),
      ...answer,
    };
  }
  await body.dump({ limit: 16_384, signal: manner.signal }).catch(() => body.destroy());
  if (status === 304)
    return isFounded(conditions, answer.etag) ? { kind: "unchanged", ...answer } : { kind: "unfounded" };
  const location = [headers["location"] ?? []].flat()[0];
  if (REDIRECTS.includes(status) && location !== undefined)
    return { kind: "redirect", status, location: withoutBytes(location) };
  const said = `The server answered ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd();
  if (status === 410) return { kind: "gone", reason: `${said}.` };
  const afterMs =
    status === 429 || status === 503 ? retryAfterMs(headerOf(headers, "retry-after"), means.clock()) : null;
  if (status === 429) return { kind: "pause", afterMs: afterMs ?? DEFAULT_RETRY_MS, reason: `${said}.` };
  if (afterMs !== null) return { kind: "retry-later", afterMs, reason: `${said}.` };
  return failed(`${said}.`, false, status);
}

/** The head of the answer, within the deadlines of connecting and of the first byte. */
function requested(
  url: URL,
  request: FetchRequest,
  conditions: Readonly<Record<string, string>>,
  { agents, userAgent, keys, deadlines }: Means,
  { signal, lenient }: Manner,
): Promise<Dispatcher.ResponseData> {
  const { path, headers } = withKey(url, request, keys);
  const first = new AbortController();
  const timer = setTimeout(() => first.abort(), deadlines.connectMs + deadlines.firstByteMs);
  return (lenient ? agents.lenient : agents.strict)
    .request({
      origin: url.origin,
      path,
      method: "GET",
      ...(lenient ? { reset: true } : {}),
      headersTimeout: deadlines.firstByteMs,
      bodyTimeout: deadlines.totalMs,
      signal: AbortSignal.any([signal, first.signal]),
      headers: {
        "user-agent": userAgent,
        accept: request.accept ?? ACCEPT_FEED,
        "accept-encoding": ACCEPT_ENCODING,
        ...conditions,
        ...headers,
      },
    })
    .finally(() => clearTimeout(timer));
}

/** What is asked for with its key, where that is for this origin. The key is in no other form of the address, which may be shown. */
function withKey(url: URL, { url: asked, key }: FetchRequest, keys: Means["keys"]) {
  const value = key === undefined || new URL(asked).origin !== url.origin ? undefined : keys(key.env);
  if (key === undefined || value === undefined) return { path: url.pathname + url.search, headers: {} };
  if (key.header !== undefined)
    return { path: url.pathname + url.search, headers: { [key.header]: `${key.prefix ?? ""}${value}` } };
  const { searchParams, pathname } = new URL(url);
  searchParams.set(key.query ?? "", value);
  return { path: `${pathname}?${searchParams}`, headers: {} };
}

/** Octets past ASCII, which stand in a field's text one by one, as an address writes them; servers mean UTF-8 or their own. */
const withoutBytes = (location: string): string =>
  location.replace(/[\x80-\xff]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase()}`);

function headerOf(headers: Dispatcher.ResponseData["headers"], name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}
