import { root } from "#text/roots.ts";
import { fold, tokenize, wordAt } from "#text/tokens.ts";

/**
 * One word of a phrase: `stem` matches every form of the word that is `written` there, `prefix` (written `audit*`) every
 * word that begins so, `exact` (written `=fined`) that form alone, `cased` (any word with a capital) the form as written.
 */
export type WordPattern = {
  readonly kind: "stem" | "prefix" | "exact" | "cased";
  readonly text: string;
  readonly written?: string;
};

type Sequence = readonly WordPattern[];

/** What stands between two NEARs: the word sequences it may be, alternatives and lists written out. */
export type Operand = { readonly key: string; readonly sequences: readonly Sequence[] };

/** How far the next operand may stand from those before it, in words between, and whether it must follow them. */
export type Gap = { readonly words: number; readonly ordered: boolean };

/** Operands that stand in one sentence, operand i + 1 within `gaps[i]` of what is found so far. */
export type Phrase = { readonly source: string; readonly operands: readonly Operand[]; readonly gaps: readonly Gap[] };

export type ParsedPhrase =
  | { readonly ok: true; readonly phrase: Phrase }
  | { readonly ok: false; readonly problems: readonly string[] };

export type Lists = Readonly<Record<string, readonly string[]>>;

/** Alternatives multiply; a phrase past this is a mistake, and would make the trie the size of a dictionary. */
const MAX_SEQUENCES = 5000;
/** A sentence is rarely longer than this many words: a wider NEAR says no more than "in one sentence". */
const MAX_GAP = 40;
/** Lists may name lists, this deep. */
const MAX_DEPTH = 4;

const IN_BRACKETS = /\([^()]*\s(?:NEAR|THEN)\//;
const NEAR = /\s((?:NEAR|THEN)\/\d+)\s/;

/** Reads a phrase of the rule language (docs/packs.md). `lists` are the pack's named lists, without their `<>`. */
export function parsePhrase(source: string, lists: Lists): ParsedPhrase {
  const reader: Reader = { lists, problems: [] };
  if (IN_BRACKETS.test(source))
    return { ok: false, problems: ["NEAR or THEN stands in brackets: write one phrase for each choice"] };
  const operands: Operand[] = [];
  const gaps: Gap[] = [];
  source
    .trim()
    .split(NEAR)
    .forEach((part, i) => {
      if (i % 2 === 0) operands.push(operandOf(part.trim(), reader));
      else gaps.push(gapOf(part, reader));
    });
  const problems = [...new Set(reader.problems)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, phrase: { source, operands, gaps } };
}

type Reader = { readonly lists: Lists; readonly problems: string[] };

function gapOf(text: string, { problems }: Reader): Gap {
  const [operator, number] = text.split("/");
  const words = Number(number);
  if (words > MAX_GAP) problems.push(`${text} is wider than a sentence: at most ${operator}/${MAX_GAP}`);
  return { words, ordered: operator === "THEN" };
}

function operandOf(key: string, reader: Reader): Operand {
  if (/\b(NEAR|THEN)\b/.test(key))
    reader.problems.push("NEAR takes a number and a phrase on each side, and so does THEN: `a NEAR/6 b`");
  const sequences = expand(key, reader, 0);
  if (sequences.some((sequence) => sequence.length === 0)) reader.problems.push("holds no word, or can be left empty");
  return { key, sequences };
}

function expand(source: string, reader: Reader, depth: number): readonly Sequence[] {
  let sequences: readonly Sequence[] = [[]];
  for (const item of itemsOf(source, reader)) {
    const choices = choicesOf(item, reader, depth);
    if (sequences.length * choices.length > MAX_SEQUENCES) {
      reader.problems.push(`stands for more than ${MAX_SEQUENCES} word sequences`);
      return [];
    }
    sequences = sequences.flatMap((head) => choices.map((tail) => [...head, ...tail]));
  }
  return sequences;
}

/** The items of a sequence: words, references, and groups with their brackets. */
function* itemsOf(source: string, { problems }: Reader): Generator<string> {
  let depth = 0;
  let start = -1;
  for (let i = 0; i <= source.length; i += 1) {
    const mark = source[i] ?? " ";
    if (depth === 0 && start >= 0 && /[\s()]/.test(mark)) {
      yield source.slice(start, i);
      start = -1;
    }
    if (mark === "(") {
      if (depth === 0) start = i;
      depth += 1;
    } else if (mark === ")") {
      depth -= 1;
      if (depth < 0) break;
      if (depth > 0) continue;
      yield source.slice(start, i + 1);
      start = -1;
    } else if (start < 0 && mark.trim() !== "") start = i;
  }
  if (depth !== 0) problems.push("has a bracket without its pair");
}

function choicesOf(item: string, reader: Reader, depth: number): readonly Sequence[] {
  if (item.startsWith("(")) return alternativesIn(item.slice(1, -1)).flatMap((choice) => expand(choice, reader, depth));
  if (item.includes("|")) reader.problems.push("alternatives stand in brackets: `(a|b)`");
  else if (/^<.*>$/.test(item)) return listed(item.slice(1, -1), reader, depth);
  else return [wordsOf(item, reader)];
  return [];
}

/** What the bars of a group part, those of inner groups left alone. */
function alternativesIn(group: string): readonly string[] {
  const choices: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < group.length; i += 1) {
    if (group[i] === "(") depth += 1;
    else if (group[i] === ")") depth -= 1;
    else if (group[i] === "|" && depth === 0) {
      choices.push(group.slice(start, i));
      start = i + 1;
    }
  }
  return [...choices, group.slice(start)];
}

function listed(name: string, reader: Reader, depth: number): readonly Sequence[] {
  const entries = Object.hasOwn(reader.lists, name) ? reader.lists[name]! : null;
  if (entries === null) reader.problems.push(`there is no list <${name}>`);
  else if (depth >= MAX_DEPTH) reader.problems.push(`list <${name}> names itself, or lists are nested too deep`);
  else if (entries.some((entry) => NEAR.test(entry)))
    reader.problems.push(`list <${name}> holds a NEAR or THEN; lists hold plain phrases`);
  else return entries.flatMap((entry) => expand(entry, reader, depth + 1));
  return [];
}

function wordsOf(item: string, { problems }: Reader): Sequence {
  const exact = item.startsWith("=");
  const prefix = item.endsWith("*");
  const bare = item.slice(exact ? 1 : 0, prefix ? -1 : undefined);
  if (bare.includes("*")) problems.push(`"*" may only end a word: ${item}`);
  if (exact && prefix) problems.push(`"=" and "*" exclude each other: ${item}`);
  const tokens = tokenize(bare);
  if (tokens.count === 0) problems.push(`${item} holds no word`);
  return Array.from({ length: tokens.count }, (_, i) => {
    const word = wordAt(bare, tokens, i);
    if (word !== word.toLowerCase()) {
      if (prefix) problems.push(`a word with a capital matches only as written, so it takes no "*": ${item}`);
      return { kind: "cased", text: word };
    }
    const text = fold(word);
    if (prefix && i === tokens.count - 1) return { kind: "prefix", text };
    return exact ? { kind: "exact", text } : { kind: "stem", text: root(text), written: text };
  });
}
