import { isBody, OFFICES, SPEAKING } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { joinsNames, LINKS } from "./joining.ts";
import { isShortName, namedIn } from "./named.ts";
import type { Named, Range } from "./who.ts";
import { isDay, isName, isPredicate, LONGEST_NAME, setOf } from "./words.ts";

const STOPS = setOf(
  "in on during after before when as while that to adding who which whose because but and or without this last earlier",
);

/** Who stands behind a verb or "according to", from `from`: with where they end. */
export function subjectAfter(
  text: string,
  items: readonly Item[],
  from: number,
): { readonly named: Named; readonly to: number } | null {
  let to = from;
  while (to < items.length && to - from < LONGEST_NAME && !endsName(items, from, to)) to++;
  if (to === from) return null;
  // "according to researchers Mara Holt, Kit Marlow and Ora Lind"
  if (items[to] !== undefined && isName(items[to]!) && listGoesOn(items, to)) return null;
  const apart = apposition(items, to);
  // "According to Reed, the board, which met on Monday, …" goes on with the board.
  const goesOn =
    apart !== null && (GOES_ON.has(items[apart.to]?.text ?? "") || /ed$/.test(items[apart.to]?.text ?? ""));
  const beside = goesOn ? null : apart;
  const named = namedIn(text, items, { from, to }, beside);
  if (named === null) return null;
  const isPassed = beside !== null && (named.office !== null || isShortName(text, items, beside));
  return { named, to: isPassed ? beside.to : to };
}

const GOES_ON = setOf("which whose has have is are was were will would can could may might must");

function endsName(items: readonly Item[], from: number, at: number): boolean {
  const item = items[at]!;
  if (item.quotation !== null || isDay(item) || (at > from && item.parted)) return true;
  if (item.text === "and") return !joinsNames(items, at, items.length);
  if (/^(?:at|with)$/.test(item.text)) {
    const [next, second] = [items[at + 1], items[at + 2]];
    return !(next !== undefined && (isName(next) || (next.text === "the" && second !== undefined)));
  }
  // "the National Council on Open Courts"
  const next = items[at + 1];
  if (item.text === "on" && isBody(items[at - 1]?.text ?? "") && next !== undefined && isName(next)) return false;
  return STOPS.has(item.text) && !(item.text === "to" && OFFICES.has(items[at - 1]?.text ?? ""));
}

/** What stands behind a name between commas, or between a comma and the end. */
export function apposition(items: readonly Item[], from: number): Range | null {
  if (from >= items.length || !items[from]!.parted || items[from]!.quotation !== null) return null;
  let to = from + 1;
  while (
    to < items.length &&
    !items[to]!.parted &&
    items[to]!.quotation === null &&
    !AFTER_OFFICE.has(items[to]!.text) &&
    !isTelling(items[to]!)
  )
    to++;
  // "Reed, vice president, and head of research at …": half of what he is.
  return to - from > LONGEST_NAME || listGoesOn(items, to) ? null : { from, to };
}

/** ", chairman, and chief executive of …" */
function listGoesOn(items: readonly Item[], to: number): boolean {
  const and = items.findIndex(({ text, parted }, i) => i >= to && parted && text === "and");
  const between = items.slice(to, Math.max(to, and));
  return (
    and !== -1 &&
    between.length <= LONGEST_ITEM &&
    between.every((item) => item.quotation === null && canBeOffice(item))
  );
}

/** Words between two commas of a list of offices. */
const LONGEST_ITEM = 6;

const canBeOffice = (item: Item): boolean => !isPredicate(item) && !SPEAKING.has(item.text) && !LINKS.has(item.text);

/** "said Mara Holt, a nurse, told the paper": an office ends before a verb of its own. */
const isTelling = ({ text, capital }: Item): boolean => !capital && SPEAKING.get(text)?.form === "past";

const AFTER_OFFICE = setOf("after before during when as while adding");
