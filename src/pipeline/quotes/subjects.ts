import { canSpeak, isBody, OFFICES, SPEAKING } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { endOfName, isShortName, type Named, namedIn, type Range } from "./named.ts";
import { DETERMINERS, isDay, isName, isPredicate, isWhose, LONGEST_NAME, PRONOUNS, setOf } from "./words.ts";

const LINKS = setOf(
  "but and while after before when as because although though since meanwhile however still yet then so later earlier",
);
/** Behind these a clause is somebody else's words, or no fact. */
const NESTING = setOf("that whether if unless which what how where than said says say told tells");
/** Between who speaks and the verb. */
const AUXILIARIES = setOf(
  "has had have also later then since long once again repeatedly previously first already now recently nevertheless himself herself",
);

const isAuxiliary = ({ text, quotation }: Item): boolean =>
  quotation === null && (AUXILIARIES.has(text) || (text.length > 4 && text.endsWith("ly")));

/** Who stands before a verb; `linked` where nobody does and the verb goes with an earlier one; `nested` where it is within another's words. */
export type Subject = { readonly named: Named; readonly from: number } | "linked" | "nested" | null;

/** Who the verb at `verb` is said of, read to the left. */
export function subjectBefore(text: string, items: readonly Item[], verb: number): Subject {
  let end = verb;
  while (end > 0 && !items[end]!.parted && isAuxiliary(items[end - 1]!)) end--;
  while (end > 1 && !items[end]!.parted && isDay(items[end - 1]!)) end -= items[end - 2]!.text === "on" ? 2 : 1;
  if (end === 0) return null;
  const isShort = end > 1 && items[end]!.parted && items[end - 1]!.parted && isBracketed(text, items, end - 1);
  if (isShort) end--;
  let beside: Range | null = null;
  if (items[end - 1]!.text === "who" && items[end - 1]!.parted) end--;
  else if (isShort ? text.slice(items[end]!.end, items[end + 1]!.start).includes(",") : items[end]!.parted) {
    const from = partedBefore(items, end);
    if (from === null) return null;
    beside = { from, to: end };
    end = from;
  }
  const { from, word } = clauseBefore(items, end);
  if (NESTING.has(word)) return "nested";
  if (from === end) return /^(?:and|but)$/.test(word) ? "linked" : null;
  const start = afterAdverbial(items, from, end);
  const named = namedIn(text, items, { from: start, to: end }, beside);
  // "Supporters of the mosque and cultural center say": a part of a longer name.
  if (word === "and" && named?.proper === false && named.kind !== "pronoun" && !DETERMINERS.has(items[start]!.text))
    return null;
  // "Employees of the intelligence (AI) company Marlow Works": it has begun before the bracket.
  if (isBehindBracket(text, items, from) && !(named?.kind === "person" && named.name.includes(" "))) return null;
  // "A group of actors, artists and authors": the end of a list.
  if (named?.proper === false && isEndOfList(items, from, end)) return null;
  if (beside !== null) {
    // "Kit Marlow, head of the maker, Marlow Works, said": whoever comes first.
    const isNested = items[from]!.parted && !isBracketed(text, items, beside.from);
    const first = isNested || named?.proper !== true ? beforeOthers(text, items, from) : null;
    if (first !== null) return first;
    if (named?.proper !== true) return named && { named, from };
  }
  if (named === null) return beforeRelative(text, items, end);
  // "…, Mara Holt, senior adviser at the agency explains".
  if (beside === null && !named.proper && isBehindName(items, from)) return null;
  // "After he said": he may be anybody.
  if (named.kind === "pronoun" && SUBORDINATES.has(word)) return null;
  // "The ministry and the agency said", "firms like Marlow, Harbour, and Sorel said": one of several.
  if (word === "and" && named.kind !== "pronoun" && isOneOf(items, from - 1)) return null;
  // "Marlow's courts and trade editor Ora Lind"
  const isHalf = word === "and" && !items[from - 1]!.parted;
  return { named: isHalf ? { ...named, office: null } : named, from };
}

const isBehindBracket = (text: string, items: readonly Item[], at: number): boolean =>
  at > 0 && /\)\s*$/.test(text.slice(items[at - 1]!.end, items[at]!.start));

