import type { ChatInputCommandInteraction } from "discord.js";
import { escapeText } from "#discord/escape.ts";
import { inMode, type Manner, MODES, REMINDING } from "#model/subscription.ts";
import { zonesLike } from "#model/time-zone.ts";
import { mannerParts, type TypedTimes, timesFrom, zoneFrom } from "#text/asked-times.ts";
import { cutText } from "#text/cut.ts";
import type { Choices } from "./command.ts";
import { MAX_CHOICES, type Read } from "./options.ts";

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

/** Times as somebody typed them (see `readTimes`). A fault names what was typed. */
export const readTimes = (typed: TypedTimes, usual: Manner): Read<Manner> => escaped(timesFrom(typed, usual));

export const readZone = (typed: string): Read<string> => escaped(zoneFrom(typed));

const escaped = <T>(read: Read<T>): Read<T> => ("fault" in read ? { fault: escapeText(read.fault) } : read);

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

/** Choices of zones, the likeliest first. */
export const zoneChoices = (typed: string): Choices =>
  zonesLike(typed)
    .slice(0, MAX_CHOICES)
    .map((zone) => ({ name: zone, value: zone }));

/** Room for the longest of zones and a role. */
const MAX_MANNER = 200;

/** `a daily digest at 08:00 (Europe/Paris), threads`. */
export function mannerText(manner: Manner): string {
  const { mention, threads } = manner;
  const parts = [
    ...mannerParts(manner, escapeText),
    ...(threads ? ["threads"] : []),
    ...(mention === null ? [] : [`mentioning <@&${mention}>`]),
  ];
  return cutText(parts.join(", "), MAX_MANNER);
}
