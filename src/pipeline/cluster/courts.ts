import type { Stage } from "#model/pack.ts";
import { idOn, type Tag, type Tagging, tagsOn } from "#model/tag.ts";

/**
 * Odds that an article joins a story, where one is before a court and the other is not, and where both are, elsewhere:
 * what a court makes of an order is not the order, and another court's ruling on it is a third thing, to be shown beside
 * it. Set by hand, for lack of labelled news with tags. Reports of one ruling have odds of 8 to 15 without them, an order
 * and the ruling on it 2 to 6; rulings of two courts may be worded alike, and only the court tells them apart.
 */
const COURT_AND_NOT = -7;
const OTHER_COURT = -12;

/** Whether an article, or a story, is before a court, and where. */
export type Venue = {
  /** Null where nothing says what stage it is at. */
  readonly beforeCourt: boolean | null;
  /** Where: `US-TX`, then not also `US`. An article is at the place that it names first, for it may name another court's too. */
  readonly places: readonly string[];
};

/** `stages` are the pack's. */
export function venueOf({ tags }: Tagging, stages: readonly Stage[]): Venue {
  const id = idOn(tags, "stage");
  const beforeCourt = id === null ? null : stages.some((stage) => stage.id === id && stage.kind === "court");
  const places = tagsOn(tags, "place").toSorted((a, b) => firstMention(a) - firstMention(b));
  const named = narrowest(places.map(({ id }) => id));
  return { beforeCourt, places: named.slice(0, 1) };
}

/** Titles come before texts. */
const firstMention = ({ evidence }: Tag): number =>
  Math.min(...evidence.map(({ field, start }) => (field === "title" ? start : start + LONGEST_TITLE)));

const LONGEST_TITLE = 1e6;

/** The venue of a story, by its articles: what most of them say, and a place that one of them names. */
export function commonVenue(venues: readonly Venue[]): Venue {
  const before = venues.filter(({ beforeCourt }) => beforeCourt === true);
  const not = venues.filter(({ beforeCourt }) => beforeCourt === false).length;
  return {
    beforeCourt: before.length === not ? null : before.length > not,
    places: narrowest([...new Set(before.flatMap(({ places }) => places))]),
  };
}

export function venueOdds(a: Venue, b: Venue): number {
  if (a.beforeCourt === null || b.beforeCourt === null) return 0;
  if (a.beforeCourt !== b.beforeCourt) return COURT_AND_NOT;
  const known = a.beforeCourt && a.places.length > 0 && b.places.length > 0;
  return known && !a.places.some((one) => b.places.some((other) => isNear(one, other))) ? OTHER_COURT : 0;
}

const narrowest = (places: readonly string[]): string[] =>
  places.filter((id) => !places.some((other) => liesIn(other, id)));

const isNear = (a: string, b: string): boolean => a === b || liesIn(a, b) || liesIn(b, a);

/** `US-TX` lies in `US`. */
const liesIn = (place: string, other: string): boolean => place.startsWith(`${other}-`);
