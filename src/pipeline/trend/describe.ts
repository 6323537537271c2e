import { labelOf, nameOn, type Pack } from "#model/pack.ts";
import { WEEK_MS } from "#model/time.ts";
import type { ChartWeek, Trend, TrendWeek } from "#model/trend.ts";
import { dayOf, dayText } from "#text/calendar.ts";

/** Discord's limit for the words that stand for a picture. */
const LONGEST_ALT = 1_024;

/** `Penalties and fines in the EU: developments a week` */
export function titleOf({ point, places }: { readonly point: string; readonly places: readonly string[] }, pack: Pack) {
  const where = places.map((place) => nameOn("place", place, pack)).join(", ");
  return `${nameOn("point", point, pack)}${where === "" ? "" : ` · ${where}`}: developments a week`;
}

/** What the weeks come to, line by line: all of it, the weeks that are over against those before, and the stages. */
export function linesOf({ weeks, readSince }: Trend, pack: Pack): readonly string[] {
  const whole = weeks.slice(0, -1).filter((week) => isWhole(week, readSince));
  const lines = [
    `${counted(totalOf(weeks, "developments"), "development")} and ${counted(totalOf(weeks, "movements"), "movement")} in ${counted(weeks.length, "week")}.`,
  ];
  if (whole.length >= 2 * RECENT) {
    const [before, recent] = [whole.slice(0, -RECENT), whole.slice(-RECENT)];
    lines.push(`In the last ${RECENT} whole weeks ${mean(recent)} developments a week, before ${mean(before)}.`);
  }
  const stages = stagesText(weeks, pack);
  if (stages !== "") lines.push(`Moved to: ${stages}.`);
  lines.push(...gapsText({ weeks, readSince }));
  return lines;
}

const RECENT = 4;

/** Whether all that came in a week is known; the running one's end is not looked at. */
const isWhole = ({ from, read }: TrendWeek, readSince: Date | null) => read && !isBefore(from, readSince);

/** Whether a week began before the day on which the store did. */
const isBefore = (from: Date, readSince: Date | null) => readSince === null || dayOf(from) < dayOf(readSince);

const totalOf = (weeks: readonly TrendWeek[], what: "developments" | "movements") =>
  weeks.reduce((total, week) => total + week[what], 0);

const mean = (weeks: readonly TrendWeek[]) => (totalOf(weeks, "developments") / weeks.length).toFixed(1);

const counted = (count: number, noun: string) => `${count} ${count === 1 ? noun : `${noun}s`}`;

/** `Adopted 3 times, Proposed once`: what is more often first. */
function stagesText(weeks: readonly TrendWeek[], { facets }: Pack): string {
  const counts = new Map<string, number>();
  for (const stage of weeks.flatMap(({ stages }) => stages)) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([id, count]) => {
      const stage = facets.stages.find((each) => each.id === id);
      return `${stage === undefined ? id : labelOf(stage)} ${count === 1 ? "once" : `${count} times`}`;
    })
    .join(", ");
}

/** What the chart cannot know. */
function gapsText({ weeks, readSince }: Trend): readonly string[] {
  const [first] = weeks;
  if (readSince === null || first === undefined) return ["No feed has been read yet."];
  const unread = weeks.filter(({ from, read }) => !read && from.getTime() + WEEK_MS > readSince.getTime());
  return [
    ...(isBefore(first.from, readSince)
      ? [`Feeds are read since ${dayText(readSince)}: before, only what they still listed.`]
      : []),
    ...(unread.length > 0
      ? [`Nothing was read in ${unread.length === 1 ? "one week" : `${unread.length} weeks`}.`]
      : []),
  ];
}

/**
 * The words that stand for the picture, with its numbers: `Developments a week from 2 Mar 2026: 3, 4 (1 moved), 0 …`. What has no room is
 * left out at the old end, which is said.
 */
export function altOf({ weeks }: Trend): string {
  for (let left = 0; ; left++) {
    const shown = weeks.slice(left);
    const [first] = shown;
    if (first === undefined) return "";
    const numbers = shown.map(
      ({ developments, movements }) => `${developments}${movements === 0 ? "" : ` (${movements} moved)`}`,
    );
    const text = `Developments a week, from the week of ${dayText(first.from)} to this one: ${numbers.join(", ")}.`;
    if (text.length <= LONGEST_ALT) return text;
  }
}

/** What is drawn of them. */
export const chartOf = ({ weeks, readSince }: Trend): readonly ChartWeek[] =>
  weeks.map((week, at) => ({
    label: dayText(week.from).slice(0, -" 2026".length),
    developments: week.developments,
    movements: week.movements,
    partial: at === weeks.length - 1 || !isWhole(week, readSince),
  }));
