import type { Span } from "#model/tag.ts";
import { ACT_VERBS, type Act, type ActVerb, KINDS, type Kind, THINGS } from "./acts.ts";
import { FUNCTION_WORDS } from "./english.ts";
import { type Tokens, tokenize, wordAt } from "./tokens.ts";

/** Somebody or something that is named, and of what kind it is. */
export type Party = Span & { readonly kind: Kind };

/** Whether the act is done, somebody wants it, it may come, or it is said not to be. */
export type Modality = "done" | "demanded" | "considered" | "denied";

/** Who does what to what; start and end are those of the verb. Offsets count in the text that was read. */
export type Frame = Span & {
  readonly act: Act;
  readonly actor: Party | null;
  readonly object: Party | null;
  readonly modality: Modality;
};

/** Words on either side of a verb among which its actor and its object are looked for. */
const REACH = 8;

/** Words before a verb that can say whether the act is done. */
const MODAL_REACH = 4;

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));
const PREPOSITIONS = setOf("in of for on with over at from by against under about to into as after before");
/** What a verb cannot follow: a noun or an adjective stands there. */
const BEFORE_NOUNS = setOf(
  "a an the this that these those its their his her our new no any some every each draft strict",
);
const BEING = setOf("is are was were be been being gets got get");
const MAY = setOf("may might could would can will to if whether");
const MUST = setOf("should must");
const NOT = setOf("not never cannot no neither nor without won't don't doesn't didn't isn't aren't wasn't weren't");
/** A verb in -ed after its object, where a headline leaves out "is": what somebody does to somebody. */
const PASSIVE: ReadonlySet<Act> = new Set<Act>([
  "order",
  "ban",
  "restrict",
  "allow",
  "lift",
  "fine",
  "charge",
  "sue",
  "appeal",
  "rule",
  "delay",
  "withdraw",
  "investigate",
  "ask",
  "appoint",
]);

/** What reads as one word: its place, itself in small letters, and what it can be. */
type Word = Span & {
  readonly text: string;
  readonly capital: boolean;
  /** A clause begins with it: behind a full stop, a colon, a dash, a bracket. */
  readonly begins: boolean;
  party: Party | null;
  verb: ActVerb | null;
};

/**
 * The frames of a text, one for each verb of an act, in order. `named` are the spans of which a kind is known, such as a pack's actors,
 * in order and apart; other names are told by their capitals, other actors by their nouns. `tokens` are the text's. Linear in the text.
 */
export function framesIn(
  text: string,
  named: readonly Party[] = [],
  tokens: Tokens = tokenize(text),
): readonly Frame[] {
  const words = wordsOf(text, tokens);
  markNamed(words, named);
  for (let at = 0; at < words.length; at++) classify(words, at);
  joinNames(words);
  return words.flatMap((word, at) => (word.verb === null ? [] : [frameAt(words, at, word.verb)]));
}

function wordsOf(text: string, tokens: Tokens): Word[] {
  const words: Word[] = [];
  let before = 0;
  for (let i = 0; i < tokens.count; i++) {
    const [start, end] = [tokens.starts[i]!, tokens.ends[i]!];
    const surface = wordAt(text, tokens, i);
    const begins = i === 0 || BREAK.test(text.slice(before, start));
    const small = surface.toLowerCase();
    words.push({ start, end, text: small, capital: small !== surface, begins, party: null, verb: null });
    before = end;
  }
  return words;
}

const BREAK = /[.!?:;–—|()[\]\n]/;

function markNamed(words: Word[], named: readonly Party[]): void {
  let at = 0;
  for (const party of named) {
    while (at < words.length && words[at]!.start < party.start) at++;
    for (; at < words.length && words[at]!.end <= party.end; at++) words[at]!.party = party;
  }
}

/** A word is a verb, a party or neither; the words before it are classified. */
function classify(words: readonly Word[], at: number): void {
  const word = words[at]!;
  if (word.party !== null) return;
  const verb = ACT_VERBS.get(word.text);
  if (verb !== undefined && isVerb(words, at, verb) && !isSilence(words, at)) word.verb = verb;
  else {
    const kind = KINDS.get(word.text) ?? (word.capital && !FUNCTION_WORDS.has(word.text) ? "name" : null);
    if (kind !== null) word.party = { start: word.start, end: word.end, kind };
  }
}

/** Who "declined to comment" has refused nothing. */
const isSilence = (words: readonly Word[], at: number): boolean =>
  words[at + 1]?.text === "to" && words[at + 2]?.text === "comment";

