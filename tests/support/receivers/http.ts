import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** `hang`: takes the request and never answers. `hang-up`: takes it and closes. */
export type HttpAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly manner?: "hang" | "hang-up";
};

/** A server on loopback that takes POSTs, as webhooks go to. */
export async function startHttpReceiver(answer: (received: Received) => HttpAnswer = () => ({})) {
  const received: Received[] = [];
  let answering = answer;
  const server = createServer((request, response) => void take(request, response));
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Uint8Array[] = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      return;
    }
    const one = { path: request.url ?? "/", headers: request.headers, body: Buffer.concat(parts).toString() };
    received.push(one);
    const { status = 204, headers = {}, body = "", manner } = answering(one);
    if (manner === "hang-up") request.socket.destroy();
    else if (manner === undefined) response.writeHead(status, headers).end(body);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    /** Every request so far, in order. */
    received,
    /** What it answers from now on. */
    answer(how: (received: Received) => HttpAnswer) {
      answering = how;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
