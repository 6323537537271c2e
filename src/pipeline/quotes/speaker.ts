import { FUNCTION_WORDS, INSTRUMENTS } from "#text/english.ts";
import { COURTESY, canSpeak, isBody, isWriting, OFFICES, PAPERS } from "#text/speaking.ts";
import type { Item } from "./items.ts";

/** Who is named in a sentence as one who can speak. */
export type Named = {
  /** As it stands; of a pronoun, the pronoun. */
  readonly name: string;
  readonly office: string | null;
  readonly kind: "person" | "body" | "pronoun";
  /** A name of its own, not "the company". */
  readonly proper: boolean;
};

/** Items of a sentence from `from` to before `to`. */
export type Range = { readonly from: number; readonly to: number };

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const PRONOUNS = setOf("he she they it");
const DETERMINERS = setOf("the a an its his her their our this that these those one another");
const PREPOSITIONS = setOf("of for from at in on with by to into over under against about behind within");
/** Words that part what somebody is from the clause around it: an attribution is never across them. */
const PREDICATES = setOf(
  "is are was were be been being am has have had having will would could can may might should must do does did not never no than who " +
    "which whose where when what how why if whether that because let lets make makes made help helps allow allows we i you there",
);
const DAYS = setOf("monday tuesday wednesday thursday friday saturday sunday");
/** Words of a name that have no capital. */
const PARTICLES = setOf("de der den van von la le du da del di al el bin ibn and of for the");
/** Words of a person's name. */
const LONGEST_OF_PERSON = 4;
/** At the start of a sentence no part of a name. */
const STARTERS = setOf("like unlike despite citing asked according via per amid among");
const NAMELY = setOf("de der den van von la le du da del di al el bin ibn");
/** Words of a name or of what somebody is; a title with everything runs to a dozen. */
const LONGEST_NAME = 14;

const isDay = (item: Item): boolean => DAYS.has(item.text);
/** Some are called Will, May or Nor. */
const isName = (item: Item): boolean =>
  item.capital &&
  !isDay(item) &&
  !((FUNCTION_WORDS.has(item.text) || STARTERS.has(item.text)) && (item.initial || item.text === "i"));
const isPredicate = (item: Item): boolean => (PREDICATES.has(item.text) && !isName(item)) || item.text.endsWith("n't");

/** Reads items as who speaks, with what stands between commas behind them; null where they are nobody. */
function namedIn(text: string, items: readonly Item[], { from, to }: Range, beside: Range | null): Named | null {
  if (to <= from || to - from > LONGEST_NAME) return null;
  const own = items.slice(from, to);
  if (own.length === 1 && PRONOUNS.has(own[0]!.text)) {
    return { name: own[0]!.text, office: null, kind: "pronoun", proper: false };
  }
  if (own.some((item) => item.quotation !== null || isPredicate(item))) return null;
  if (PREPOSITIONS.has(own.at(-1)!.text) || DETERMINERS.has(own.at(-1)!.text)) return null;
  const named = properIn(text, items, { from, to }) ?? commonIn(text, own);
  if (named === null || beside === null) return named;
  const other = properIn(text, items, beside);
  // "The head of the agency, Karl Benz, said".
  if (!named.proper && other?.kind === "person" && other.office === null) return { ...other, office: named.name };
  return named.office === null && isOffice(items.slice(beside.from, beside.to))
    ? { ...named, office: textOf(text, items.slice(beside.from, beside.to)) }
    : named;
}

/** "the commissioner for digital affairs", "a Democrat", "policy director of …"; not "52", "in a statement", "speaking in Brussels". */
function isOffice(items: readonly Item[]): boolean {
  const first = items[0];
  if (first === undefined || items.some(isPredicate) || first.text.endsWith("ing")) return false;
  if (PREPOSITIONS.has(first.text)) return false;
  return DETERMINERS.has(first.text) || items.some(({ text }) => OFFICES.has(text) || canSpeak(text));
}

/** The text of items, with the possessive that stands between them and the dot of an initial or `Sen.` behind them. */
function textOf(text: string, items: readonly Item[]): string {
  const end = items.at(-1)!.end;
  const isShort = OFFICES.has(items.at(-1)!.text) && items.at(-1)!.end - items.at(-1)!.start <= 4;
  return text.slice(items[0]!.start, end + Number(isShort && text.charAt(end) === "."));
}

/** Where a name ends that begins at `from`: capitals with the small words that names have between them. */
function endOfName(items: readonly Item[], from: number, to: number): number {
  let end = from;
  for (let i = from; i < to; i++) {
    if (isName(items[i]!)) end = i + 1;
    else if (!PARTICLES.has(items[i]!.text)) break;
  }
  return end;
}

