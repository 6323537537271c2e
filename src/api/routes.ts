import type { Question } from "#answers/question.ts";
import { QUESTIONS } from "#answers/questions.ts";

/** The part of every address of this interface that names it, with its version: what an answer has is only ever added to. */
export const BASE = "/api/v1";

/** What is answered at an address below `BASE`. */
export type Route = {
  /** With the parameter that is part of it in braces. */
  readonly path: string;
  readonly question: Question;
  readonly inPath?: string;
};

const { latest, search, story, deadlines, quotes, points, places, matters, matter, feeds, trend, memo } = QUESTIONS;

export const ROUTES: readonly Route[] = [
  { path: "/latest", question: latest },
  { path: "/search", question: search },
  { path: "/stories/{story}", question: story, inPath: "story" },
  { path: "/deadlines", question: deadlines },
  { path: "/quotes", question: quotes },
  { path: "/points", question: points },
  { path: "/places", question: places },
  { path: "/matters", question: matters },
  { path: "/matters/{matter}", question: matter, inPath: "matter" },
  { path: "/feeds", question: feeds },
  { path: "/trend", question: trend },
  { path: "/memo", question: memo },
];

/** The route of a path below `BASE`, and the parameter that is part of it; null where there is none. */
export function routeOf(path: string): { readonly route: Route; readonly given: Record<string, string> } | null {
  const [, first = "", second] = /^(\/[^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  for (const route of ROUTES) {
    const [head, parameter] = route.path.split("/{");
    if (head !== first || (parameter === undefined) !== (second === undefined)) continue;
    const named = second === undefined ? "" : decoded(second);
    if (named === null) return null;
    return { route, given: route.inPath === undefined ? {} : { [route.inPath]: named } };
  }
  return null;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
