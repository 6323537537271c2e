import { type Tokens, tokenize, wordAt } from "#text/tokens.ts";

/** Given names that are words of policy besides: a law, a mark, to sue, to rob. */
const GIVEN_NAMES = ["Bill", "Chuck", "Drew", "Frank", "Mark", "Pat", "Rob", "Sue"];

/** What titles write small, whatever they do with the rest. */
const SMALL_IN_TITLES = new Set(
  "a an and as at but by for from in into of off on onto or over the to up via with".split(" "),
);

/** By the first hash of the word; the word itself is compared where it is the same. */
const KEYS: ReadonlySet<number> = new Set(GIVEN_NAMES.map((name) => tokenize(name).keys[0]!));

/** Forgets what the words of a text stand for where they are somebody's name: the guests include Bill Gates, and no bill. */
export function forgetNamesakes(text: string, tokens: Tokens, sets: Int32Array): void {
  for (let i = 0; i + 1 < tokens.count; i += 1) {
    if (sets[i] !== 0 && KEYS.has(tokens.keys[i]!) && isName(text, tokens, i)) sets[i] = 0;
  }
}

/**
 * A given name with a surname beside it, in a text that writes other words small: in a title that writes all of them large, a bill and a
 * Bill look alike, and it is taken for the word.
 */
function isName(text: string, tokens: Tokens, i: number): boolean {
  const { starts, ends } = tokens;
  if (!GIVEN_NAMES.includes(wordAt(text, tokens, i)) || starts[i + 1] !== ends[i]! + 1) return false;
  if (!/^\p{Lu}\p{Ll}{2}/u.test(wordAt(text, tokens, i + 1))) return false;
  return writesSmall(text, tokens, i - 1) || writesSmall(text, tokens, i + 2);
}

/** Whether a word stands there that a title would write large. */
function writesSmall(text: string, tokens: Tokens, i: number): boolean {
  if (i < 0 || i >= tokens.count) return false;
  const word = wordAt(text, tokens, i);
  return /^\p{Ll}/u.test(word) && !SMALL_IN_TITLES.has(word);
}
