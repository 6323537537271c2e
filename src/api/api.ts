import type { Library } from "#answers/question.ts";
import { openApi } from "./openapi.ts";
import { notThere, problemOf } from "./problem.ts";
import { givenIn, type Reply, reply } from "./reply.ts";
import { BASE, ROUTES, routeOf } from "./routes.ts";

const DESCRIPTION = "/openapi.json";

/** Grows with what is added; what an answer had it keeps, or the address has another version. */
const VERSION = "1.0.0";

/** What stands at an address of the interface for programs; null where it is none of this interface's. */
export async function apiAnswer(url: URL, library: Library, now: Date): Promise<Reply | null> {
  if (!url.pathname.startsWith("/api/")) return null;
  const path = url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length) : "";
  if (path === DESCRIPTION) return json(openApi(library.pack.name, VERSION));
  const asked = routeOf(path);
  if (asked === null)
    return notThere(`Here are ${[DESCRIPTION, ...ROUTES.map((route) => route.path)].join(", ")}, all below ${BASE}.`);
  const { route, given } = asked;
  const outcome = await route.question.answer(library, { ...givenIn(url), ...given }, now);
  return outcome.kind === "answered" ? json(outcome.answer as object) : problemOf(outcome);
}

/** How fresh the store is changes with every poll, and makes no other answer of it. */
function json(answer: object): Reply {
  const { freshness: _, ...content } = { freshness: null, ...answer };
  return reply("application/json", JSON.stringify(answer), JSON.stringify(content));
}
