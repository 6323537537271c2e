import { deadlines } from "#answers/deadlines.ts";
import { latest } from "#answers/latest.ts";
import { matter, matters } from "#answers/matters.ts";
import type { Question } from "#answers/question.ts";
import { quotes } from "#answers/quotes.ts";
import { search } from "#answers/search.ts";
import { givenIn, pathWith } from "./asking.ts";
import type { Alternate } from "./layout.ts";

/** How else a view can be had: what the address ends in then, of which type that is, and its name. */
const KINDS = {
  atom: ["application/atom+xml", "Atom"],
  json: ["application/feed+json", "JSON Feed"],
  ics: ["text/calendar", "Calendar"],
  opml: ["text/x-opml", "OPML"],
} as const;

type Followed = {
  readonly path: string;
  readonly kinds: readonly (keyof typeof KINDS)[];
  readonly question: Pick<Question, "asked"> | null;
};

/** What sets no days. */
const FEEDS = ["atom", "json"] as const;
const STORIES = ["atom", "json", "ics"] as const;

/** The views that can be followed from elsewhere, by the path of their page. */
const FOLLOWED: ReadonlyMap<string, Followed> = new Map([
  ["/", { path: "/latest", kinds: STORIES, question: latest }],
  ["/search", { path: "/search", kinds: STORIES, question: search }],
  ["/matter", { path: "/matter", kinds: STORIES, question: matter }],
  ["/matters", { path: "/matters", kinds: FEEDS, question: matters }],
  ["/quotes", { path: "/quotes", kinds: FEEDS, question: quotes }],
  ["/deadlines", { path: "/deadlines", kinds: ["ics"], question: deadlines }],
  ["/feeds", { path: "/feeds", kinds: ["opml"], question: null }],
] as const);

/** A page of a list is no view of its own: who follows it follows the list. */
const OF_PAGES: readonly string[] = ["cursor", "limit"];

/** The same view for other programs. */
export function alternatesOf(url: URL): readonly Alternate[] {
  const { pathname } = url;
  const ofStory = pathname.startsWith("/stories/") ? { path: pathname, kinds: STORIES, question: null } : null;
  const followed = FOLLOWED.get(pathname) ?? ofStory;
  if (followed === null) return [];
  const { path, kinds, question } = followed;
  const asked = question === null ? [] : Object.entries(givenIn(url, question));
  const parameters = asked
    .filter(([name]) => !OF_PAGES.includes(name))
    .flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));
  return kinds.map((kind) => {
    const [type, title] = KINDS[kind];
    return { type, title, href: pathWith(`${path}.${kind}`, parameters) };
  });
}
