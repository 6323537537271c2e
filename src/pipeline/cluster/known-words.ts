import { FUNCTION_WORDS } from "#text/english.ts";
import { fold, stem, type Tokens } from "#text/tokens.ts";
import { wordVectors } from "#text/vectors.ts";

/** Stems remembered; news in English uses fewer, and a full memory starts again. */
const STEMS_KEPT = 1 << 16;
const SLOTS = 4 * STEMS_KEPT;

/**
 * Of each word met, under its two hashes, so that no word need be cut out of its text again: its stem, empty for one that carries no
 * meaning, and its place among the word vectors, below 0 for one that has none there.
 */
const known = {
  keys: new Int32Array(SLOTS),
  checks: new Int32Array(SLOTS),
  stems: new Array<string>(SLOTS),
  ranks: new Int32Array(SLOTS),
  count: 0,
};

/** The stem of a word; empty for one that carries no meaning. */
export const stemAt = (text: string, tokens: Tokens, word: number): string => known.stems[slotOf(text, tokens, word)]!;

/** The place of a word among the word vectors, below 0 for none. */
export const rankAt = (text: string, tokens: Tokens, word: number): number => known.ranks[slotOf(text, tokens, word)]!;

/** Where a word is known. */
function slotOf(text: string, { starts, ends, keys, checks }: Tokens, word: number): number {
  const key = keys[word]!;
  const check = checks[word]!;
  let slot = key & (SLOTS - 1);
  for (; known.stems[slot] !== undefined; slot = (slot + 1) & (SLOTS - 1)) {
    if (known.keys[slot] === key && known.checks[slot] === check) return slot;
  }
  if (known.count === STEMS_KEPT) {
    known.stems = new Array<string>(SLOTS);
    known.count = 0;
    slot = key & (SLOTS - 1);
  }
  const surface = text.slice(starts[word], ends[word]);
  const stemmed = stemOf(surface);
  known.count++;
  known.keys[slot] = key;
  known.checks[slot] = check;
  known.stems[slot] = stemmed;
  known.ranks[slot] = stemmed === "" ? -1 : (wordVectors().rank.get(surface.toLowerCase()) ?? -1);
  return slot;
}

function stemOf(surface: string): string {
  const folded = fold(surface.replace(/\./g, "").replace(/’/g, "'"));
  // "US" and "U.S." are a country, "us" is not.
  const common = folded.length < 2 || (FUNCTION_WORDS.has(folded) && !/^U\.?S/.test(surface));
  return common ? "" : stem(folded);
}
