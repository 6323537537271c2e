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

const FIRST_SLOTS = 1 << 12;
/** Surface forms kept; past this the table starts anew, so that years of text cannot fill the memory. */
const MOST_SLOTS = 1 << 19;

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

  let slots = FIRST_SLOTS;
  let keys = new Int32Array(slots);
  let checks = new Int32Array(slots);
  let found = new Int32Array(slots).fill(-1);
  let used = 0;
  const place = (key: number, check: number, set: number): void => {
    let slot = key & (slots - 1);
    while (found[slot] !== -1) slot = (slot + 1) & (slots - 1);
    keys[slot] = key;
    checks[slot] = check;
    found[slot] = set;
  };
  const makeRoom = (): void => {
    const [oldKeys, oldChecks, oldFound] = [keys, checks, found];
    const full = slots >= MOST_SLOTS;
    slots = full ? FIRST_SLOTS : slots * 2;
    keys = new Int32Array(slots);
    checks = new Int32Array(slots);
    found = new Int32Array(slots).fill(-1);
    if (full) used = 0;
    else
      oldFound.forEach((set, i) => {
        if (set !== -1) place(oldKeys[i]!, oldChecks[i]!, set);
      });
  };

  const read = (text: string, tokens: Tokens, sets: Int32Array): void => {
    for (let i = 0; i < tokens.count; i += 1) {
      const key = tokens.keys[i]!;
      const check = tokens.checks[i]!;
      let slot = key & (slots - 1);
      while (found[slot] !== -1 && (keys[slot] !== key || checks[slot] !== check)) slot = (slot + 1) & (slots - 1);
      let set = found[slot]!;
      if (set === -1) {
        set = judge(wordAt(text, tokens, i));
        if (used * 2 >= slots) makeRoom();
        place(key, check, set);
        used += 1;
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
