import { stemmer } from "stemmer";
import { FUNCTION_WORDS } from "#text/english.ts";

const WORD = /[\p{L}\p{N}]+(?:[’'][\p{L}]+)?/gu;

/** Stemming costs more than all else here; a news day repeats its words. */
const STEMS_KEPT = 20_000;
const stems = new Map<string, string>();

/** Other than the stem of `text/`, it leaves short words as they are; docs/decisions/0019 has what that is worth. */
function stem(word: string): string {
  let known = stems.get(word);
  if (known === undefined) {
    known = word.length > 3 ? stemmer(word) : word;
    if (stems.size >= STEMS_KEPT) stems.clear();
    stems.set(word, known);
  }
  return known;
}

export type Words = {
  /** Stems of the words that carry meaning, in order. */
  readonly terms: readonly string[];
  /** All words, stop words too. */
  readonly count: number;
};

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]{2}/u;

export function wordsOf(text: string): Words {
  const terms: string[] = [];
  let count = 0;
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    count += 1;
    if (UNSPACED.test(word)) {
      // Chinese, Japanese and Thai do not part words: pairs of signs do as well.
      for (let i = 0; i + 2 <= word.length; i++) terms.push(word.slice(i, i + 2));
      count += Math.floor(word.length / 2) - 1;
      continue;
    }
    const [plain = ""] = word.split(/[’']/, 1);
    if (!FUNCTION_WORDS.has(plain)) terms.push(stem(plain));
  }
  return { terms, count };
}
