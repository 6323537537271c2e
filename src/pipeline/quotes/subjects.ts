import { SPEAKING } from "#text/speaking.ts";
import type { Item } from "./items.ts";
import { afterAdverbial, isEndOfList, isOneOf, joinsList, joinsNames, LINKS, SUBORDINATES } from "./joining.ts";
import { namedIn } from "./named.ts";
import type { Named, Range } from "./who.ts";
import { DETERMINERS, isDay, isName, LONGEST_NAME, PRONOUNS, setOf } from "./words.ts";

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
    // "Mara Holt, Kit Marlow, and Ora Lind, told": the end of a list.
    if (items[from]!.text === "and") return null;
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

/** "Sen. Ora Lind, R-Ohio, who leads the panel, said": whoever is named before several things that stand between commas. */
function beforeOthers(text: string, items: readonly Item[], from: number): Subject {
  let end = from;
  for (let group = 0; group < MOST_APPOSITIONS && end > 0 && items[end]!.parted; group++) {
    const first = items.findLastIndex(({ quotation }, i) => i < end && quotation !== null) + 1;
    const start = partedBefore(items, end) ?? (end - first <= LONGEST_NAME ? first : end);
    if (start === end || LINKS.has(items[start]!.text) || EXAMPLES.has(items[start]!.text)) return null;
    const named = namedIn(text, items, { from: start, to: end }, null);
    if (named?.proper === true && named.kind === "person") return { named, from: start };
    end = start;
  }
  return null;
}

/** "Four hundred artists, including Mara Holt, Kit Marlow and Ora Lind": some of those who speak. */
const EXAMPLES = setOf("including like among especially");

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
