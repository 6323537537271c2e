import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAskedFor } from "#web/asked-host.ts";

/** Not imported, for its memory: see fetch.ts. */
const { createServer } = process.getBuiltinModule("node:http");

/** A database that does not answer for so long is not alive: probes of containers give up after seconds. */
const ANSWER_MS = 3_000;

/** What the status pages ask. */
export type Watched = {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Names with a dot in them by which it may be asked for. */
  readonly names: readonly string[];
  /** Resolves while the store answers. */
  alive(): Promise<unknown>;
  /** Null when the process is at work, else what it still waits for. */
  awaiting(): string | null;
  /** Prometheus' text format. */
  metrics(): Promise<string>;
};

export type StatusServer = { readonly url: string; close(): Promise<void> };

/**
 * Serves `/healthz` (the process and its store answer), `/readyz` (it is at work) and `/metrics`. Resolves to a sentence when the
 * address cannot be had.
 */
export async function serveStatus(watched: Watched): Promise<StatusServer | string> {
  const server = createServer((request, response) => {
    if (!isAskedFor(request.headers.host, watched.names)) return say(response, 421, `${STRANGE}\n`);
    const page =
      request.method === "GET" ? PAGES[URL.parse(request.url ?? "", "http://status")?.pathname ?? ""] : undefined;
    if (page === undefined) return say(response, 404, "Here are /healthz, /readyz and /metrics.\n");
    page(watched, response).catch((error: unknown) =>
      say(response, 503, `${error instanceof Error ? error.message : error}\n`),
    );
  });
  const fault = await new Promise<Error | null>((resolve) => {
    server.once("error", resolve);
    server.listen(watched.port, watched.host, () => resolve(null));
  });
  if (fault !== null) return `STATUS_PORT: ${fault.message}; choose another port.`;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${watched.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const STRANGE =
  "The status pages answer to addresses, to localhost, to names without a dot and to those in STATUS_NAMES.";

type Page = (watched: Watched, response: ServerResponse) => Promise<void>;

const PAGES: Readonly<Record<string, Page>> = {
  "/healthz": async (watched, response) => {
    await within(ANSWER_MS, watched.alive());
    say(response, 200, "ok\n");
  },
  "/readyz": async (watched, response) => {
    await within(ANSWER_MS, watched.alive());
    const awaited = watched.awaiting();
    if (awaited === null) say(response, 200, "ok\n");
    else say(response, 503, `${awaited}\n`);
  },
  "/metrics": async (watched, response) => {
    const text = await within(ANSWER_MS, watched.metrics());
    say(response, 200, text, "text/plain; version=0.0.4; charset=utf-8");
  },
};

function say(response: ServerResponse, status: number, text: string, type = "text/plain; charset=utf-8"): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: deadline, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("The store does not answer.")), ms);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