/** "Court rules" is an act, "new rules" is none; "was fined" is one, "the proposed rule" is none. */
function isVerb(words: readonly Word[], at: number, { form }: ActVerb): boolean {
  const word = words[at]!;
  const before = word.begins ? undefined : words[at - 1];
  if (before === undefined) return form === "base" && KINDS.get(word.text) === undefined;
  if (BEFORE_NOUNS.has(before.text)) return false;
  if (form === "past") return !(PREPOSITIONS.has(before.text) && before.text !== "to");
  if (MAY.has(before.text) || MUST.has(before.text) || NOT.has(before.text)) return form === "base";
  if (form === "ongoing" && (BEING.has(before.text) || before.verb !== null)) return true;
  const actor = before.party !== null && !THINGS.has(before.party.kind) && before.party.kind !== "rule";
  return actor || before.text.endsWith("ly") || (before.text === "and" && !before.begins && isAct(words[at - 2]));
}

const isAct = (word: Word | undefined): boolean => word !== undefined && word.verb !== null;

/** Names and nouns side by side are one party, of the kind that its last noun says: "Texas Supreme Court". */
function joinNames(words: readonly Word[]): void {
  for (let from = 0; from < words.length; ) {
    let to = from;
    let kind: Kind = words[from]!.party?.kind ?? "name";
    if (words[from]!.party === null) {
      from++;
      continue;
    }
    for (; to + 1 < words.length && words[to + 1]!.party !== null && !words[to + 1]!.begins; to++) {
      const next = words[to + 1]!.party!.kind;
      if (next !== "name" && kind !== "developer") kind = next;
    }
    const party = { start: words[from]!.party!.start, end: Math.max(words[to]!.end, words[to]!.party!.end), kind };
    for (; from <= to; from++) words[from]!.party = party;
  }
}

function frameAt(words: readonly Word[], at: number, { act, form }: ActVerb): Frame {
  const { start, end } = words[at]!;
  const subject = partyBefore(words, at);
  const passive = form === "past" && (hasBefore(words, at, 2, BEING) || (PASSIVE.has(act) && endsThere(words, at)));
  const object = passive ? subject : partyAfter(words, at);
  const actor = passive ? partyAfter(words, at, "by") : subject;
  return { start, end, act, actor, object, modality: modalityAt(words, at) };
}

/** Nothing that is acted upon stands behind the verb. */
function endsThere(words: readonly Word[], at: number): boolean {
  const next = words[at + 1];
  return next === undefined || next.begins || PREPOSITIONS.has(next.text);
}

/** The nearest party before, or the one of which it is only a part: the judge of "a judge in Texas". */
function partyBefore(words: readonly Word[], at: number): Party | null {
  let found: Party | null = null;
  for (let i = at; i > 0 && at - i < REACH && !words[i]!.begins; i--) {
    const { party, verb } = words[i - 1]!;
    if (verb !== null) break;
    if (party === null || party === found) continue;
    found = party;
    const first = firstOf(words, i - 1);
    if (first === 0 || words[first]!.begins || !PREPOSITIONS.has(words[first - 1]!.text)) break;
  }
  return found;
}

/** Where the party of a word begins. */
function firstOf(words: readonly Word[], at: number): number {
  let first = at;
  while (first > 0 && words[first - 1]!.party === words[at]!.party) first--;
  return first;
}

/** Behind these stands what an act is aimed at; behind other prepositions something else. */
const AIMED = setOf("on over against to by with");

/** The first party behind a verb; where it must follow a word, the first that does. */
function partyAfter(words: readonly Word[], at: number, behind?: string): Party | null {
  let met = behind === undefined;
  for (let i = at + 1; i < words.length && i - at <= REACH && !words[i]!.begins; i++) {
    const { party, text } = words[i]!;
    if (text === behind) met = true;
    else if (met && party !== null) return party;
    else if (met && PREPOSITIONS.has(text) && !AIMED.has(text)) return null;
  }
  return null;
}

function hasBefore(words: readonly Word[], at: number, reach: number, set: ReadonlySet<string>): boolean {
  for (let i = at; i > 0 && at - i < reach && !words[i]!.begins; i--) if (set.has(words[i - 1]!.text)) return true;
  return false;
}

/** What the words before the verb, and the verb that governs it, make of the act. */
function modalityAt(words: readonly Word[], at: number): Modality {
  let modality: Modality = "done";
  for (let i = at; i > 0 && at - i < MODAL_REACH && !words[i]!.begins; i--) {
    const { text, verb } = words[i - 1]!;
    if (NOT.has(text) || verb?.act === "refuse") return "denied";
    if (MUST.has(text) || verb?.act === "ask" || verb?.act === "order") return "demanded";
    if (MAY.has(text) || verb?.act === "consider" || verb?.act === "warn") modality = "considered";
    else if (verb !== null) break;
  }
  return modality;
}
