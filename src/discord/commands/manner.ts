import type { ChatInputCommandInteraction } from "discord.js";
import { escapeText, escapeWithin } from "#discord/escape.ts";
import { minuteOf } from "#model/due.ts";
import { inMode, isTimed, type Manner, MODES, REMINDING } from "#model/subscription.ts";
import { findTimeZone, zonesLike } from "#model/time-zone.ts";
import { cutText } from "#text/cut.ts";
import type { Choices } from "./command.ts";
import { MAX_CHOICES, type Read } from "./options.ts";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const dayName = (weekday: number): string => {
  const day = WEEKDAYS[weekday - 1] ?? "";
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}`;
};

/** Modes as people choose them. */
export const MODE_NAMES: Readonly<Record<Manner["mode"], string>> = {
  each: "each movement as it comes",
  hourly: "hourly digest",
  daily: "daily digest",
  weekly: "weekly digest",
};

/** What comes of deadlines, as people choose it. */
export const REMINDER_NAMES: Readonly<Record<Manner["reminders"], string>> = {
  on: "beside what moves",
  only: "reminders alone",
  off: "no reminders",
};

/** Times as they are typed; null for what is left as it is. */
type Typed = Readonly<Record<"at" | "timezone" | "quiet", string | null>>;

/** When and how, from the options of `/follow`; what is left out is as in `usual`. */
export function readManner({ options }: ChatInputCommandInteraction, usual: Manner): Read<Manner> {
  const typed = {
    at: options.getString("at"),
    timezone: options.getString("timezone"),
    quiet: options.getString("quiet"),
  };
  const times = readTimes(typed, usual);
  if ("fault" in times) return times;
  const mode = MODES.find((known) => known === options.getString("mode")) ?? times.value.mode;
  const manner = inMode(times.value, mode);
  const mention = options.getRole("mention")?.id ?? usual.mention;
  const threads = options.getBoolean("threads") ?? usual.threads;
  const quietDays = options.getBoolean("quiet-days") ?? manner.quietDays;
  const reminders = REMINDING.find((known) => known === options.getString("reminders")) ?? usual.reminders;
  const memo = options.getBoolean("memo") ?? usual.memo;
  const silences = options.getBoolean("silences") ?? manner.silences;
  return { value: { ...manner, mention, threads, quietDays, reminders, memo, silences } };
}

/**
 * The same manner at the times that somebody typed. Who names a day asks for a weekly digest, and who names a time where none counts asks
 * for a daily one: what was typed is never left aside.
 */
export function readTimes(typed: Typed, usual: Manner): Read<Manner> {
  const zone = typed.timezone === null ? { value: usual.timeZone } : readZone(typed.timezone);
  if ("fault" in zone) return zone;
  const at = typed.at === null ? { value: usual } : readAt(typed.at, usual);
  if ("fault" in at) return at;
  const quiet = typed.quiet === null ? { value: usual.quiet } : readQuiet(typed.quiet);
  if ("fault" in quiet) return quiet;
  const { mode, at: time, weekday } = at.value;
  return { value: { ...inMode(usual, mode), at: time, weekday, timeZone: zone.value, quiet: quiet.value } };
}

/** A zone by its name or its city. An abbreviation is not guessed: its cities are named. */
export function readZone(typed: string): Read<string> {
  const found = findTimeZone(typed);
  if (found.kind === "zone") return { value: found.zone };
  const asked = escapeWithin(typed, MAX_TYPED);
  const zones = found.kind === "several" ? found.zones.map(escapeText) : [];
  return {
    fault:
      zones.length === 0
        ? `There is no time zone “${asked}”. Write a city: Berlin, or New York.`
        : `“${asked}” is no one place's time. Choose a city: ${zones.join(", ")}.`,
  };
}

/** Choices of zones, the likeliest first. */
export const zoneChoices = (typed: string): Choices =>
  zonesLike(typed)
    .slice(0, MAX_CHOICES)
    .map((zone) => ({ name: zone, value: zone }));

const MAX_TYPED = 60;

/** As it is typed: `Friday 16:00` for a weekly digest, `08:00` for a daily one, nothing where no time counts. */
export const atText = ({ mode, at, weekday }: Manner): string =>
  mode === "weekly" ? `${dayName(weekday)} ${at}` : isTimed(mode) ? at : "";

/** `08:00`, or `Friday 16:00` for a weekly digest; without a day it is that of before. */
function readAt(text: string, usual: Manner): Read<Pick<Manner, "mode" | "at" | "weekday">> {
  const parts = text.trim().toLowerCase().split(/\s+/);
  const time = parts.pop() ?? "";
  const day = parts.length === 0 ? usual.weekday : WEEKDAYS.findIndex((name) => name.startsWith(parts[0] ?? "")) + 1;
  if (minuteOf(time) === null || day === 0 || parts.length > 1 || (parts[0]?.length ?? 3) < 3) {
    return { fault: "Write the time like 08:00, or like Friday 16:00 for a weekly digest." };
  }
  const mode = parts.length > 0 ? "weekly" : isTimed(usual.mode) ? usual.mode : "daily";
  return { value: { mode, at: time, weekday: day } };
}

function readQuiet(text: string): Read<Manner["quiet"]> {
  if (text.trim() === "") return { value: null };
  const [from = "", to = "", ...more] = text.split(/[-–]/).map((time) => time.trim());
  if (minuteOf(from) === null || minuteOf(to) === null || more.length > 0)
    return { fault: "Write quiet hours like 22:00-07:00." };
  return { value: { from, to } };
}

/** Room for the longest of zones and a role. */
const MAX_MANNER = 200;

/** `a daily digest at 08:00 (Europe/Paris)`. */
export function mannerText({ mode, weekday, mention, threads, memo, ...manner }: Manner): string {
  const [at, timeZone] = [escapeText(manner.at), escapeText(manner.timeZone)];
  const quiet = manner.quiet && { from: escapeText(manner.quiet.from), to: escapeText(manner.quiet.to) };
  const modes: Readonly<Record<Manner["mode"], string>> = {
    each:
      quiet === null
        ? "each movement as it comes"
        : `each movement, quiet from ${quiet.from} to ${quiet.to} (${timeZone})`,
    hourly: "an hourly digest",
    daily: `a daily digest at ${at} (${timeZone})`,
    weekly: `a weekly digest on ${dayName(weekday)} at ${at} (${timeZone})`,
  };
  const parts = [
    manner.reminders === "only" ? `reminders of deadlines alone, at ${at} (${timeZone})` : modes[mode],
    ...(memo ? [`a memo on Fridays${mode === "each" && quiet === null ? ` (${timeZone})` : ""}`] : []),
    ...(threads ? ["threads"] : []),
    ...(mention === null ? [] : [`mentioning <@&${mention}>`]),
    ...(manner.reminders === "off" ? ["no reminders"] : []),
  ];
  return cutText(parts.join(", "), MAX_MANNER);
}
