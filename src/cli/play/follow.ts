import { minuteOf } from "#model/due.ts";
import { LONGEST_FILTER } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { AT_ONCE, EVERYTHING, type Filter, type Manner, MODES } from "#model/subscription.ts";
import { findTimeZone } from "#model/time-zone.ts";

type Named = { readonly id: string; readonly name: string };

/** What each key of a written filter narrows, and what it may name; null: any words. */
const KEYS: Readonly<
  Record<
    string,
    { readonly list: Exclude<keyof Filter, "stories">; readonly named: ((pack: Pack) => readonly Named[]) | null }
  >
> = {
  point: { list: "points", named: ({ points }) => points },
  place: { list: "places", named: ({ facets }) => facets.places },
  stage: { list: "stages", named: ({ facets }) => facets.stages },
  actor: { list: "actors", named: ({ facets }) => facets.actors },
  law: { list: "laws", named: ({ facets }) => facets.instruments },
  source: { list: "sources", named: ({ feeds }) => feeds },
  word: { list: "words", named: null },
  not: { list: "not", named: null },
};

/** `key:value`, `key:one,other`, `key:"several words"`, or words alone. */
const PART = /(?:(\w{1,20}):)?((?:"[^"]*"|[^\s",]+)(?:,(?:"[^"]*"|[^\s",]+))*)/g;
const VALUE = /"([^"]*)"|([^\s",]+)/g;

/**
 * Reads a filter as people write it: `point:penalties place:EU "frontier model"`. Values of one key widen, other keys narrow,
 * words must all be said. Or the sentences that say what in it means nothing to the pack.
 */
export function readFilter(written: string, pack: Pack): Filter | { readonly faults: readonly string[] } {
  if (written.length > LONGEST_FILTER) return { faults: [`--follow: more than ${LONGEST_FILTER} characters.`] };
  const lists: Record<string, string[]> = {};
  const faults: string[] = [];
  for (const [, key = "word", values = ""] of written.matchAll(PART)) {
    const known = KEYS[key];
    if (known === undefined) {
      faults.push(`--follow: there is no "${key}:"; there are ${Object.keys(KEYS).join(", ")}.`);
      continue;
    }
    for (const [, quoted, bare = ""] of values.matchAll(VALUE)) {
      const value = quoted ?? bare;
      const found = known.named === null ? value : findNamed(value, known.named(pack));
      if (found === null) faults.push(noSuch(key, value, known.named?.(pack) ?? []));
      else lists[known.list] = [...(lists[known.list] ?? []), found];
    }
  }
  return faults.length > 0 ? { faults } : { ...EVERYTHING, ...lists };
}

function findNamed(value: string, named: readonly Named[]): string | null {
  const wanted = value.toLowerCase();
  return named.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted)?.id ?? null;
}

const noSuch = (key: string, value: string, named: readonly Named[]): string =>
  `--follow: the pack has no ${key} "${value}". It has: ${named.map(({ id }) => id).join(", ")}.`;

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const DIGEST = /^(hourly|daily|weekly)(?:-([a-z]{3}))?(?:@(\d{1,2}:\d{2}))?$/;

/**
 * Reads `hourly`, `daily@08:00` or `weekly-fri@16:00`, with or without a time zone or its city behind it; nothing means single posts.
 * What stands behind them is the file, which the option has taken for its own. Or the sentence that says what is wrong.
 */
export function readDigest(
  parts: readonly string[],
): { readonly manner: Manner; readonly file: string | undefined } | { readonly fault: string } {
  if (parts.length === 0) return { manner: AT_ONCE, file: undefined };
  const [when = "", ...rest] = parts.flatMap((part) => part.trim().split(/\s+/));
  const [, mode, day, at = AT_ONCE.at] = DIGEST.exec(when) ?? [];
  const found = MODES.find((one) => one === mode);
  const weekday = day === undefined ? AT_ONCE.weekday : WEEKDAYS.indexOf(day) + 1;
  const named = findTimeZone(rest[0] ?? "");
  const [file, ...more] = named.kind === "unknown" ? rest : rest.slice(1);
  if (named.kind === "several")
    return { fault: `--digest: ${rest[0]} is the time of several places: write ${named.zones.join(" or ")}.` };
  if (found === undefined || weekday === 0 || minuteOf(at) === null || more.length > 0)
    return {
      fault: `--digest: "${parts.join(" ")}" is not hourly, daily@08:00 or weekly-fri@16:00 with a time zone such as Europe/London.`,
    };
  return {
    manner: { ...AT_ONCE, mode: found, at, weekday, timeZone: named.kind === "zone" ? named.zone : AT_ONCE.timeZone },
    file,
  };
}
