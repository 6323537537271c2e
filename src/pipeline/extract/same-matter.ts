import { matterOf, SHARED } from "#text/matter-words.ts";
import { sentences } from "#text/sentences.ts";
import { fold } from "#text/tokens.ts";

/** And of what a page says beyond them: of the same pages all but one go on about the matter, where one that asks for money does not. */
const SHARED_BEYOND = 1 / 10;

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