/** Somebody with a name: `Commissioner Mara Holt`, `the Digital Rights Centre`, `Kit Marlow of the Makers Guild`. */
function properIn(text: string, items: readonly Item[], { from, to }: Range): Named | null {
  const own = items.slice(from, to);
  const bare = DETERMINERS.has(own[0]!.text) && own.length > 1 ? own.slice(1) : own;
  const behind = bare.findIndex((item, i) => i > 0 && /^(?:of|from|at|for)$/.test(item.text));
  const head = behind === -1 ? bare : bare.slice(0, behind);
  if (bare.every((item) => isName(item) || PARTICLES.has(item.text)) && isBodyName(head, bare !== own)) {
    return bodyOf(text, bare);
  }
  // The name is what stands last: what comes before it is what somebody is.
  let at = head.length;
  while (at > 0 && inName(head, at - 1)) at--;
  const name = head.slice(at);
  if (
    name.length === 0 ||
    name.length > LONGEST_OF_PERSON ||
    name.some(({ text: word }) => isWriting(word)) ||
    endOfName(name, 0, name.length) !== name.length
  )
    return null;
  // "Critics" at the start of a sentence and "the Senate's top Democrat" have a capital, too.
  if (name.length === 1 && canSpeak(name[0]!.text)) return null;
  if (isParty(text, name)) return null;
  const before = head.slice(0, at).filter(({ text: word }) => !COURTESY.has(word));
  if (before.some(({ text: word }) => PREPOSITIONS.has(word) && word !== "of" && word !== "for")) return null;
  if (isBodyName(name, bare !== own && before.length === 0))
    return before.length > 0 || behind !== -1 ? null : bodyOf(text, name);
  if (bare !== own && before.length === 0) return null;
  return { name: textOf(text, name), office: officeOf(text, own, before, bare, behind), kind: "person", proper: true };
}

function inName(head: readonly Item[], at: number): boolean {
  const item = head[at]!;
  if (isName(item)) return !OFFICES.has(item.text) && !COURTESY.has(item.text);
  return NAMELY.has(item.text) && at > 0 && at < head.length - 1 && isName(head[at - 1]!);
}

/** "R-Ohio", "D-N.Y.": a member's party and state. */
const isParty = (text: string, name: readonly Item[]): boolean =>
  name[0]!.text.length === 1 && text.charAt(name[0]!.end) === "-";

function officeOf(
  text: string,
  own: readonly Item[],
  before: readonly Item[],
  bare: readonly Item[],
  behind: number,
): string | null {
  if (before.length > 0) return textOf(text, bare === own ? before : [own[0]!, ...before]);
  if (behind === -1) return null;
  return textOf(text, bare.slice(behind + 1));
}

/** A name with a noun that bodies have; one after "the" is one of a body whatever its nouns. */
function isBodyName(name: readonly Item[], the: boolean): boolean {
  if (name.length === 0 || !name.every((item) => isName(item) || PARTICLES.has(item.text))) return false;
  if (name.some(({ text }) => OFFICES.has(text) || COURTESY.has(text))) return false;
  const last = name.at(-1)!.text;
  // "the Florida Republican"
  return (the && (isBody(last) || !canSpeak(last))) || name.some(({ text }) => isBody(text));
}

function bodyOf(text: string, name: readonly Item[]): Named | null {
  const last = name.at(-1)!;
  const first = text.slice(last.start, last.end);
  if (INSTRUMENTS.has(first) || isWriting(last.text) || PAPERS.has(last.text)) return null;
  return { name: textOf(text, name), office: null, kind: "body", proper: true };
}

/** Somebody without a name: `the minister's spokesman`, `critics`, `a spokesperson for the company`. */
function commonIn(text: string, own: readonly Item[]): Named | null {
  const behind = own.findIndex(
    (item, i) => i > 0 && (PREPOSITIONS.has(item.text) || /^(?:familiar|close)$/.test(item.text)),
  );
  const head = own.slice(0, behind === -1 ? own.length : behind);
  const noun = head.at(-1)!;
  if (isWriting(noun.text) || !canSpeak(noun.text) || own.some(({ text: word }) => PRONOUNS.has(word))) return null;
  return { name: textOf(text, own), office: null, kind: isBody(noun.text) ? "body" : "person", proper: false };
}

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
  if (end === 0) return null;
  let beside: Range | null = null;
  if (items[end - 1]!.text === "who" && items[end - 1]!.parted) end--;
  else if (items[end]!.parted) {
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
  if (beside !== null && (named === null || !named.proper))
    return beforeOthers(text, items, from) ?? (named && { named, from });
  if (named === null) return null;
  // "After he said": he may be anybody.
  if (named.kind === "pronoun" && SUBORDINATES.has(word)) return null;
  // "Supporters of the mosque and cultural center say": a part of a longer name.
  if (word === "and" && !named.proper && named.kind !== "pronoun" && !DETERMINERS.has(items[start]!.text)) return null;
  return { named, from };
}

