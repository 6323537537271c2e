import { calendarOf, deadlinesFile } from "#answers/deadlines.ts";
import { matter } from "#answers/matters.ts";
import { answered, type Given, type Library, type Outcome } from "#answers/question.ts";
import { search } from "#answers/search.ts";
import { story } from "#answers/story.ts";
import { problemOf } from "./problem.ts";
import { givenIn, type Reply, reply } from "./reply.ts";
import { updatedOf, type View } from "./view.ts";
import { latestView, mattersView, matterView, quotesView, searchView, storyView, type Viewer } from "./views.ts";

/** How far ahead a calendar goes: whoever subscribes to one looks at months. */
const CALENDAR_AHEAD = "366d";

/** Stories whose days a calendar of a search has, the newest. */
const CALENDAR_STORIES = 50;

/** What narrows days: a calendar is asked for in the words of its view, some of which are no business of days. */
const OF_DAYS: readonly string[] = ["point", "place", "law", "stage", "actor", "source"];

/** How a view is followed: as feeds, as a calendar, or as both. */
type Followed = {
  readonly view?: Viewer;
  /** What the days of the view are asked for by; null where it has no story, and so no day. */
  readonly days?: (given: Given, library: Library, now: Date) => Promise<Outcome<Given | null>>;
};

const ofDays = (given: Given): Given =>
  Object.fromEntries(Object.entries(given).filter(([name]) => OF_DAYS.includes(name)));

/** The views that are followed from elsewhere, by their path without what says the format. */
const FOLLOWED: Readonly<Record<string, Followed>> = {
  "/latest": { view: latestView, days: async (given) => answered(ofDays(given)) },
  "/quotes": { view: quotesView },
  "/matters": { view: mattersView },
  "/deadlines": { days: async (given) => answered(given) },
  "/search": {
    view: searchView,
    async days(given, library, now) {
      const found = await search.answer(library, { ...given, limit: CALENDAR_STORIES }, now);
      if (found.kind !== "answered") return found;
      const stories = found.answer.stories.map(({ id }) => id);
      return answered(stories.length === 0 ? null : { story: stories });
    },
  },
  "/matter": {
    view: matterView,
    async days(given, library, now) {
      const found = await matter.answer(library, given, now);
      return found.kind === "answered" ? answered({ law: [found.answer.key] }) : found;
    },
  },
};

/** `/stories/12` */
const STORY: Followed = {
  view: storyView,
  async days(given, library, now) {
    const found = await story.answer(library, { ...given, proofs: 0 }, now);
    return found.kind === "answered" ? answered({ story: [found.answer.id] }) : found;
  },
};

/** What stands at an address of a feed, a calendar or the catalogue's list; null where it is none of these. */
export async function feedAnswer(url: URL, library: Library, now: Date): Promise<Reply | null> {
  const [, path = "", id, format] =
    /^(\/(?:stories\/(\d{1,16})|[a-z]+))\.(atom|json|ics|opml)$/.exec(url.pathname) ?? [];
  if (format === "opml") return path === "/feeds" ? catalogue(library) : null;
  const followed = id === undefined ? FOLLOWED[path] : STORY;
  if (followed === undefined) return null;
  const given = id === undefined ? givenIn(url) : { ...givenIn(url), story: id };
  if (format === "ics") return followed.days === undefined ? null : calendar(followed.days, given, library, now);
  if (followed.view === undefined) return null;
  const view = await followed.view(url, given, library, now);
  return view.kind === "answered" ? written(view.answer, format) : problemOf(view);
}

async function written(view: View, format: string | undefined): Promise<Reply> {
  // Loaded once somebody follows something: no other page needs what writes them.
  const [type, body] =
    format === "json"
      ? (["application/feed+json", (await import("./json-feed.ts")).jsonFeed(view)] as const)
      : (["application/atom+xml; charset=utf-8", (await import("./atom.ts")).atom(view)] as const);
  return reply(type, body, body, view.entries.length === 0 ? null : updatedOf(view));
}

type DaysOf = NonNullable<Followed["days"]>;

async function calendar(days: DaysOf, given: Given, library: Library, now: Date): Promise<Reply> {
  const { within = CALENDAR_AHEAD, ...viewed } = given;
  const of = await days(viewed, library, now);
  if (of.kind !== "answered") return problemOf(of);
  const made =
    of.answer === null
      ? answered(await calendarOf({ filters: [], within: 0 }, library, now))
      : await deadlinesFile.answer(library, { ...of.answer, within }, now);
  if (made.kind !== "answered") return problemOf(made);
  const { file } = made.answer;
  // When a file was made is no news in it.
  return reply("text/calendar; charset=utf-8", file, file.replace(/^DTSTAMP:.*$/gm, ""));
}

async function catalogue({ pack }: Library): Promise<Reply> {
  const file = (await import("#pipeline/opml.ts")).writeOpml(pack.name, pack.feeds);
  return reply("text/x-opml; charset=utf-8", file, file);
}
