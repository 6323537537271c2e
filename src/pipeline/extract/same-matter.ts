import { FUNCTION_WORDS } from "#text/english.ts";
import { sentences } from "#text/sentences.ts";
import { fold, stem, wordsOf } from "#text/tokens.ts";

/**
 * Of the words of a title and its summary, the share that the article's own page holds at the least. Of 155 pages with a
 * description of their own, 2 held less (neither tells what it describes), and of the pages of others one in forty held more.
 */
const SHARED = 1 / 3;

/** And what it says beyond them: of the same pages all but one go on about the matter, where one that asks for money does not. */
const SHARED_BEYOND = 1 / 10;

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

const matterOf = (text: string): ReadonlySet<string> => new Set(wordsOf(text).flatMap(matterIn));

const letters = (text: string): string =>
  ` ${fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

/** The sentences of a page that do not stand in what was told. */
function beyond(page: string, told: string): string {
  const known = letters(told);
  const all = sentences(page).map(({ start, end }) => page.slice(start, end));
  return all.filter((sentence) => !known.includes(letters(sentence))).join("\n");
}

/**
 * Whether a text goes on about what a title and its summary tell: one that sells, signs in or asks for consent shares next to no
 * word with them, or none but those that it repeats.
 */
export function isOfSameMatter(article: { readonly title: string; readonly text: string }, page: string): boolean {
  const told = `${article.title}\n${article.text}`;
  const matter = matterOf(told);
  const shared = (some: string) => matter.intersection(matterOf(some)).size;
  return shared(page) >= SHARED * matter.size && shared(beyond(page, told)) >= SHARED_BEYOND * matter.size;
}
