import { canSpeak } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { DETERMINERS, isDay, isName, setOf } from "./words.ts";

export const LINKS = setOf(
  "but and while after before when as because although though since meanwhile however still yet then so later earlier",
);

export const SUBORDINATES = setOf("after before when as because although though since while");

/** "Reed and Holt", "lawyer and campaigner Beth Amari": `and` between what somebody is or is called. */
export function joinsNames(items: readonly Item[], at: number, end: number): boolean {
  const [before, after] = [items[at - 1], items[at + 1]];
  if (items[at]!.text !== "and" || items[at]!.parted || before === undefined || after === undefined || at + 1 >= end)
    return false;
  return (isName(before) && isName(after)) || (canSpeak(before.text) && canSpeak(after.text));
}

/** "Parents, teachers and unions": a comma between nouns of those who speak. */
export function joinsList(items: readonly Item[], at: number, end: number): boolean {
  const [before, after, next] = [items[at - 1], items[at]!, items[at + 1]];
  return (
    at + 1 < end &&
    before !== undefined &&
    canSpeak(before.text) &&
    canSpeak(after.text) &&
    next?.text === "and" &&
    !next.parted
  );
}

/** Does the "and" at `at` stand behind a noun of one who can speak, or behind a list of names? */
export function isOneOf(items: readonly Item[], at: number): boolean {
  let first = at;
  while (first > 0 && (first === at || !items[first]!.parted) && isName(items[first - 1]!)) first--;
  if (items[at]!.parted) return first < at && first > 0 && items[first]!.parted && isName(items[first - 1]!);
  return first < at || (at > 0 && canSpeak(items[at - 1]!.text));
}

export const isEndOfList = (items: readonly Item[], from: number, end: number): boolean =>
  from > 0 &&
  items[from]!.parted &&
  items[from - 1]!.quotation === null &&
  !DETERMINERS.has(items[from]!.text) &&
  items.slice(from, end).some(({ text }) => text === "and") &&
  !joinsList(items, from, end);

/** Where a subject begins behind "On Tuesday", "Last week", "Two hours later,". */
export function afterAdverbial(items: readonly Item[], from: number, end: number): number {
  if (items[from]?.text === "now" && from + 1 < end) return from + 1;
  for (let i = from + 1; i < Math.min(from + 4, end - 1); i++) {
    if (/^(?:later|earlier|ago)$/.test(items[i]!.text) && items[i + 1]!.parted) return i + 1;
  }
  for (let i = from; i < Math.min(from + 3, end - 1); i++) if (isDay(items[i]!)) return i + 1;
  return from;
}
