import { fold, stem, tokenize, wordAt } from "#text/tokens.ts";

/**
 * One word of a phrase: `stem` matches every inflection, `prefix` (written `audit*`) every word that begins so,
 * `exact` (written `=fined`) that form alone, `cased` (any word with a capital) the form as written.
 */
export type WordPattern = { readonly kind: "stem" | "prefix" | "exact" | "cased"; readonly text: string };

type Sequence = readonly WordPattern[];

/** What stands between two NEARs: the word sequences it may be, alternatives and lists written out. */
export type Operand = { readonly key: string; readonly sequences: readonly Sequence[] };

/** Operands that stand in one sentence, the words between operand i and i + 1 at most `gaps[i]`. */
export type Phrase = {
  readonly source: string;
  readonly operands: readonly Operand[];
  readonly gaps: readonly number[];
};

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

const NEAR = /\s+NEAR\/(\d+)\s+/;

/** Reads a phrase of the rule language (docs/packs.md). `lists` are the pack's named lists, without their `@`. */
export function parsePhrase(source: string, lists: Lists): ParsedPhrase {
  const reader: Reader = { lists, problems: [] };
  const operands: Operand[] = [];
  const gaps: number[] = [];
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

function gapOf(text: string, { problems }: Reader): number {
  const gap = Number(text);
  if (gap > MAX_GAP) problems.push(`NEAR/${text} is wider than a sentence: at most NEAR/${MAX_GAP}`);
  return gap;
}

function operandOf(key: string, reader: Reader): Operand {
  if (/\bNEAR\b/.test(key)) reader.problems.push("NEAR takes a number, and a phrase on each side: `a NEAR/6 b`");
  const sequences = expand(key, reader, 0);
  if (sequences.some((sequence) => sequence.length === 0)) reader.problems.push("holds no word, or can be left empty");
  return { key, sequences };
}

function expand(source: string, reader: Reader, depth: number): readonly Sequence[] {
  let sequences: readonly Sequence[] = [[]];
  for (const [item, group] of itemsOf(source)) {
    const choices = choicesOf(item, group, reader, depth);
    if (sequences.length * choices.length > MAX_SEQUENCES) {
      reader.problems.push(`stands for more than ${MAX_SEQUENCES} word sequences`);
      return [];
    }
    sequences = sequences.flatMap((head) => choices.map((tail) => [...head, ...tail]));
  }
  return sequences;
}

/** Each item of a sequence; of a group also what stands between its brackets. */
function* itemsOf(source: string): Generator<readonly [string, string | undefined]> {
  for (const match of source.matchAll(/\(([^()]*)\)|[^\s()]+|[()]/g)) yield [match[0], match[1]];
}

function choicesOf(item: string, group: string | undefined, reader: Reader, depth: number): readonly Sequence[] {
  if (group !== undefined) return group.split("|").flatMap((choice) => expand(choice, reader, depth));
  if (item === "(" || item === ")") reader.problems.push("has a bracket without its pair, or one inside another");
  else if (item.includes("|")) reader.problems.push("alternatives stand in brackets: `(a|b)`");
  else if (item.startsWith("@")) return listed(item.slice(1), reader, depth);
  else return [wordsOf(item, reader)];
  return [];
}

function listed(name: string, reader: Reader, depth: number): readonly Sequence[] {
  const entries = Object.hasOwn(reader.lists, name) ? reader.lists[name]! : null;
  if (entries === null) reader.problems.push(`there is no list @${name}`);
  else if (depth >= MAX_DEPTH) reader.problems.push(`list @${name} names itself, or lists are nested too deep`);
  else if (entries.some((entry) => NEAR.test(entry)))
    reader.problems.push(`list @${name} holds a NEAR; lists hold plain phrases`);
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
    if (word !== word.toLowerCase()) return { kind: "cased", text: word };
    const text = fold(word);
    if (prefix && i === tokens.count - 1) return { kind: "prefix", text };
    return exact ? { kind: "exact", text } : { kind: "stem", text: stem(text) };
  });
}
