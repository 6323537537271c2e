import { INSTRUMENTS } from "#text/english.ts";
import { COURTESY, canSpeak, isBody, isWriting, OFFICES, PAPERS } from "#text/speaking.ts";
import { commonIn } from "./common.ts";
import type { Item } from "./items.ts";
import { isOffice, officeOf } from "./offices.ts";
import { type Named, type Range, textOf } from "./who.ts";
import {
  CREDITS,
  DETERMINERS,
  isName,
  isPredicate,
  isWhose,
  LONGEST_NAME,
  PARTICLES,
  PREPOSITIONS,
  PRONOUNS,
  setOf,
} from "./words.ts";

/** Words of a person's name. */
const LONGEST_OF_PERSON = 4;
const NAMELY = setOf("de der den van von la le du da del di al el bin ibn");

const SHORT = /^\p{Lu}{2,}$/u;
const spelled = (text: string, { start, end }: Item): string => text.slice(start, end);

/** "(COC)", behind what it is short for. */
export const isShortName = (text: string, items: readonly Item[], { from, to }: Range): boolean =>
  to - from === 1 && SHORT.test(spelled(text, items[from]!));

/** Reads items as who speaks, with what stands between commas behind them; null where they are nobody. */
export function namedIn(text: string, items: readonly Item[], { from, to }: Range, apart: Range | null): Named | null {
  // "the Centre for Open Courts (COC)"
  const beside = apart !== null && isShortName(text, items, apart) ? null : apart;
  if (to <= from || to - from > LONGEST_NAME) return null;
  const own = items.slice(from, to);
  if (own.length === 1 && PRONOUNS.has(own[0]!.text)) {
    return { name: own[0]!.text, office: null, kind: "pronoun", proper: false };
  }
  if (own.some((item) => item.quotation !== null || isPredicate(item))) return null;
  if (PREPOSITIONS.has(own.at(-1)!.text) || DETERMINERS.has(own.at(-1)!.text)) return null;
  // "The Gazette An agency", "practices the ministry says are common": where one name ends another begins.
  if (own.some(({ text: word }, i) => i > 0 && BEGINS.has(word) && !LEADS_ON.has(own[i - 1]!.text))) return null;
  const named = properIn(text, items, { from, to }) ?? commonIn(text, own);
  if (beside === null) return named;
  const other = properIn(text, items, beside);
  // "One of them, Karl Benz, said".
  if (named === null) return /^(?:one|another)$/.test(own[0]!.text) && other?.kind === "person" ? other : null;
  // "The head of the agency, Karl Benz, said".
  if (!named.proper && other?.kind === "person" && other.office === null) return { ...other, office: named.name };
  // "The company, Marlow Works, said".
  if (!named.proper && named.kind === "body" && other?.kind === "body") return other;
  return named.office === null && isOffice(items.slice(beside.from, beside.to))
    ? { ...named, office: textOf(text, items.slice(beside.from, beside.to)) }
    : named;
}

const BEGINS = setOf("the a an its his her their");
const LEADS_ON = new Set([...PREPOSITIONS, ..."and or like including as across around between among".split(" ")]);

/** Where a name ends that begins at `from`: capitals with the small words that names have between them. */
export function endOfName(items: readonly Item[], from: number, to: number): number {
  let end = from;
  for (let i = from; i < to; i++) {
    if (isName(items[i]!)) end = i + 1;
    else if (!PARTICLES.has(items[i]!.text)) break;
  }
  return end;
}

