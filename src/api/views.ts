import { latest } from "#answers/latest.ts";
import { matter, matters } from "#answers/matters.ts";
import { answered, type Given, type Library, type Outcome } from "#answers/question.ts";
import { quotes } from "#answers/quotes.ts";
import { search } from "#answers/search.ts";
import { story } from "#answers/story.ts";
import { nameOn, type Pack } from "#model/pack.ts";
import { matterEntry, quoteEntry } from "./entries.ts";
import { revisionEntries, storyEntry, tagUri } from "./story-entries.ts";
import type { View } from "./view.ts";

/** Entries of a feed where nobody says: readers look every hour or so, and keep what they have seen. */
const USUAL_ENTRIES = 50;

/** A view of the site, as whoever follows it from elsewhere has it. */
export type Viewer = (url: URL, given: Given, library: Library, now: Date) => Promise<Outcome<View>>;

/** `/latest`: the newest stories, or those of a point, a place, a law … */
export const latestView: Viewer = async (url, given, library, now) => {
  const outcome = await latest.answer(library, { limit: USUAL_ENTRIES, ...given }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  const of = narrowingText(given, pack);
  const title = of === "" ? "latest" : of;
  return answered(viewOf(url, { title, page: "/", entries: entriesOf(outcome.answer.stories, url, pack) }, pack));
};

/** `/search`: the newest stories with some words. */
export const searchView: Viewer = async (url, given, library, now) => {
  const outcome = await search.answer(library, { limit: USUAL_ENTRIES, ...given }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  const title = [...quoted(given["query"]), narrowingText(given, pack)].filter((part) => part !== "").join("; ");
  return answered(viewOf(url, { title, page: "/search", entries: entriesOf(outcome.answer.stories, url, pack) }, pack));
};

/** `/matter`: the newest stories about a bill, an act, a case. */
export const matterView: Viewer = async (url, given, library, now) => {
  const found = await matter.answer(library, given, now);
  if (found.kind !== "answered") return found;
  const { key, title } = found.answer;
  const outcome = await latest.answer(library, { limit: USUAL_ENTRIES, law: [key] }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  return answered(viewOf(url, { title, page: "/matter", entries: entriesOf(outcome.answer.stories, url, pack) }, pack));
};

/** `/matters`: the bills, acts and cases that were first met lately. */
export const mattersView: Viewer = async (url, given, library, now) => {
  const outcome = await matters.answer(library, { limit: USUAL_ENTRIES, order: "newest", ...given }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  const title = ["matters", ...quoted(given["query"])].join(": ");
  const entries = outcome.answer.matters.map((each) => matterEntry(each, url));
  return answered(viewOf(url, { title, page: "/matters", entries }, pack));
};

/** `/quotes`: who said what lately. */
export const quotesView: Viewer = async (url, given, library, now) => {
  const outcome = await quotes.answer(library, { limit: USUAL_ENTRIES, ...given }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  const of = [...quoted(given["who"]), narrowingText(given, pack)].filter((part) => part !== "").join("; ");
  const title = of === "" ? "who said what" : `who said what: ${of}`;
  const entries = outcome.answer.quotes.map((each) => quoteEntry(each, url, pack));
  return answered(viewOf(url, { title, page: "/quotes", entries }, pack));
};

/** `/stories/12`: one story, an entry a revision. */
export const storyView: Viewer = async (url, given, library, now) => {
  const outcome = await story.answer(library, { proofs: 0, ...given }, now);
  if (outcome.kind !== "answered") return outcome;
  const { pack } = library;
  const { answer: told } = outcome;
  const entries = revisionEntries(told, url, pack);
  return answered(viewOf(url, { title: told.title, page: `/stories/${told.id}`, entries }, pack));
};

type Shown = Pick<View, "title" | "entries"> & { readonly page: string };

const quoted = (typed: unknown): readonly string[] =>
  typed === undefined || typed === "" ? [] : [`“${String(typed)}”`];

const entriesOf = (stories: readonly Parameters<typeof storyEntry>[0][], url: URL, pack: Pack) =>
  stories.map((each) => storyEntry(each, url, pack));

/** A view under its names: one of the same parameters has the same, in whatever order they are asked for. */
function viewOf(url: URL, { title, page, entries }: Shown, { name }: Pick<Pack, "name">): View {
  const asked = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ""));
  asked.sort();
  const query = asked.size === 0 ? "" : `?${asked}`;
  return {
    id: tagUri(url, `${url.pathname.slice(1).replace(/\.\w+$/, "")}${query}`),
    title: `${name}: ${title}`,
    home: `${url.origin}${page}${query}`,
    self: `${url.origin}${url.pathname}${query}`,
    entries,
  };
}

/** `Penalties and fines; European Union`: what is asked for, by its names. */
function narrowingText(given: Given, pack: Pack): string {
  const ids = (parameter: string) => {
    const named = given[parameter] ?? [];
    return Array.isArray(named) ? named.map(String) : String(named).split(",");
  };
  return [
    ...(["point", "place", "stage", "actor"] as const).map((axis) =>
      ids(axis)
        .map((id) => nameOn(axis, id, pack))
        .join(" or "),
    ),
    ids("law").join(" or "),
  ]
    .filter((part) => part !== "")
    .join("; ");
}
