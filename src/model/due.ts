import { LEADS, type Lead } from "./deadline.ts";
import type { Manner } from "./subscription.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./time.ts";

/** Minutes since midnight of `08:30`; null for what is no time of day. */
export function minuteOf(time: string): number | null {
  const [, hour = "", minute = ""] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour === "" || Number(hour) > 23 || Number(minute) > 59 ? null : minutes;
}

/** When something that moved `now` is to be posted: at once, after the quiet hours, or with the next digest. */
export function dueAt(manner: Manner, now: Date): Date {
  switch (manner.mode) {
    case "each":
      return afterQuiet(manner, now);
    case "hourly":
      return new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);
    case "daily":
      return nextAt(manner, now, null);
    case "weekly":
      return nextAt(manner, now, manner.weekday);
  }
}

/** The last time at which a daily or weekly digest fell due, and the one before; null for what is posted oftener. */
export function lastPeriod(manner: Manner, now: Date): { readonly from: Date; readonly at: Date } | null {
  if (manner.mode !== "daily" && manner.mode !== "weekly") return null;
  const periodMs = manner.mode === "daily" ? DAY_MS : 7 * DAY_MS;
  // Days of 23 and 25 hours included, three periods hold two times at least.
  let from = dueAt(manner, new Date(now.getTime() - 3 * periodMs));
  let at = dueAt(manner, from);
  for (let next = dueAt(manner, at); next <= now; next = dueAt(manner, at)) [from, at] = [at, next];
  return { from, at };
}

/** A reminder that falls due `at`: of the `day` that many days later, counted from 1970; it is posted at `dueAt`. */
type DueReminder = { readonly day: number; readonly lead: Lead; readonly at: Date; readonly dueAt: Date };

/**
 * The reminders that fell due after one time and by `now`: at the hour of the digests, by the clocks of the zone, and never in quiet
 * hours. What is late is still of use, but of a day with both reminders due the nearer one alone, and none of a day that is over.
 */
export function remindersDue(manner: Manner, after: Date, now: Date): readonly DueReminder[] {
  const { timeZone } = manner;
  const dayAt = (at: Date) => wallOf(at, timeZone).midnight / DAY_MS;
  const due = new Map<number, DueReminder>();
  for (let at = nextAt(manner, after, null); at <= now; at = nextAt(manner, at, null)) {
    for (const lead of LEADS) {
      const day = dayAt(at) + lead;
      due.set(day, { day, lead, at, dueAt: afterQuiet(manner, at) });
    }
  }
  const today = dayAt(now);
  return [...due.values()].filter(({ day }) => day >= today);
}

function afterQuiet({ quiet, timeZone }: Manner, now: Date): Date {
  if (quiet === null) return now;
  const [from, to, minute] = [minuteOf(quiet.from) ?? 0, minuteOf(quiet.to) ?? 0, wallOf(now, timeZone).minute];
  const inside = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  return inside ? nextAt({ at: quiet.to, timeZone }, now, null) : now;
}

/** The first moment after `now` when the clocks of the zone show `at`, on `weekday` if given. */
function nextAt({ at, timeZone }: Pick<Manner, "at" | "timeZone">, now: Date, weekday: number | null): Date {
  const today = wallOf(now, timeZone);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = new Date(today.midnight + ahead * DAY_MS);
    if (weekday !== null && (day.getUTCDay() || 7) !== weekday) continue;
    const moment = momentOf(day.getTime() + (minuteOf(at) ?? 0) * MINUTE_MS, timeZone);
    if (moment > now) return moment;
  }
  throw new Error(`no ${at} within a week in ${timeZone}`);
}

/** What the clocks of a zone show: the day's midnight as if it were UTC, and the minute of the day. */
export function wallOf(at: Date, timeZone: string): { readonly midnight: number; readonly minute: number } {
  const wall = at.getTime() + offsetOf(at, timeZone);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  return { midnight, minute: Math.floor((wall - midnight) / MINUTE_MS) };
}

/**
 * The moment when the clocks of a zone show `wall` (milliseconds, as if it were UTC). When they show it twice, the
 * first; when they skip it, the moment of the skip is passed by as much as the time is.
 */
export function momentOf(wall: number, timeZone: string): Date {
  const before = offsetOf(new Date(wall - DAY_MS), timeZone);
  const first = new Date(wall - before);
  if (offsetOf(first, timeZone) === before) return first;
  const second = new Date(wall - offsetOf(first, timeZone));
  return second.getTime() + offsetOf(second, timeZone) === wall ? second : first;
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetOf(at: Date, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at.getTime() / 1_000) * 1_000;
}

/** Zones whose clocks were looked at: making one takes fifty times as long as reading it, and there are some six hundred. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}
