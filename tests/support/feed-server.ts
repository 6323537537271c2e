import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";

/** What a path answers once. */
export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** Compresses the body, and says so. */
  readonly encoding?: "gzip" | "deflate" | "deflate-raw" | "br" | "zstd";
  /** Gives the body an ETag made of its hash, and answers 304 to who has it. */
  readonly conditional?: boolean;
  /**
   * `hang`: accepts and never answers. `hang-up`: closes without an answer. `break-off`: closes within the body.
   * `stall`: sends headers and no body. `endless`: sends the body for ever. `drip`: a byte of the body every 20 ms.
   */
  readonly manner?: "hang" | "hang-up" | "break-off" | "stall" | "endless" | "drip";
};

export type Asked = { readonly path: string; readonly headers: IncomingHttpHeaders };

export type FeedServer = {
  /** `http://127.0.0.1:PORT`, without a closing slash. */
  readonly origin: string;
  readonly port: number;
  /** What a path answers from now on: in turn, the last one for good. A path not named answers 404. */
  answer(path: string, ...answers: readonly [Answer, ...Answer[]]): void;
  /** Every request so far, in order. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const DRIP_MS = 20;

const COMPRESS = {
  gzip: gzipSync,
  deflate: deflateSync,
  "deflate-raw": deflateRawSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

function bodyOf({ body = "", encoding }: Answer): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
  return encoding === undefined ? bytes : COMPRESS[encoding](bytes);
}

function headersOf(answer: Answer, etag: string | null): Record<string, string | readonly string[]> {
  return {
    "content-type": "application/xml",
    ...(answer.encoding === undefined ? {} : { "content-encoding": answer.encoding.replace("-raw", "") }),
    ...(etag === null ? {} : { etag }),
    ...answer.headers,
  };
}

function send(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  const { manner, status = 200 } = answer;
  if (manner === "hang") return;
  if (manner === "hang-up") {
    request.socket.destroy();
    return;
  }
  const body = bodyOf(answer);
  const etag = answer.conditional ? `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"` : null;
  if (etag !== null && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(status, headersOf(answer, etag) as Record<string, string>);
  if (manner === "stall") response.flushHeaders();
  else if (manner === "break-off") response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy());
  else if (manner === "endless") pour(body, response);
  else if (manner === "drip") drip(body, response);
  else response.end(body);
}

/** As fast as it is read. */
function pour(body: Buffer, response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(body));
    response.once("drain", more);
  };
  more();
}

function drip(body: Buffer, response: ServerResponse): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < body.length) response.write(body.subarray(at, ++at));
    else response.end();
  }, DRIP_MS);
  response.on("close", () => clearInterval(timer));
}

/** A web server on loopback that answers by script. */
export async function startFeedServer(): Promise<FeedServer> {
  const scripts = new Map<string, Answer[]>();
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push({ path, headers: request.headers });
    const script = scripts.get(path) ?? [{ status: 404, body: "nothing here" }];
    send((script.length > 1 ? script.shift() : script[0]) as Answer, request, response);
  });
  server.on("clientError", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    answer: (path, ...answers) => void scripts.set(path, [...answers]),
    close,
    [Symbol.asyncDispose]: close,
  };
}