/** Does a name of several words stand between commas before `from`? */
function isBehindName(items: readonly Item[], from: number): boolean {
  if (from === 0 || !items[from]!.parted || DETERMINERS.has(items[from]!.text)) return false;
  const start = partedBefore(items, from);
  return start !== null && from - start >= 2 && items.slice(start, from).every(isName);
}

const isEndOfList = (items: readonly Item[], from: number, end: number): boolean =>
  from > 0 &&
  items[from]!.parted &&
  items[from - 1]!.quotation === null &&
  !DETERMINERS.has(items[from]!.text) &&
  items.slice(from, end).some(({ text }) => text === "and") &&
  !joinsList(items, from, end);

/** Does the "and" at `at` stand behind a noun of one who can speak, or behind a list of names? */
function isOneOf(items: readonly Item[], at: number): boolean {
  let first = at;
  while (first > 0 && (first === at || !items[first]!.parted) && isName(items[first - 1]!)) first--;
  if (items[at]!.parted) return first < at && first > 0 && items[first]!.parted && isName(items[first - 1]!);
  return first < at || (at > 0 && canSpeak(items[at - 1]!.text));
}

const isBracketed = (text: string, items: readonly Item[], at: number): boolean =>
  text.slice(items[at - 1]!.end, items[at]!.start).includes("(");

/** "The deputy mayor who is to lead the board said": who stands before a clause that says which one is meant. */
function beforeRelative(text: string, items: readonly Item[], end: number): Subject {
  let who = end - 1;
  while (who > 0 && end - who <= LONGEST_NAME && items[who]!.text !== "who") {
    if (
      items[who]!.parted ||
      items[who]!.quotation !== null ||
      LINKS.has(items[who]!.text) ||
      SPEAKING.has(items[who]!.text)
    )
      return null;
    who--;
  }
  const next = items[who + 1];
  // "who Reed said": it is Reed who speaks.
  if (items[who]!.text !== "who" || items[who]!.parted || next === undefined || isName(next) || PRONOUNS.has(next.text))
    return null;
  const { from, word } = clauseBefore(items, who);
  if (from === who || NESTING.has(word)) return null;
  const start = afterAdverbial(items, from, who);
  const named = namedIn(text, items, { from: start, to: who }, null);
  return named === null || named.kind === "pronoun" ? null : { named, from: start };
}

export const SUBORDINATES = setOf("after before when as because although though since while");

/** "Sen. Ora Lind, R-Ohio, who leads the panel, said": whoever is named before several things that stand between commas. */
function beforeOthers(text: string, items: readonly Item[], from: number): Subject {
  let end = from;
  for (let group = 0; group < MOST_APPOSITIONS && end > 0 && items[end]!.parted; group++) {
    const first = items.findLastIndex(({ quotation }, i) => i < end && quotation !== null) + 1;
    const start = partedBefore(items, end) ?? (end - first <= LONGEST_NAME ? first : end);
    if (start === end || LINKS.has(items[start]!.text)) return null;
    const named = namedIn(text, items, { from: start, to: end }, null);
    if (named?.proper === true && named.kind === "person") return { named, from: start };
    end = start;
  }
  return null;
}

/** Things between commas behind one name. */
const MOST_APPOSITIONS = 4;

/** The comma that opens what stands between commas before `end`. */
function partedBefore(items: readonly Item[], end: number): number | null {
  for (let i = end - 1; i > 0 && end - i <= LONGEST_NAME; i--) {
    if (items[i]!.quotation !== null) return null;
    if (items[i]!.parted) return i;
  }
  return null;
}

/** Where the clause begins that ends before `end`, and the word that joins it to another. */
function clauseBefore(items: readonly Item[], end: number): { readonly from: number; readonly word: string } {
  let from = end;
  while (from > 0 && end - from <= LONGEST_NAME) {
    const before = items[from - 1]!;
    if (before.quotation !== null) return { from, word: "" };
    if (NESTING.has(before.text)) return { from, word: before.text };
    if (LINKS.has(before.text) && !joinsNames(items, from - 1, end)) return { from, word: before.text };
    from--;
    if (items[from]!.parted && !joinsList(items, from, end)) break;
  }
  return { from, word: "" };
}

/** "Reed and Holt", "lawyer and campaigner Beth Amari": `and` between what somebody is or is called. */
function joinsNames(items: readonly Item[], at: number, end: number): boolean {
  const [before, after] = [items[at - 1], items[at + 1]];
  if (items[at]!.text !== "and" || items[at]!.parted || before === undefined || after === undefined || at + 1 >= end)
    return false;
  return (isName(before) && isName(after)) || (canSpeak(before.text) && canSpeak(after.text));
}

