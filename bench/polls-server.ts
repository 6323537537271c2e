import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves any path as a feed, in a process of its own so that it costs the bench no CPU. Told by message how to answer. */
const entries = Number(process.argv[2]);
let answers = "changed";
let edition = 0;

const entry = (path: string, i: number) => `<item><title>Notice ${i} of ${path}, edition ${edition}</title>
<link>https://bench.example${path}/${edition}/${i}</link><guid>${path}-${edition}-${i}</guid>
<pubDate>Mon, 23 Nov 2026 10:${String(i % 60).padStart(2, "0")}:00 GMT</pubDate>
<description>&lt;p&gt;The authority asked for comments on the scope of audits. ${"Further words follow to make this as long as summaries are. ".repeat(4)}&lt;/p&gt;</description></item>`;

const feed = (path: string) =>
  `<rss version="2.0"><channel><title>${path}</title>${Array.from({ length: entries }, (_, i) => entry(path, i)).join("")}</channel></rss>`;

const server = createServer((request, response) => {
  const etag = `"${edition}"`;
  if (answers === "unchanged" && request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { "content-type": "application/rss+xml", etag }).end(feed(request.url ?? "/"));
});

process.on("message", (message: string) => {
  answers = message;
  if (message === "changed") edition++;
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
