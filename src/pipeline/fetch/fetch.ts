import { createHash } from "node:crypto";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { MINUTE_MS } from "#model/time.ts";
import { stopwatch } from "#text/stopwatch.ts";
import { ACCEPT_ENCODING, readBody } from "./body.ts";
import { describeFault, isOurs } from "./fault.ts";
import { createGuard, forbidden, guardedLookup } from "./guard.ts";
import { createPace, ownTurns, type PaceOptions, POLITE, type Rank, type Turns } from "./pace.ts";
import { createLookup } from "./resolve.ts";
import { freshForMs, retryAfterMs } from "./retry-after.ts";

/** Not imported: a module that imports node:http has Node load the whole of its own fetch, 15 MB, for names that it lists. */
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** What a feed answers most often; a page comes last, so that a server that offers both gives the feed. */
const ACCEPT_FEED =
  "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.4";

/** Miniflux allows 15 MiB; the largest feed found is under 3. */
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;
/** Enough for every real server seen, and a bound on header floods. */
const MAX_HEADER_BYTES = 32 * 1024;
/** Without a `Retry-After`, a 429 means this. */
const DEFAULT_RETRY_MS = 15 * MINUTE_MS;

const REDIRECTS = [301, 302, 303, 307, 308];
const PERMANENT = [301, 308];

export type Deadlines = {
  /** To resolve and connect. */
  readonly connectMs: number;
  /** From connecting to the first byte of the answer. */
  readonly firstByteMs: number;
  /** All of it, redirects and body included. */
  readonly totalMs: number;
};

/** A slow body must not hold a slot. */
const PATIENT: Deadlines = { connectMs: 10_000, firstByteMs: 10_000, totalMs: 30_000 };

export type FetcherOptions = {
  /** Honest, with an address where its owner can be reached. */
  readonly userAgent: string;
  /** CIDRs that may be dialled beside public addresses. */
  readonly allowNetworks: readonly string[];
  readonly clock: () => Date;
  readonly pace?: PaceOptions;
  /** Who keeps requests to a site apart; the fetcher itself unless given. */
  readonly turns?: Turns;
  readonly deadlines?: Deadlines;
  /** Resolves names; see resolve.ts unless given. */
  readonly lookup?: LookupFunction;
};

export type FetchRequest = {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** After decompression. */
  readonly maxBytes?: number;
  readonly accept?: string;
  /** A feed's unless it says otherwise. */
  readonly rank?: Rank;
};

type Answer = {
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** Where the feed has moved, when every redirect on the way was permanent; null when there was none. */
  readonly movedTo: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** How long the server calls the answer fresh. */
  readonly maxAgeMs: number | null;
};

export type FetchOutcome =
  | (Answer & {
      readonly kind: "fetched";
      readonly status: number;
      readonly body: Uint8Array;
      /** sha256 of the body, in hex: the same as last time means there is nothing to parse. */
      readonly bodyHash: string;
      readonly contentType: string | null;
    })
  | (Answer & { readonly kind: "unchanged" })
  /** The server asked us to come back later, now or not long ago. */
  | { readonly kind: "retry-later"; readonly afterMs: number; readonly reason: string }
  | { readonly kind: "gone"; readonly reason: string }
  /** `network`: we never reached the server, which may be our own outage. `status`: what it answered, when it did. */
  | { readonly kind: "failed"; readonly reason: string; readonly network: boolean; readonly status: number | null };

type Hop =
  | FetchOutcome
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "pause"; readonly afterMs: number; readonly reason: string };

