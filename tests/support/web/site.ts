import type { Library } from "#answers/question.ts";
import { NOON } from "#support/stored.ts";
import { answerAt } from "#web/pages.ts";
import { type Site, serveWeb, type WebServer } from "#web/serve.ts";

/** Serves a library's pages on a free port of loopback, as everybody may read them, unless `change` says otherwise. */
export async function serveSite(library: Library, change: Partial<Site> = {}): Promise<WebServer> {
  const site = await serveWeb({
    host: "127.0.0.1",
    port: 0,
    names: [],
    base: null,
    token: null,
    clock: () => NOON,
    answer: (url, now) => answerAt(url, library, now),
    // The page says 500, which no test expects.
    fault: (path, error) => console.error(path, error),
    ...change,
  });
  if (typeof site === "string") throw new Error(site);
  return site;
}
