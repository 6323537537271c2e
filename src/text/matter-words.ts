import { FUNCTION_WORDS } from "./english.ts";
import { fold, stem, wordsOf } from "./tokens.ts";

/**
 * Of the words of a title and its summary, the share that the article's own page holds at the least. Of 155 pages with a
 * description of their own, 2 held less (neither tells what it describes), and of the pages of others one in forty held more.
 */
export const SHARED = 1 / 3;

/** Shorter words carry grammar in most languages. */
const SHORTEST = 4;

/** Scripts that write no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/** What a word says: its stem, or where words are not parted each two characters of it; nothing of a word of grammar. */
function matterIn(word: string): readonly string[] {
  const folded = fold(word);
  if (UNSPACED.test(folded)) return Array.from({ length: folded.length - 1 }, (_, at) => folded.slice(at, at + 2));
  return (folded.length >= SHORTEST || /\d/.test(folded)) && !FUNCTION_WORDS.has(folded) ? [stem(folded)] : [];
}

/** What a text is about: the stems of its words but for those of grammar. */
export const matterOf = (text: string): ReadonlySet<string> => new Set(wordsOf(text).flatMap(matterIn));
