import type { DeadlineClaim, Occasion } from "#model/deadline.ts";
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

/** What is known, which stories are asked for, and from which day to which. */
export type Asked = {
  readonly claims: readonly DeadlineClaim[];
  readonly storyIds: ReadonlySet<number>;
  readonly since: string;
  readonly until: string;
};

/** Which stories and which time are asked for. */
const isAsked = ({ day, claims }: StandingDay, { storyIds, since, until }: Asked): boolean =>
  day >= since && day <= until && claims.some(({ storyId }) => storyIds.has(storyId));

/** The days that stand in a time, and those that were cancelled, of the stories that are asked for, in order. */
export const comingDays = (asked: Asked, isPrimary: (feedId: string) => boolean): readonly StandingDay[] =>
  standingDays(asked.claims, isPrimary).filter((day) => day.state !== "moved" && isAsked(day, asked));

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
  const [{ change, from } = { change: "set", from: null }] = claims;
  const moved = from === null ? "moved" : `moved from ${dayText(new Date(from))}`;
  return [
    NAMES[occasion],
    ...(tentative ? ["would be"] : []),
    ...(state === "cancelled" ? ["cancelled"] : []),
    ...(state === "contested" ? ["sources differ"] : []),
    ...(change === "moved" && state !== "cancelled" ? [moved] : []),
  ].join(" · ");
}