/** Somebody with a name: `Commissioner Mara Holt`, `the Digital Rights Centre`, `Kit Marlow of the Makers Guild`. */
function properIn(text: string, items: readonly Item[], { from, to }: Range): Named | null {
  // "Image: Marlow Works Holt": nobody can tell where who took it ends.
  if (items[from]!.parted && CREDITS.has(items[from - 1]?.text ?? "")) return null;
  const own = items.slice(from, to);
  const titled = titledIn(text, own);
  if (titled !== null) return titled;
  const bare = DETERMINERS.has(own[0]!.text) && own.length > 1 ? own.slice(1) : own;
  const behind = bare.findIndex((item, i) => i > 0 && /^(?:of|from|at|for)$/.test(item.text));
  const head = behind === -1 ? bare : bare.slice(0, behind);
  // A body's name goes on behind "for": `Parents for the Common Good`.
  const isBodys =
    isBodyName(head, bare !== own) ||
    (bare[behind]?.text === "for" && head.every((item) => isName(item) && !OFFICES.has(item.text)));
  if (bare.every((item) => isName(item) || PARTICLES.has(item.text)) && isBodys) {
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
  // "the moderate Westmark Democrat"
  if (bare !== own && canSpeak(name.at(-1)!.text) && !isBody(name.at(-1)!.text)) return null;
  // "last August" is nobody; of "Dept of Trade head" or "Marlow's VP of growth" nobody can tell where the name is.
  if (at > 0 && /^(?:last|next|this|early|late)$/.test(head[at - 1]!.text)) return null;
  if (name.length === 1 && behind !== -1 && !bare.at(-1)!.capital) return null;
  // "Westmark's AI Watch" and "Ohio's AB316" speak as little; "the UK's GCHQ" does.
  if (name.slice(0, -1).some((item) => isWhose(text, item)) && (name.length > 2 || /\d/.test(name.at(-1)!.text)))
    return null;
  if (isParty(text, name)) return null;
  // "Anwar" of "Anwar-ul-Haq": a name is not cut at its hyphen.
  if (text.charAt(name.at(-1)!.end) === "-" || text.charAt(name[0]!.start - 1) === "-") return null;
  const examples = head.findLastIndex(({ text: word }, i) => i < at && word === "including");
  const before = head.slice(examples + 1, at).filter(({ text: word }) => !COURTESY.has(word));
  if (before.some(({ text: word }) => PREPOSITIONS.has(word) && word !== "of" && word !== "for")) return null;
  // "says court filing Mara Holt": a headline ends there.
  if (isWriting(before.at(-1)?.text ?? "")) return null;
  // "Reps. Mara Holt (Westmark) and Kit Marlow": one of several.
  if (PLURAL.has(before.at(-1)?.text ?? "")) return null;
  if (before.at(-1)?.text === "and") return jointly(text, items, { from, to }, name);
  // "Holt & Reed" is a firm.
  if (text.slice(name[0]!.start, name.at(-1)!.end).includes("&")) return bodyOf(text, name);
  if (isBodyName(name, bare !== own && before.length === 0))
    return before.length > 0 || behind !== -1 ? null : bodyOf(text, name);
  if (bare !== own && before.length === 0) return null;
  return { name: textOf(text, name), office: officeOf(text, own, before, bare, behind), kind: "person", proper: true };
}

const PLURAL = setOf(
  "reps sens senators ministers representatives congressmen lawmakers professors researchers commissioners governors",
);

/** "Ora Lind and Bram Ode" speak together; of "Leaders Ora Lind and Bram Ode" nobody can tell whose the office is. */
function jointly(text: string, items: readonly Item[], { from, to }: Range, last: readonly Item[]): Named | null {
  const second = items.indexOf(last[0]!);
  // Behind a comma that ends a list nobody stands before "and".
  if (second - 1 <= from || second + last.length !== to || last.length < 2) return null;
  if (items.slice(from, second).some((item) => canSpeak(item.text))) return null;
  const first = properIn(text, items, { from, to: second - 1 });
  if (first?.kind !== "person" || first.office !== null || !first.name.includes(" ")) return null;
  return { name: textOf(text, items.slice(from, to)), office: null, kind: "body", proper: true };
}

/** "White House chief of staff Bram Ode", "Westmark Radio's Ora Lind": the name stands behind a title with a preposition, or whose it is. */
function titledIn(text: string, own: readonly Item[]): Named | null {
  let at = own.length;
  while (at > 0 && inName(own, at - 1) && !(at < own.length && isWhose(text, own[at - 1]!))) at--;
  // "Secretary of State Bram Ode"
  const isOfState = own[at]?.text === "state" && own[at - 1]?.text === "of";
  if (isOfState) at++;
  const [name, title] = [own.slice(at), own.slice(0, at)];
  if (name.length < 2 || name.length > LONGEST_OF_PERSON || name.some(({ text: word }) => canSpeak(word))) return null;
  if (
    title.length > 0 &&
    isWhose(text, title.at(-1)!) &&
    // "Westmark's AI Watch" is nobody.
    !name.some((item) => SHORT.test(spelled(text, item))) &&
    title.every((item) => isName(item) || PARTICLES.has(item.text))
  )
    return { name: textOf(text, name), office: textOf(text, title), kind: "person", proper: true };
  const link = title.findIndex(({ text: word }) => word === "of" || word === "for");
  // "Centre for Open Courts chief Bram Ode"
  if (link > 0 && OFFICES.has(title.at(-1)!.text) && !title.some(({ text: word }) => word === "and"))
    return { name: textOf(text, name), office: textOf(text, title), kind: "person", proper: true };
  if (link < 1 || !title.slice(0, link).some(({ text: word }) => OFFICES.has(word))) return null;
  const last = title.at(-1)!;
  if (
    (last.capital && !isOfState) ||
    PREPOSITIONS.has(last.text) ||
    DETERMINERS.has(last.text) ||
    PARTICLES.has(last.text)
  )
    return null;
  return { name: textOf(text, name), office: textOf(text, title), kind: "person", proper: true };
}

function inName(head: readonly Item[], at: number): boolean {
  const item = head[at]!;
  if (isName(item)) return !OFFICES.has(item.text) && !COURTESY.has(item.text);
  const [before, next] = [head[at - 1], head[at + 1]];
  const goesOn = (one: Item) => isName(one) || NAMELY.has(one.text);
  return NAMELY.has(item.text) && next !== undefined && goesOn(next) && (before === undefined || goesOn(before));
}

/** "R-Ohio", "D-N.Y.": a member's party and state. */
const isParty = (text: string, name: readonly Item[]): boolean =>
  name[0]!.text.length === 1 && text.charAt(name[0]!.end) === "-";

/** A name with a noun that bodies have; one after "the" is one of a body whatever its nouns. */
function isBodyName(name: readonly Item[], the: boolean): boolean {
  if (name.length === 0 || !name.every((item) => isName(item) || PARTICLES.has(item.text))) return false;
  if (name.some(({ text }) => OFFICES.has(text) || COURTESY.has(text))) return false;
  const last = name.at(-1)!.text;
  // "the Florida Republican"
  return (the && (isBody(last) || !canSpeak(last))) || name.some(({ text }) => isBody(text));
}

function bodyOf(text: string, name: readonly Item[]): Named | null {
  // The Centre for Open Courts Policy is a centre.
  const link = name.findIndex((item, i) => i > 0 && PREPOSITIONS.has(item.text));
  const last = link > 0 && isBody(name[link - 1]!.text) ? name[link - 1]! : name.at(-1)!;
  const first = text.slice(last.start, last.end);
  if (INSTRUMENTS.has(first) || isWriting(last.text) || PAPERS.has(last.text)) return null;
  return { name: textOf(text, name), office: null, kind: "body", proper: true };
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
    // "Marlow and Harbour chief Ora Lind" is what she is of both.
    if (named?.kind === "person") people.push(before?.text === "and" ? { ...named, office: null } : named);
    from = Math.max(to, from + 1);
  }
  return people;
}
