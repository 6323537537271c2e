import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isForPrograms, problem } from "#api/problem.ts";
import { isAskedFor } from "./asked-host.ts";
import { ASSETS } from "./assets.ts";
import { type Bounds, createBounds } from "./bounds.ts";
import { createGate, type Gate } from "./gate.ts";
import { faultPage, noSuchPage } from "./layout.ts";
import { plain, type Reply, seeOther, type Written, written } from "./reply.ts";
import { send } from "./send.ts";

/** Not imported, for its memory: see fetch.ts. */
const { createServer } = process.getBuiltinModule("node:http");

/** A filter of twenty names, twice over. */
const LONGEST_ADDRESS = 4_096;

/** What a browser sends with a request is two kilobytes. */
const LONGEST_HEAD = 16_384;

/** Slow clients wait for themselves alone, and so many of them. */
const HEAD_MS = 10_000;
const SILENT_MS = 30_000;
const KEPT_MS = 5_000;
const MOST_CONNECTIONS = 256;

/** How long what is being answered may still take when all ends. */
const ENDS_MS = 2_000;

/** What is served, and to whom. */
export type Site = {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Names with a dot in them by which it may be asked for. */
  readonly names: readonly string[];
  /** `https://news.example.org`: how readers reach it through a proxy; null where they ask it directly. */
  readonly base: string | null;
  /** Null where everybody may read. */
  readonly token: string | null;
  clock(): Date;
  /** What stands at an address of this site; null where nothing does. */
  answer(url: URL, now: Date): Promise<Reply | null>;
  /** Hears of pages that could not be made, by their path alone: what was asked for is the reader's. */
  fault(path: string, error: unknown): void;
};

export type WebServer = { readonly url: string; close(): Promise<void> };

/** Serves the site. Resolves to a sentence when the address cannot be had. */
export async function serveWeb(site: Site): Promise<WebServer | string> {
  const gate = createGate(site.token, { secure: site.base?.startsWith("https:") === true });
  const bounds = createBounds();
  const options = { maxHeaderSize: LONGEST_HEAD, headersTimeout: HEAD_MS, requestTimeout: HEAD_MS };
  const server = createServer({ ...options, keepAliveTimeout: KEPT_MS }, (request, response) => {
    void respond(request, response, { ...site, gate, bounds });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = SILENT_MS;
  const fault = await new Promise<Error | null>((resolve) => {
    server.once("error", resolve);
    server.listen(site.port, site.host, () => resolve(null));
  });
  if (fault !== null) return `WEB_PORT: ${fault.message}; choose another port.`;
  const { port } = server.address() as AddressInfo;
  const host = site.host.includes(":") ? `[${site.host}]` : site.host;
  return { url: `http://${host}:${port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), ENDS_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cutOff);
}

type Serving = Site & { readonly gate: Gate; readonly bounds: Bounds };

/** One request from its head to its answer; whatever goes wrong is a page that says so, or for programs a problem. */
async function respond(request: IncomingMessage, response: ServerResponse, site: Serving): Promise<void> {
  const path = pathOf(request);
  const shell = { signsOut: site.token !== null };
  const answer = (reply: Reply) => {
    const told = isForPrograms(path) ? asProblem(reply) : null;
    return send(request, response, told ?? written(reply, shell));
  };
  try {
    await answer(await replyTo(request, site));
  } catch (error) {
    site.fault(path, error);
    if (response.headersSent) response.destroy();
    else await answer(BROKEN);
  }
}

/** A reply that is no answer as programs read it, with what it says to their client; null for one that is an answer. */
function asProblem({ status, headers, says }: Reply): Written | null {
  if (says === undefined) return null;
  const told = problem(status, says);
  return { ...told, headers: { ...headers, ...told.headers } };
}

const BROKEN = faultPage(500, "Something went wrong", "This could not be made, which has been noted. Try again later.");
const BUSY = faultPage(503, "Busy", "More is asked for than can be answered just now. Try again in a moment.", {
  "retry-after": "5",
});
const LATE = faultPage(503, "No answer", "The store does not answer. Try again in a minute.", { "retry-after": "60" });

const STRANGE =
  "This site answers to addresses, to localhost, to names without a dot, to WEB_URL and to those in WEB_NAMES.";

async function replyTo(request: IncomingMessage, site: Serving): Promise<Reply> {
  const { method = "", headers } = request;
  if (!isAskedFor(headers.host, site.names)) return plain(421, STRANGE);
  const url = addressOf(request, site);
  if (url === null) return faultPage(400, "Not an address", "This cannot be read as an address of this site.");
  const now = site.clock();
  if (method === "POST" && FORMS.includes(url.pathname)) return site.gate.post(request, url, now);
  if (method !== "GET" && method !== "HEAD") return plain(405, "These pages can only be read.", { allow: "GET, HEAD" });
  const asset = ASSETS.get(url.pathname);
  if (asset !== undefined) return asset;
  const stopped = site.gate.stop(request, url, now);
  if (stopped !== null) return stopped;
  if (FORMS.includes(url.pathname)) return seeOther("/");
  const answered = await site.bounds.take(() => site.answer(url, now));
  if (answered.kind === "done") return answered.result ?? noSuchPage();
  return answered.kind === "busy" ? BUSY : LATE;
}

const FORMS: readonly string[] = ["/sign-in", "/sign-out"];

/** What was asked for as readers know it: below the public address, or the one that they asked. */
function addressOf({ url: asked = "", headers }: IncomingMessage, { base }: Site): URL | null {
  if (!asked.startsWith("/") || asked.length > LONGEST_ADDRESS) return null;
  const origin = base ?? URL.parse(`http://${headers.host ?? "localhost"}`)?.origin;
  return URL.parse(`${origin}${asked}`);
}

const pathOf = ({ url = "" }: IncomingMessage): string => url.replace(/\?.*/s, "").slice(0, LONGEST_ADDRESS);
