import { FUNCTION_WORDS } from "#text/english.ts";
import { fold, stem, type Tokens } from "#text/tokens.ts";
import { wordVectors } from "#text/vectors.ts";

/** Words remembered; news in English uses fewer, and a full memory starts again with the next article. */
const WORDS_KEPT = 1 << 16;
/** Places for them: an article that finds the memory all but full has room enough. */
const SLOTS = 4 * WORDS_KEPT;

/** Stems by their numbers. A memory that starts again numbers in a new one; whoever holds an old one still reads it. */
export type Lexicon = readonly string[];

/** The number of what carries no meaning. */
export const NO_STEM = 0;

/**
 * Of each word met, so that no word need be cut out of its text again, four numbers side by side, because each look-up wants them all:
 * its two hashes, the number of its stem, counted from 1 where a slot is taken, and its place among the word vectors, below 0 for
 * one that has none there.
 */
const slots = new Int32Array(4 * SLOTS);
const [KEY, CHECK, NUMBER, RANK] = [0, 1, 2, 3] as const;
let taken = 0;

let stems: string[] = [""];
let numbers = new Map([["", NO_STEM]]);

/** The lexicon in which words are numbered until this is asked again: ask before an article is read, never within. */
export function lexiconInUse(): Lexicon {
  if (Math.max(taken, stems.length) < WORDS_KEPT) return stems;
  slots.fill(0);
  taken = 0;
  stems = [""];
  numbers = new Map([["", NO_STEM]]);
  return stems;
}

/** The number of a stem in the lexicon in use. */
export function numberOf(stem: string): number {
  let number = numbers.get(stem);
  if (number === undefined) {
    number = stems.length;
    stems.push(stem);
    numbers.set(stem, number);
  }
  return number;
}

/** The number of a word's stem in the lexicon in use; NO_STEM for a word that carries no meaning. */
export const numberAt = (text: string, tokens: Tokens, word: number): number =>
  slots[slotOf(text, tokens, word) + NUMBER]! - 1;

/** The stem of a word; empty for one that carries no meaning. */
export const stemAt = (text: string, tokens: Tokens, word: number): string => stems[numberAt(text, tokens, word)]!;

/** The place of a word among the word vectors, below 0 for none. */
export const rankAt = (text: string, tokens: Tokens, word: number): number => slots[slotOf(text, tokens, word) + RANK]!;

/** Where the four numbers of a word begin. */
function slotOf(text: string, { starts, ends, keys, checks }: Tokens, word: number): number {
  const key = keys[word]!;
  const check = checks[word]!;
  let slot = 4 * (key & (SLOTS - 1));
  for (; slots[slot + NUMBER] !== 0; slot = (slot + 4) & (4 * SLOTS - 1)) {
    if (slots[slot + KEY] === key && slots[slot + CHECK] === check) return slot;
  }
  const surface = text.slice(starts[word], ends[word]);
  const stemmed = stemOf(surface);
  taken++;
  slots[slot + KEY] = key;
  slots[slot + CHECK] = check;
  slots[slot + NUMBER] = numberOf(stemmed) + 1;
  slots[slot + RANK] = stemmed === "" ? -1 : (wordVectors().rank.get(surface.toLowerCase()) ?? -1);
  return slot;
}

function stemOf(surface: string): string {
  const folded = fold(surface.replace(/\./g, "").replace(/’/g, "'"));
  // "US" and "U.S." are a country, "us" is not.
  const common = folded.length < 2 || (FUNCTION_WORDS.has(folded) && !/^U\.?S/.test(surface));
  return common ? "" : stem(folded);
}
