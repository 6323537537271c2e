import type { ChatInputCommandInteraction } from "discord.js";
import { escapeText } from "#discord/escape.ts";
import { isTimeZone, minuteOf } from "#model/due.ts";
import { AT_ONCE, type Manner, MODES } from "#model/subscription.ts";
import { cutText } from "#text/cut.ts";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

type Read<T> = { readonly value: T } | { readonly fault: string };

/** When and how, from the options of `/follow`. */
export function readManner({ options }: ChatInputCommandInteraction): Read<Manner> {
  const mode = MODES.find((known) => known === options.getString("mode")) ?? AT_ONCE.mode;
  const timeZone = options.getString("timezone") ?? AT_ONCE.timeZone;
  if (!isTimeZone(timeZone))
    return {
      fault: `There is no time zone “${escapeText(timeZone)}”. Write it like Europe/Paris or America/New\\_York.`,
    };
  const at = readAt(options.getString("at") ?? AT_ONCE.at);
  if ("fault" in at) return at;
  const quiet = readQuiet(options.getString("quiet"));
  if ("fault" in quiet) return quiet;
  const mention = options.getRole("mention")?.id ?? null;
  const threads = options.getBoolean("threads") ?? false;
  // Who looks at a time of their own choosing wants to know that nothing moved; who is told at once is told by silence.
  const quietDays = options.getBoolean("quiet-days") ?? (mode === "daily" || mode === "weekly");
  return { value: { mode, ...at.value, timeZone, quiet: quiet.value, mention, threads, quietDays } };
}

/** `08:00`, or `Friday 16:00` for a weekly digest. */
function readAt(text: string): Read<Pick<Manner, "at" | "weekday">> {
  const parts = text.trim().toLowerCase().split(/\s+/);
  const time = parts.pop() ?? "";
  const day = parts.length === 0 ? AT_ONCE.weekday : WEEKDAYS.findIndex((name) => name.startsWith(parts[0] ?? "")) + 1;
  if (minuteOf(time) === null || day === 0 || parts.length > 1 || (parts[0]?.length ?? 3) < 3) {
    return { fault: "Write the time like 08:00, or like Friday 16:00 for a weekly digest." };
  }
  return { value: { at: time, weekday: day } };
}

function readQuiet(text: string | null): Read<Manner["quiet"]> {
  if (text === null) return { value: null };
  const [from = "", to = "", ...more] = text.split(/[-–]/).map((time) => time.trim());
  if (minuteOf(from) === null || minuteOf(to) === null || more.length > 0)
    return { fault: "Write quiet hours like 22:00-07:00." };
  return { value: { from, to } };
}

/** Room for the longest of zones and a role. */
const MAX_MANNER = 200;

/** `a daily digest at 08:00 (Europe/Paris)`. */
export function mannerText({ mode, weekday, mention, threads, ...manner }: Manner): string {
  const [at, timeZone] = [escapeText(manner.at), escapeText(manner.timeZone)];
  const quiet = manner.quiet && { from: escapeText(manner.quiet.from), to: escapeText(manner.quiet.to) };
  const day = WEEKDAYS[weekday - 1] ?? "";
  const modes: Readonly<Record<Manner["mode"], string>> = {
    each:
      quiet === null
        ? "each movement as it comes"
        : `each movement, quiet from ${quiet.from} to ${quiet.to} (${timeZone})`,
    hourly: "an hourly digest",
    daily: `a daily digest at ${at} (${timeZone})`,
    weekly: `a weekly digest on ${day.charAt(0).toUpperCase()}${day.slice(1)} at ${at} (${timeZone})`,
  };
  const parts = [
    modes[mode],
    ...(threads ? ["threads"] : []),
    ...(mention === null ? [] : [`mentioning <@&${mention}>`]),
  ];
  return cutText(parts.join(", "), MAX_MANNER);
}
