import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Feed } from "#model/feed.ts";
import { FORMATS } from "./render.ts";
import { publishedBy, type Week } from "./week.ts";

export type WeekServer = {
  /** The feeds of the pack, at the addresses where this server answers for them. */
  readonly feeds: readonly Feed[];
  close(): Promise<void>;
};

/** Serves the week's feeds on a free port of 127.0.0.1, each as far as it has been published at `clock()`. */
export async function serveWeek(week: Week, feeds: readonly Feed[], clock: () => Date): Promise<WeekServer> {
  const byPath = new Map(feeds.map((feed) => [new URL(feed.url).pathname, feed]));
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] as string;
    const feed = byPath.get(path);
    const render = FORMATS[path.split(".").at(-1) ?? ""];
    if (feed === undefined || render === undefined) return void response.writeHead(404).end();
    const { contentType, body } = render(feed, publishedBy(week, feed.id, clock()));
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag, "content-type": contentType, "content-length": body.length }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    feeds: feeds.map((feed) => ({ ...feed, url: origin + new URL(feed.url).pathname })),
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
