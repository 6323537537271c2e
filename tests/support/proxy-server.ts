import { request as ask, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A proxy on loopback that sends whatever is asked for to one server, whose name nobody could look up. */
export async function startProxy(port: number, refuses: 403 | 407 | null = null) {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    credentials.push(request.headers["proxy-authorization"]);
    if (refuses !== null) return response.writeHead(refuses, { connection: "close" }).end("no");
    const { pathname, search } = new URL(request.url ?? "");
    const { "proxy-authorization": _, "proxy-connection": __, ...headers } = request.headers;
    ask({ host: "127.0.0.1", port, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    credentials.push(request.headers["proxy-authorization"]);
    socket.on("error", () => {});
    if (refuses !== null) return socket.end(`HTTP/1.1 ${refuses} No\r\nContent-Length: 0\r\n\r\n`);
    const through = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${own}`,
    /** What was asked for so far: whole addresses, and `CONNECT host:port`. */
    asked,
    credentials,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
