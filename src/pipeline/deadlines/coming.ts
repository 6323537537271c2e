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

/** The days that stand in a time, and those that were cancelled, of the stories that are asked for, in order. */
export function comingDays(
  { claims, storyIds, since, until }: Asked,
  isPrimary: (feedId: string) => boolean,
): readonly StandingDay[] {
  return standingDays(claims, isPrimary).filter(
    (each) =>
      each.state !== "moved" &&
      each.day >= since &&
      each.day <= until &&
      each.claims.some(({ storyId }) => storyIds.has(storyId)),
  );
}

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