export type Fetcher = {
  get(request: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
};

const failed = (reason: string, network = false, status: number | null = null): FetchOutcome => ({
  kind: "failed",
  reason,
  network,
  status,
});

function headerOf(headers: Dispatcher.ResponseData["headers"], name: string): string | null {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

/** Why a URL may not be fetched at all, in a sentence; null when it may. */
function refusal(url: URL): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `Only http and https are read, not ${url.protocol.slice(0, -1)}.`;
  if (url.username !== "" || url.password !== "") return "Addresses with a user name or password are not read.";
  return null;
}

/** The ports and names of a fetcher: guarded dials, polite pace, every wait bounded. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const {
    userAgent,
    allowNetworks,
    clock,
    pace: paceOptions = POLITE,
    turns = ownTurns(clock),
    deadlines = PATIENT,
    lookup = createLookup(),
  } = options;
  const guard = createGuard(allowNetworks);
  const dial = buildConnector({ timeout: deadlines.connectMs, lookup: guardedLookup(guard, lookup), allowH2: false });
  const agent = new Agent({
    connections: paceOptions.concurrency,
    maxHeaderSize: MAX_HEADER_BYTES,
    allowH2: false,
    connect(target, callback) {
      // A literal address is dialled without a look-up, so it is judged here.
      const host = target.hostname.replace(/^\[|\]$/g, "");
      if (isIP(host) !== 0 && !guard(host)) callback(forbidden(host), null);
      else dial(target, callback);
    },
  });
  const closing = new AbortController();
  const pace = createPace(paceOptions, turns, clock, closing.signal);

  /** One hop: its answer, or where it sends us, or for how long its host wants to be left alone. */
  async function hop(url: URL, request: FetchRequest, movedTo: string | null, signal: AbortSignal): Promise<Hop> {
    const first = new AbortController();
    const timer = setTimeout(() => first.abort(), deadlines.connectMs + deadlines.firstByteMs);
    const response = await agent
      .request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: "GET",
        headersTimeout: deadlines.firstByteMs,
        bodyTimeout: deadlines.totalMs,
        signal: AbortSignal.any([signal, first.signal]),
        headers: {
          "user-agent": userAgent,
          accept: request.accept ?? ACCEPT_FEED,
          "accept-encoding": ACCEPT_ENCODING,
          ...(request.etag === null ? {} : { "if-none-match": request.etag }),
          ...(request.lastModified === null ? {} : { "if-modified-since": request.lastModified }),
        },
      })
      .finally(() => clearTimeout(timer));
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
        ...answer,
      };
    }
    await body.dump({ limit: 16_384, signal }).catch(() => body.destroy());
    if (status === 304) return { kind: "unchanged", ...answer };
    const location = headerOf(headers, "location");
    if (REDIRECTS.includes(status) && location !== null) return { kind: "redirect", status, location };
    const said = `The server answered ${status} ${STATUS_CODES[status] ?? ""}`.trimEnd();
    if (status === 410) return { kind: "gone", reason: `${said}.` };
    const afterMs = status === 429 || status === 503 ? retryAfterMs(headerOf(headers, "retry-after"), clock()) : null;
    if (status === 429) return { kind: "pause", afterMs: afterMs ?? DEFAULT_RETRY_MS, reason: `${said}.` };
    if (afterMs !== null) return { kind: "retry-later", afterMs, reason: `${said}.` };
    return failed(`${said}.`, false, status);
  }

  async function get(request: FetchRequest): Promise<FetchOutcome> {
    let target = URL.parse(request.url);
    let permanent = true;
    let time = deadlines.totalMs;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const url = target;
      if (url === null) return failed("The address cannot be read.");
      const why = refusal(url);
      if (why !== null) return failed(why);
      const entry = await pace.enter(url, request.rank ?? "feed");
      if (entry.kind === "paused") {
        const afterMs = entry.until.getTime() - clock().getTime();
        return { kind: "retry-later", afterMs, reason: `${url.host} asked for a pause.` };
      }
      const passed = stopwatch();
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(time)));
      const outcome = await hop(url, request, redirects > 0 && permanent ? url.href : null, signal)
        .catch((error: unknown): Hop => {
          if (isOurs(error)) throw error;
          const fault = describeFault(error, url.hostname, signal.aborted ? deadlines.totalMs : null);
          return { kind: "failed", status: null, ...fault };
        })
        .finally(entry.leave);
      time -= passed();
      if (outcome.kind === "pause") {
        await turns.pause(url.host, new Date(clock().getTime() + outcome.afterMs));
        return { ...outcome, kind: "retry-later" };
      }
      if (outcome.kind !== "redirect") return outcome;
      permanent &&= PERMANENT.includes(outcome.status);
      target = URL.parse(outcome.location, url.href);
    }
    return failed(`The server redirects more than ${MAX_REDIRECTS} times.`);
  }

  return {
    get,
    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}
