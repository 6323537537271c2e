import { Pairs } from "#text/pairs.ts";
import { root } from "#text/roots.ts";
import { fold, type Tokens, wordAt } from "#text/tokens.ts";
import type { WordPattern } from "./phrase.ts";

/**
 * Which word patterns of a pack a word of the text satisfies. Each pattern is a small number (its symbol); each
 * combination of symbols is a set, numbered too. A word is judged once (folded, stemmed, tried as a prefix) and then
 * found again by the two hashes of its surface: 64 bits, so that two words of one news archive never share them.
 */
export type Vocabulary = {
  readonly size: number;
  readonly symbolOf: (pattern: WordPattern) => number;
  /** The set of symbols of each word of the text, into `sets`. */
  readonly read: (text: string, tokens: Tokens, sets: Int32Array) => void;
  /** Symbols of a set; set 0 is empty. */
  readonly members: readonly Int32Array[];
};

/** Surface forms kept, three to six megabytes; past this they begin anew, so that years of text cannot fill the memory. */
const MOST_WRITTEN = 1 << 18;

export function createVocabulary(patterns: Iterable<WordPattern>): Vocabulary {
  const numbers = {
    stem: new Map<string, number>(),
    exact: new Map<string, number>(),
    cased: new Map<string, number>(),
    prefix: new Map<string, number>(),
  };
  let size = 0;
  let longestPrefix = 0;
  for (const { kind, text } of patterns) {
    if (numbers[kind].has(text)) continue;
    numbers[kind].set(text, size);
    size += 1;
    if (kind === "prefix") longestPrefix = Math.max(longestPrefix, text.length);
  }

  const members: Int32Array[] = [new Int32Array()];
  const setNumbers = new Map<string, number>([["", 0]]);
  const judge = (word: string): number => {
    const folded = fold(word);
    const symbols: number[] = [];
    const add = (symbol: number | undefined) => {
      if (symbol !== undefined) symbols.push(symbol);
    };
    add(numbers.stem.get(root(folded)));
    add(numbers.exact.get(folded));
    add(numbers.cased.get(word));
    for (let end = Math.min(longestPrefix, folded.length); end > 0; end -= 1)
      add(numbers.prefix.get(folded.slice(0, end)));
    const name = symbols.join();
    const known = setNumbers.get(name);
    if (known !== undefined) return known;
    setNumbers.set(name, members.length);
    members.push(Int32Array.from(symbols));
    return members.length - 1;
  };

  const found = new Pairs(MOST_WRITTEN);
  const read = (text: string, tokens: Tokens, sets: Int32Array): void => {
    for (let i = 0; i < tokens.count; i += 1) {
      const [key, check] = [tokens.keys[i]!, tokens.checks[i]!];
      let set = found.get(key, check);
      if (set === -1) {
        set = judge(wordAt(text, tokens, i));
        found.set(key, check, set);
      }
      sets[i] = set;
    }
  };

  const symbolOf = ({ kind, text }: WordPattern): number => {
    const symbol = numbers[kind].get(text);
    if (symbol === undefined) throw new Error(`pattern outside the vocabulary: ${kind} ${text}`);
    return symbol;
  };
  return { size, symbolOf, read, members };
}