/** "Parents, teachers and unions": a comma between nouns of those who speak. */
function joinsList(items: readonly Item[], at: number, end: number): boolean {
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

/** Where a subject begins behind "On Tuesday", "Last week", "Two hours later,". */
function afterAdverbial(items: readonly Item[], from: number, end: number): number {
  if (items[from]?.text === "now" && from + 1 < end) return from + 1;
  for (let i = from + 1; i < Math.min(from + 4, end - 1); i++) {
    if (/^(?:later|earlier|ago)$/.test(items[i]!.text) && items[i + 1]!.parted) return i + 1;
  }
  for (let i = from; i < Math.min(from + 3, end - 1); i++) if (isDay(items[i]!)) return i + 1;
  return from;
}

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
function apposition(items: readonly Item[], from: number): Range | null {
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

/** "deputy prime minister", "chief executive": where an office ends of which `at` is the first noun. */
function endOfOffice(items: readonly Item[], at: number): number {
  let last = at;
  for (let i = at + 1; i <= last + 2 && i < items.length && !items[i]!.parted && !isPredicate(items[i]!); i++) {
    if (OFFICES.has(items[last]!.text) && OFFICES.has(items[i]!.text) && !SPEAKING.has(items[i - 1]!.text)) last = i;
  }
  return last + 1;
}

/** "The panel's chair": it is the chair who is meant; of "the minister's plan", the minister. */
const isWhoses = (text: string, items: readonly Item[], at: number): boolean =>
  isWhose(text, items[at]!) && items.slice(at + 1, at + 3).some((item) => !item.parted && canSpeak(item.text));

const DATELINE = /^\p{Lu}{5,}$/u;

const LINKS_OF_NAMES = setOf("of for on");

const isLabel = (text: string, items: readonly Item[], end: number): boolean =>
  end > 0 && text.slice(items[end - 1]!.end, items[end]!.start).includes(":");

/** Who a sentence is about: the name or noun that it begins with. */
export function subjectOf(text: string, items: readonly Item[]): Named | null {
  if (items.length === 0 || items[0]!.quotation !== null) return null;
  let start = LINKS.has(items[0]!.text) ? 1 : 0;
  start = afterAdverbial(items, start, items.length);
  const first = items[start];
  if (first === undefined) return null;
  // "WESTMARK, Ohio — The court said".
  if (DATELINE.test(text.slice(first.start, first.end)) && items[start + 1]?.parted === true) return null;
  let end = start + Number(DETERMINERS.has(first.text));
  while (end < items.length && (end === start || !items[end]!.parted) && isName(items[end]!)) end++;
  const next = items[end];
  // "Council leaders" are not the council.
  const goesOn = next !== undefined && !next.parted && canSpeak(next.text);
  // "Deputy trade minister Mara Holt": an office has small words, too.
  const isTitle = next !== undefined && !next.parted && !next.capital && OFFICES.has(items[end - 1]?.text ?? "");
  const names = !goesOn && !isTitle && end > start + Number(DETERMINERS.has(first.text));
  // Without a name, up to the first noun of one who speaks.
  for (let i = end; !names && i < Math.min(items.length, start + 5); i++) {
    if (items[i]!.quotation !== null || isPredicate(items[i]!) || (i > start && items[i]!.parted)) break;
    if (!canSpeak(items[i]!.text) || isWhoses(text, items, i)) continue;
    end = endOfOffice(items, i);
    while (end < items.length && !items[end]!.parted && isName(items[end]!)) end++;
    break;
  }
  // "The Centre for Open Courts", "the Conference on Machine Learning".
  if (names && LINKS_OF_NAMES.has(items[end]?.text ?? "") && !items[end]!.parted)
    end = endOfName(items, start + Number(DETERMINERS.has(first.text)), items.length);
  // "Exclusive: charity told to stop" begins with a label.
  if (items[end]?.quotation === null && isLabel(text, items, end)) return null;
  const to = PRONOUNS.has(first.text) ? start + 1 : end;
  const named = namedIn(text, items, { from: start, to }, apposition(items, end));
  const areTwo = named?.kind === "person" && items[end]?.text === "and" && items[end + 1]?.capital === true;
  return areTwo ? null : named;
}
