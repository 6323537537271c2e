import type { DeadlineClaim, Occasion, ShownDay } from "#model/deadline.ts";
import { feedName, type Pack } from "#model/pack.ts";
import { dayText } from "#text/calendar.ts";
import { type StandingDay, standingDays } from "./standing.ts";

const NAMES: Readonly<Record<Occasion, string>> = {
  comments: "Comments close",
  hearing: "Hearing",
  vote: "Vote",
  decision: "Decision due",
  effect: "In force",
  compliance: "Compliance due",
  report: "Report due",
  sunset: "Expires",
};

/** What is known, which stories are asked for, and from which day to which, if to any. */
export type Asked = {
  readonly claims: readonly DeadlineClaim[];
  readonly storyIds: ReadonlySet<number>;
  readonly since: string;
  readonly until?: string;
};

/** Whether a day is of the stories and the time that are asked for. */
const isAsked = ({ day, claims }: StandingDay, { storyIds, since, until = day }: Asked): boolean =>
  day >= since && day <= until && claims.some(({ storyId }) => storyIds.has(storyId));

/** The days that stand in a time, and those that were cancelled, of the stories that are asked for, in order. */
export const comingDays = (asked: Asked, isPrimary: (feedId: string) => boolean): readonly StandingDay[] =>
  standingDays(asked.claims, isPrimary).filter((day) => day.state !== "moved" && isAsked(day, asked));

/** Those alone that stand, contested or not. */
export const standingIn: typeof comingDays = (asked, isPrimary) =>
  comingDays(asked, isPrimary).filter(({ state }) => state !== "cancelled");

/** The same for a calendar, which must hear of what it was told before: with the days that were dropped for another's. */
export function calendarDays(asked: Asked, isPrimary: (feedId: string) => boolean): readonly StandingDay[] {
  const days = standingDays(asked.claims, isPrimary);
  const carried = new Set(days.flatMap((day) => (day.state === "moved" ? [] : [uidOf(day)])));
  return days.filter((day) => (day.state !== "moved" || !carried.has(uidOf(day))) && isAsked(day, asked));
}

/** What a day is known by in calendars, however often it is moved. */
export const uidOf = ({ sagaId, occasion, first }: StandingDay): string => `${sagaId}-${occasion}-${first}@policywire`;

/** What is on a day, and what is uncertain of it: `Hearing · moved from 17 Mar 2026`. */
export function occasionText({ occasion, state, tentative, claims }: StandingDay): string {
  const [{ change, from }] = claims;
  const moved = from === null ? "moved" : `moved from ${dayText(new Date(from))}`;
  return [
    NAMES[occasion],
    ...(tentative ? ["would be"] : []),
    ...(state === "cancelled" ? ["cancelled"] : []),
    ...(state === "contested" ? ["sources differ"] : []),
    ...(change === "moved" && state !== "cancelled" ? [moved] : []),
  ].join(" · ");
}

/** The sentence that sets a day, after the one with the day that it is counted from. */
export const quoteOf = ({ claims: [{ base, quote }] }: Pick<StandingDay, "claims">): string =>
  base === null ? quote : `${base} … ${quote}`;

/** A day as readers see it, beside one of the stories that it stands in. */
export function shownDay(
  day: StandingDay,
  { id: storyId, title }: { readonly id: number; readonly title: string },
  pack: Pick<Pack, "feeds">,
): ShownDay {
  const [{ feedId, url, at }, ...others] = day.claims;
  return {
    day: day.day,
    occasion: occasionText(day),
    quote: quoteOf(day),
    source: feedName(feedId, pack),
    url,
    at,
    more: others.length,
    storyId,
    title,
  };
}
