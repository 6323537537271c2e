import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server on loopback that answers each connection's first request with bytes as they are, and closes. */
export async function startRawServer(answers: Readonly<Record<string, string | Uint8Array>>) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.once("data", (request) => {
      const path = request.toString("latin1").split(" ", 2)[1] ?? "/";
      asked.push(path);
      socket.end(answers[path.replace(/^\//, "")] ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The path of every request so far, as it was sent. */
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
