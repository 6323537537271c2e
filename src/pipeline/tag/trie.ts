import { type Tokens, tokenize } from "#text/tokens.ts";
import type { Operand, WordPattern } from "./phrase.ts";
import { createVocabulary } from "./vocabulary.ts";

/** Where operands were found: hit `i` is operand `operands[i]` over words `from[i]` to `to[i]`, inclusive. By end. */
export type Hits = {
  readonly operands: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
};

export type Trie = (text: string, tokens: Tokens) => Hits;

/** Mixes node and symbol into a slot; an odd constant spreads neighbours. */
const SPREAD = 0x9e3779b1 | 0;

/**
 * A trie over words for every sequence of every operand: one pass over the text finds all of them, overlapping ones
 * too. Transitions live in one open-addressed table of typed arrays. Time grows with the words of the text and, per
 * word, with the phrases begun and not yet refused, which the longest phrase bounds.
 */
export function createTrie(operands: readonly Operand[]): Trie {
  const patterns = function* (): Generator<WordPattern> {
    for (const { sequences } of operands) for (const sequence of sequences) yield* sequence;
  };
  const vocabulary = createVocabulary(patterns());
  let words = 1;
  for (const { sequences } of operands) for (const sequence of sequences) words += sequence.length;
  const slots = 2 ** Math.ceil(Math.log2(words * 2 + 2));
  const mask = slots - 1;
  const fromNode = new Int32Array(slots).fill(-1);
  const onSymbol = new Int32Array(slots);
  const toNode = new Int32Array(slots);
  const first = new Int32Array(vocabulary.size);
  /** Operands that end at a node. */
  const ends: (number[] | undefined)[] = [undefined];
  let nodes = 1;

  const slotOf = (node: number, symbol: number): number => {
    let slot = (Math.imul(node, SPREAD) ^ Math.imul(symbol, 0x85ebca6b)) & mask;
    while (fromNode[slot] !== -1 && (fromNode[slot] !== node || onSymbol[slot] !== symbol)) slot = (slot + 1) & mask;
    return slot;
  };
  const step = (node: number, symbol: number): number => {
    if (node === 0) {
      if (first[symbol] === 0) first[symbol] = nodes++;
      return first[symbol]!;
    }
    const slot = slotOf(node, symbol);
    if (fromNode[slot] === -1) {
      fromNode[slot] = node;
      onSymbol[slot] = symbol;
      toNode[slot] = nodes++;
    }
    return toNode[slot]!;
  };
  operands.forEach(({ sequences }, operand) => {
    for (const sequence of sequences) {
      let node = 0;
      for (const pattern of sequence) node = step(node, vocabulary.symbolOf(pattern));
      const list = ends[node] ?? [];
      ends[node] = list;
      if (!list.includes(operand)) list.push(operand);
    }
  });
  ends.length = nodes;
  /** 1 when phrases end here, 2 when phrases go on from here. */
  const kinds = new Uint8Array(nodes);
  for (let node = 1; node < nodes; node += 1) if (ends[node] !== undefined) kinds[node] = 1;
  for (let slot = 0; slot < slots; slot += 1) if (fromNode[slot] !== -1) kinds[fromNode[slot]!]! |= 2;

  return (text, tokens) => {
    const hits = { operands: [] as number[], from: [] as number[], to: [] as number[] };
    const sets = new Int32Array(tokens.count);
    vocabulary.read(text, tokens, sets);
    let active: number[] = [];
    let began: number[] = [];
    let nextActive: number[] = [];
    let nextBegan: number[] = [];
    const reach = (node: number, start: number, at: number): void => {
      const kind = kinds[node]!;
      if ((kind & 1) !== 0) {
        for (const operand of ends[node]!) {
          hits.operands.push(operand);
          hits.from.push(start);
          hits.to.push(at);
        }
      }
      if ((kind & 2) !== 0) {
        nextActive.push(node);
        nextBegan.push(start);
      }
    };
    for (let at = 0; at < tokens.count; at += 1) {
      const set = sets[at]!;
      if (set === 0) {
        active.length = 0;
        began.length = 0;
        continue;
      }
      const symbols = vocabulary.members[set]!;
      for (let s = 0; s < symbols.length; s += 1) {
        const symbol = symbols[s]!;
        for (let a = 0; a < active.length; a += 1) {
          const slot = slotOf(active[a]!, symbol);
          if (fromNode[slot] !== -1) reach(toNode[slot]!, began[a]!, at);
        }
        const node = first[symbol]!;
        if (node !== 0) reach(node, at, at);
      }
      [active, nextActive] = [nextActive, active];
      [began, nextBegan] = [nextBegan, began];
      nextActive.length = 0;
      nextBegan.length = 0;
    }
    return hits;
  };
}

/** Every place where an operand stands in the text; for one text at a time. */
export function find(trie: Trie, text: string): { tokens: Tokens; hits: Hits } {
  const tokens = tokenize(text);
  return { tokens, hits: trie(text, tokens) };
}
