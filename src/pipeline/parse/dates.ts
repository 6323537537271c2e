import { LONGEST_DATE } from "#model/limits.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { dayNumber, monthNamed, monthOf } from "#text/calendar.ts";

/** Hours from UTC of zones by name (RFC 822 and those seen in feeds); a name two countries share is the one seen more. */
const ZONES: Readonly<Record<string, number>> = {
  UT: 0,
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  IST: 5.5,
  CET: 1,
  CEST: 2,
  MET: 1,
  MEST: 2,
  MEZ: 1,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  SAST: 2,
  MSK: 3,
  MSD: 4,
  PKT: 5,
  ICT: 7,
  WIB: 7,
  CST: -6,
  HKT: 8,
  SGT: 8,
  AWST: 8,
  PHT: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  ACDT: 10.5,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  NST: -3.5,
  NDT: -2.5,
  BRT: -3,
  BRST: -2,
  ART: -3,
  AST: -4,
  ADT: -3,
  EST: -5,
  EDT: -4,
  ET: -5,
  CDT: -5,
  CT: -6,
  MST: -7,
  MDT: -6,
  MT: -7,
  PST: -8,
  PDT: -7,
  PT: -8,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  HAST: -10,
  HADT: -9,
};

type Clock = { readonly ms: number; readonly rest: string };

const ZONE = /(?:\b(?:UTC?|GMT)\s*)?([+-])(\d{1,2}):?(\d{2})?\s*$|(?<![\p{L}])([A-Za-z]{1,5})\s*$/u;

/** The zone at the end of a date, as milliseconds from UTC; zone-less times are UTC. */
function zoneOf(text: string): Clock {
  const match = ZONE.exec(text);
  if (match === null) return { ms: 0, rest: text };
  const [whole, sign, hours, minutes, name] = match;
  const rest = text.slice(0, text.length - whole.length);
  if (sign !== undefined) {
    const size = Number(hours) * 60 + Number(minutes ?? 0);
    return Number(hours) > 15 ? { ms: 0, rest } : { ms: (sign === "-" ? -size : size) * MINUTE_MS, rest };
  }
  const offset = ZONES[name?.toUpperCase() ?? ""];
  return offset === undefined ? { ms: 0, rest: text } : { ms: offset * HOUR_MS, rest };
}

const TIME = /(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))?\s*(?:([ap])\.?m\b\.?)?/i;

/** The time of day within a date, in milliseconds; null when it is impossible. */
function timeOf(match: readonly (string | undefined)[] | null): number | null {
  if (match === null) return 0;
  const [, hour, minute, second = "0", half] = match;
  let hours = Number(hour);
  if (half !== undefined) hours = (hours % 12) + (/p/i.test(half) ? 12 : 0);
  const minutes = Number(minute);
  const seconds = Math.trunc(Number(second.replace(",", ".")));
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2_000 : 1_900);

/** Midnight UTC of a day that exists, or null. */
function dayOf(year: number, month: number, date: number): number | null {
  const day = year < 1_900 || year > 2_200 ? null : dayNumber(year, month, date);
  return day === null ? null : day * DAY_MS;
}

function iso(day: number | null, time: number | null, zone: number): string | null {
  return day === null || time === null ? null : new Date(day + time - zone).toISOString();
}

const ISO =
  /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|(\d{2})(\d{2}))?(?:[T _]{1,3}(\d{1,2}):?(\d{2})(?::?(\d{2}(?:[.,]\d{1,9})?))?(?: ?([AP])M\b)?)?(.*)$/i;

function isoDate(text: string): string | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year = "", month, day, month2, day2, hour, minute, second, half, tail = ""] = match;
  const zone = zoneOf(tail);
  if (zone.rest.trim() !== "") return null;
  const time = hour === undefined ? 0 : timeOf(["", hour, minute, second, half]);
  return iso(dayOf(Number(year), Number(month ?? month2 ?? 1), Number(day ?? day2 ?? 1)), time, zone.ms);
}

const firstOf = (words: readonly string[], read: (word: string) => number | null): number | null =>
  words.map(read).find((month) => month !== null) ?? null;

/** A date with the month as a word, in any order. */
function wordDate(text: string): string | null {
  const zone = zoneOf(text);
  const time = TIME.exec(zone.rest);
  const rest = time === null ? zone.rest : zone.rest.replace(time[0], " ");
  const words = rest.match(/\p{L}[\p{L}\p{M}]{2,}/gu) ?? [];
  // Weekdays come first and look like months in some languages ("mar." is a Tuesday in France).
  const said = words.length > 1 && /^\s*\p{L}+[.,]/u.test(rest) ? words.slice(1) : words;
  const month = firstOf(said, monthNamed) ?? firstOf(said, monthOf);
  const [first = "", second = ""] = rest.match(/\d+/g) ?? [];
  if (month === null || second === "") return null;
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  return iso(dayOf(fullYear(year), month, Number(day)), timeOf(time), zone.ms);
}

/** `12/31/2003` as in the United States, unless the first number can only be a day; with dots the day comes first. */
function numberDate(text: string): string | null {
  const match = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b(.*)$/.exec(text);
  if (match === null) return null;
  const [, first = "", dot, second = "", year = "", tail = ""] = match;
  const dayFirst = dot === "." || Number(first) > 12;
  const zone = zoneOf(tail);
  const day = dayOf(fullYear(year), Number(dayFirst ? second : first), Number(dayFirst ? first : second));
  return iso(day, timeOf(TIME.exec(tail)), zone.ms);
}

/** `2004년 05월 28일 오후 01:31:15` and the like. */
function eastAsianDate(text: string): string | null {
  const match = /^(\d{4}) ?[년年] ?(\d{1,2}) ?[월月] ?(\d{1,2}) ?[일日](.*)$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, tail = ""] = match;
  const zone = zoneOf(tail);
  const time = timeOf(TIME.exec(tail));
  const late = time !== null && /오후|下午|午後/.test(tail) && time < DAY_MS / 2;
  return iso(
    dayOf(Number(year), Number(month), Number(day)),
    time === null ? null : time + (late ? DAY_MS / 2 : 0),
    zone.ms,
  );
}

/** Seconds or milliseconds since 1970. */
function epochDate(text: string): string | null {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return null;
  return new Date(text.length === 10 ? Number(text) * 1_000 : Number(text)).toISOString();
}

/** A date as feeds write it, in ISO 8601 and UTC; null when it cannot be told, or names a day or time that does not exist. */
export function readDate(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined || raw.length > LONGEST_DATE * 4) return null;
  const text = raw
    .replace(/\([^()]*\)\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "" || text.length > LONGEST_DATE) return null;
  return epochDate(text) ?? isoDate(text) ?? numberDate(text) ?? eastAsianDate(text) ?? wordDate(text);
}
