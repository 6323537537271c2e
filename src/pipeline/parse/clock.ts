import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { findTimeZone } from "#model/time-zone.ts";

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

/** A time of day with its zone, in milliseconds, and the text without them; `ms` is null when it is no time that exists. */
export type Clock = { readonly ms: number | null; readonly zone: Zone | null; readonly rest: string };
/** Milliseconds from UTC, or a zone whose offset depends on the day, by IANA's name. */
type Zone = number | string;

const TIME = /(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))?\s*(?:([ap])\.?m\b\.?)?/i;

/** `+01:00`, `GMT-5`, `EST`, `Europe/Paris`; what else names the same zone behind it is passed over. */
const OFFSET = /^[ ,]{0,3}(?:(?:UTC?|GMT|Z) ?)?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)/i;
const NAME = /^[\s,([]*([A-Za-z]{1,5})(?![\p{L}\p{M}/_])[)\]]?/u;
const PLACE = /^[\s,([]*([A-Z][A-Za-z]+(?:\/[A-Za-z_-]+){1,2})[)\]]?/;

/** The zone that a text begins with, and what follows; null when it begins with none. */
export function zoneAt(text: string): { readonly zone: Zone; readonly rest: string } | null {
  const [whole, sign, hours = "", minutes = "0"] = OFFSET.exec(text) ?? [];
  if (whole !== undefined && Number(hours) <= 15) {
    const size = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
    const rest = text.slice(whole.length);
    return { zone: sign === "-" ? -size : size, rest: zoneAt(rest)?.rest ?? rest };
  }
  const [named, name = ""] = NAME.exec(text) ?? [];
  const hoursAhead = ZONES[name.toUpperCase()];
  if (named !== undefined && hoursAhead !== undefined) {
    const rest = text.slice(named.length);
    return { zone: hoursAhead * HOUR_MS, rest: zoneAt(rest)?.rest ?? rest };
  }
  const [placed, place = ""] = PLACE.exec(text) ?? [];
  if (placed === undefined) return null;
  const found = findTimeZone(place);
  return found.kind === "zone" ? { zone: found.zone, rest: text.slice(placed.length) } : null;
}

/** The time in a text and the zone behind it, or else at the end. */
export function clockIn(text: string): Clock {
  const match = TIME.exec(text);
  const before = match === null ? text : text.slice(0, match.index);
  const behind = match === null ? "" : text.slice(match.index + match[0].length);
  const beside = match === null ? null : zoneAt(behind);
  const rest = beside === null ? `${before} ${behind}` : `${before} ${beside.rest}`;
  const last = beside === null ? /[\s,(][+-]\d\d:?\d\d\s*$|(?<![\p{L}\p{M}])[A-Za-z]{1,5}\)?\s*$/u.exec(rest) : null;
  const end = last === null ? null : zoneAt(last[0]);
  return {
    ms: match === null ? 0 : timeOf(match),
    zone: beside?.zone ?? end?.zone ?? null,
    rest: last === null || end === null ? rest : rest.slice(0, last.index) + end.rest,
  };
}

/** The time of day in milliseconds; null when it is impossible. */
function timeOf([, hour, minute, second = "0", half]: readonly (string | undefined)[]): number | null {
  let hours = Number(hour);
  if (half !== undefined) hours = (hours % 12) + (/p/i.test(half) ? 12 : 0);
  const minutes = Number(minute);
  const seconds = Math.trunc(Number(second.replace(",", ".")));
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
