import { Pairs } from "#text/pairs.ts";
import type { Tokens } from "#text/tokens.ts";
import { forgetNamesakes } from "./namesakes.ts";
import type { Operand, WordPattern } from "./phrase.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

/**
 * Where sequences were found, by end: hit `i` stands over words `from[i]` to `to[i]`, inclusive, and is found for the
 * operands `ends[nodes[i]]` of the trie.
 */
export type Hits = {
  readonly nodes: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
};

export type Trie = {
  readonly find: (text: string, tokens: Tokens) => Hits;
  /** The operands that a sequence of words stands for, by the node it ends at. */
  readonly ends: readonly (readonly number[])[];
};

/** What most nodes end: they share it. */
const NONE: readonly number[] = [];

/**
 * A trie over words for every sequence of every operand: one pass over the text finds all of them, overlapping ones
 * too. Time grows with the words of the text and, per
 * word, with the phrases begun and not yet refused, which the longest phrase bounds.
 */
export function createTrie(operands: readonly Operand[]): Trie {
  const vocabulary = createVocabulary(patternsOf(operands));
  /** From a node, on a symbol, to a node. */
  const transitions = new Pairs();
  const { first, ends, kinds } = fill(operands, vocabulary, transitions);
  // Nothing below may name the operands: they are many times as large, and `find` lives on.

  const find = (text: string, tokens: Tokens): Hits => {
    const hits = { nodes: [] as number[], from: [] as number[], to: [] as number[] };
    const sets = new Int32Array(tokens.count);
    vocabulary.read(text, tokens, sets);
    forgetNamesakes(text, tokens, sets);
    /** Nodes reached by the word before, and the word at which each began. */
    let active = new Int32Array(FIRST_ACTIVE);
    let next = new Int32Array(FIRST_ACTIVE);
    let actives = 0;
    let nexts = 0;
    const reach = (node: number, start: number, at: number): void => {
      const kind = kinds[node]!;
      if ((kind & 1) !== 0) {
        hits.nodes.push(node);
        hits.from.push(start);
        hits.to.push(at);
      }
      if ((kind & 2) === 0) return;
      if (nexts + 2 > next.length) next = doubled(next);
      next[nexts] = node;
      next[nexts + 1] = start;
      nexts += 2;
    };
    for (let at = 0; at < tokens.count; at += 1) {
      const set = sets[at]!;
      if (set === 0) {
        actives = 0;
        continue;
      }
      const symbols = vocabulary.members[set]!;
      for (let s = 0; s < symbols.length; s += 1) {
        const symbol = symbols[s]!;
        for (let a = 0; a < actives; a += 2) {
          const node = transitions.get(active[a]!, symbol);
          if (node !== -1) reach(node, active[a + 1]!, at);
        }
        const node = first[symbol]!;
        if (node !== 0) reach(node, at, at);
      }
      [active, next] = [next, active];
      actives = nexts;
      nexts = 0;
    }
    return hits;
  };
  return { find, ends };
}

function* patternsOf(operands: readonly Operand[]): Generator<WordPattern> {
  for (const { sequences } of operands) for (const sequence of sequences) yield* sequence;
}

/** Writes every sequence into `transitions`. */
function fill(operands: readonly Operand[], { size, symbolOf }: Vocabulary, transitions: Pairs) {
  /** Where a symbol leads from the root, where most words stay. */
  const first = new Int32Array(size);
  /** Operands that end at a node. */
  const ends: (readonly number[])[] = [NONE];
  /** 1 when phrases end at a node, 2 when phrases go on from it. */
  const kinds: number[] = [0];

  const add = (): number => {
    kinds.push(0);
    return ends.push(NONE) - 1;
  };
  const step = (node: number, symbol: number): number => {
    if (node === 0) {
      if (first[symbol] === 0) first[symbol] = add();
      return first[symbol]!;
    }
    const known = transitions.get(node, symbol);
    if (known !== -1) return known;
    kinds[node]! |= 2;
    const to = add();
    transitions.set(node, symbol, to);
    return to;
  };
  operands.forEach(({ sequences }, operand) => {
    for (const sequence of sequences) {
      let node = 0;
      for (const pattern of sequence) node = step(node, symbolOf(pattern));
      // Joined anew: an array that was pushed to keeps room for sixteen more.
      if (!ends[node]!.includes(operand)) ends[node] = ends[node]!.concat(operand);
      kinds[node]! |= 1;
    }
  });
  return { first, ends, kinds: Uint8Array.from(kinds) };
}

/** Room for the phrases that are under way at once, two numbers each; it grows. */
const FIRST_ACTIVE = 64;

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
