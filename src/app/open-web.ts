import type { Library } from "#answers/question.ts";
import type { Config } from "#settings/config.ts";
import type { Log } from "#settings/log.ts";
import type { WebServer } from "#web/serve.ts";

/** The site of this process; null where no port is set. Resolves to a sentence when it cannot be served. */
export async function openWeb(
  { port, ...where }: Config["web"],
  { db, pack }: Pick<Library, "db" | "pack">,
  { clock, log }: { readonly clock: () => Date; readonly log: Log },
): Promise<WebServer | string | null> {
  if (port === null) return null;
  // Loaded only where it is served.
  const [{ serveWeb }, { answerAt }, { memoFor }] = await Promise.all([
    import("#web/serve.ts"),
    import("#web/pages.ts"),
    import("#worker/memo.ts"),
  ]);
  const library: Library = { db, pack, makeMemo: memoFor };
  const site = await serveWeb({
    ...where,
    port,
    clock,
    answer: (url, now) => answerAt(url, library, now),
    fault: (path, error) => log.error("a page failed", { path, error }),
  });
  if (typeof site === "string") return site;
  const url = where.base ?? site.url;
  log.info("the site is served", { url });
  return { ...site, url };
}
