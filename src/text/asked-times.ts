import { minuteOf } from "#model/due.ts";
import { inMode, isTimed, type Manner } from "#model/subscription.ts";
import { findTimeZone } from "#model/time-zone.ts";
import { cutText } from "./cut.ts";

/** What was typed, or a sentence that says what to write instead. */
type Asked<T> = { readonly value: T } | { readonly fault: string };

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const dayName = (weekday: number): string => {
  const day = WEEKDAYS[weekday - 1] ?? "";
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}`;
};

/** Times as they are typed; null for what is left as it is. */
export type TypedTimes = Readonly<Record<"at" | "timezone" | "quiet", string | null>>;

/**
 * The same manner at the times that somebody typed. Who names a day asks for a weekly digest, and who names a time where none counts asks
 * for a daily one: what was typed is never left aside.
 */
export function timesFrom(typed: TypedTimes, usual: Manner): Asked<Manner> {
  const zone = typed.timezone === null ? { value: usual.timeZone } : zoneFrom(typed.timezone);
  if ("fault" in zone) return zone;
  const at = typed.at === null ? { value: usual } : readAt(typed.at, usual);
  if ("fault" in at) return at;
  const quiet = typed.quiet === null ? { value: usual.quiet } : readQuiet(typed.quiet);
  if ("fault" in quiet) return quiet;
  const { mode, at: time, weekday } = at.value;
  return { value: { ...inMode(usual, mode), at: time, weekday, timeZone: zone.value, quiet: quiet.value } };
}

/** A zone by its name or its city. An abbreviation is not guessed: its cities are named. */
export function zoneFrom(typed: string): Asked<string> {
  const found = findTimeZone(typed);
  if (found.kind === "zone") return { value: found.zone };
  const asked = cutText(typed, MAX_TYPED);
  const zones = found.kind === "several" ? found.zones : [];
  return {
    fault:
      zones.length === 0
        ? `There is no time zone “${asked}”. Write a city: Berlin, or New York.`
        : `“${asked}” is no one place's time. Choose a city: ${zones.join(", ")}.`,
  };
}

const MAX_TYPED = 60;

/** As it is typed: `Friday 16:00` for a weekly digest, `08:00` for a daily one, nothing where no time counts. */
export const atText = ({ mode, at, weekday }: Manner): string =>
  mode === "weekly" ? `${dayName(weekday)} ${at}` : isTimed(mode) ? at : "";

/** `08:00`, or `Friday 16:00` for a weekly digest; without a day it is that of before. */
function readAt(text: string, usual: Manner): Asked<Pick<Manner, "mode" | "at" | "weekday">> {
  const parts = text.trim().toLowerCase().split(/\s+/);
  const time = parts.pop() ?? "";
  const day = parts.length === 0 ? usual.weekday : WEEKDAYS.findIndex((name) => name.startsWith(parts[0] ?? "")) + 1;
  if (minuteOf(time) === null || day === 0 || parts.length > 1 || (parts[0]?.length ?? 3) < 3) {
    return { fault: "Write the time like 08:00, or like Friday 16:00 for a weekly digest." };
  }
  const mode = parts.length > 0 ? "weekly" : isTimed(usual.mode) ? usual.mode : "daily";
  return { value: { mode, at: time, weekday: day } };
}

function readQuiet(text: string): Asked<Manner["quiet"]> {
  if (text.trim() === "") return { value: null };
  const [from = "", to = "", ...more] = text.split(/[-–]/).map((time) => time.trim());
  if (minuteOf(from) === null || minuteOf(to) === null || more.length > 0)
    return { fault: "Write quiet hours like 22:00-07:00." };
  return { value: { from, to } };
}

/** `a daily digest at 08:00 (Europe/Paris)`, and what comes beside it. */
export function mannerParts(
  { mode, weekday, memo, reminders, ...manner }: Manner,
  say: (text: string) => string = (text) => text,
): readonly string[] {
  const [at, timeZone] = [say(manner.at), say(manner.timeZone)];
  const quiet = manner.quiet && { from: say(manner.quiet.from), to: say(manner.quiet.to) };
  const modes: Readonly<Record<Manner["mode"], string>> = {
    each:
      quiet === null
        ? "each movement as it comes"
        : `each movement, quiet from ${quiet.from} to ${quiet.to} (${timeZone})`,
    hourly: "an hourly digest",
    daily: `a daily digest at ${at} (${timeZone})`,
    weekly: `a weekly digest on ${dayName(weekday)} at ${at} (${timeZone})`,
  };
  return [
    reminders === "only" ? `reminders of deadlines alone, at ${at} (${timeZone})` : modes[mode],
    ...(memo ? [`a memo on Fridays${mode === "each" && quiet === null ? ` (${timeZone})` : ""}`] : []),
    ...(reminders === "off" ? ["no reminders"] : []),
  ];
}