const SUBORDINATES = setOf("after before when as because although though since while");

/** "Sen. Ora Lind, R-Ohio, who leads the panel, said": whoever is named before several things that stand between commas. */
function beforeOthers(text: string, items: readonly Item[], from: number): Subject {
  let end = from;
  for (let group = 0; group < MOST_APPOSITIONS && end > 0 && items[end]!.parted; group++) {
    const start = partedBefore(items, end) ?? (end <= LONGEST_NAME && items[0]!.quotation === null ? 0 : end);
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

/** Where a subject begins behind "On Tuesday", "Last week". */
function afterAdverbial(items: readonly Item[], from: number, end: number): number {
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
  const beside = apposition(items, to);
  const named = namedIn(text, items, { from, to }, beside);
  if (named === null) return null;
  return { named, to: beside !== null && named.office !== null ? beside.to : to };
}

function endsName(items: readonly Item[], from: number, at: number): boolean {
  const item = items[at]!;
  if (item.quotation !== null || isDay(item) || (at > from && item.parted)) return true;
  if (item.text === "and") return !joinsNames(items, at, items.length);
  if (/^(?:at|with)$/.test(item.text)) {
    const [next, second] = [items[at + 1], items[at + 2]];
    return !(next !== undefined && (isName(next) || (next.text === "the" && second !== undefined)));
  }
  return STOPS.has(item.text) && !(item.text === "to" && OFFICES.has(items[at - 1]?.text ?? ""));
}

/** What stands behind a name between commas, or between a comma and the end. */
function apposition(items: readonly Item[], from: number): Range | null {
  if (from >= items.length || !items[from]!.parted || items[from]!.quotation !== null) return null;
  let to = from + 1;
  while (to < items.length && !items[to]!.parted && items[to]!.quotation === null && !AFTER_OFFICE.has(items[to]!.text))
    to++;
  return to - from > LONGEST_NAME ? null : { from, to };
}

const AFTER_OFFICE = setOf("after before during when as while adding");

/** Who a sentence is about: the name or noun that it begins with. */
export function subjectOf(text: string, items: readonly Item[]): Named | null {
  if (items.length === 0 || items[0]!.quotation !== null) return null;
  let start = LINKS.has(items[0]!.text) ? 1 : 0;
  start = afterAdverbial(items, start, items.length);
  const first = items[start];
  if (first === undefined) return null;
  let end = start + Number(DETERMINERS.has(first.text));
  while (end < items.length && (end === start || !items[end]!.parted) && isName(items[end]!)) end++;
  const names = end > start + Number(DETERMINERS.has(first.text));
  // Without a name, up to the first noun of one who speaks.
  for (let i = end; !names && i < Math.min(items.length, start + 5); i++) {
    if (items[i]!.quotation !== null || isPredicate(items[i]!) || (i > start && items[i]!.parted)) break;
    if (!canSpeak(items[i]!.text)) continue;
    end = i + 1;
    while (end < items.length && !items[end]!.parted && isName(items[end]!)) end++;
    break;
  }
  if (names && items[end]?.text === "of")
    end = endOfName(items, start + Number(DETERMINERS.has(first.text)), items.length);
  return namedIn(text, items, { from: start, to: PRONOUNS.has(first.text) ? start + 1 : end }, apposition(items, end));
}

/** The people whom items name in full. */
export function peopleIn(text: string, items: readonly Item[]): readonly Named[] {
  const people: Named[] = [];
  for (let from = 0; from < items.length; ) {
    let to = from;
    while (to < items.length && isName(items[to]!) && (to === from || !items[to]!.parted)) to++;
    const before = items[from - 1];
    const placed =
      before !== undefined && !items[from]!.parted && (PREPOSITIONS.has(before.text) || before.text === "the");
    const named =
      to - from >= 2 && to - from <= LONGEST_OF_PERSON + 2 && !placed ? properIn(text, items, { from, to }) : null;
    if (named?.kind === "person") people.push(named);
    from = Math.max(to, from + 1);
  }
  return people;
}
