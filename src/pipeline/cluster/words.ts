import { stemmer } from "stemmer";

/** Words read after the title. A report says what happened in its first paragraph or two; later ones retell the saga. */
export const LEDE_WORDS = 80;

/** How many stems are remembered; news in English uses fewer, and a full memory starts again. */
const STEMS_KEPT = 50_000;

const WORD = /[\p{L}\p{N}]+(?:[.,][0-9]+)*/gu;
const POSSESSIVE = /['’]s\b/g;

const COMMON = new Set(
  (
    "a about after again all also am amid an and any are as at be because been before being below between both but by can could did do does doing down " +
    "during each few for from further get gets had has have having he her here hers him his how i if in into is it its just may me might more most " +
    "must my new no nor not now of off on once one only or other our out over own per same say says said she should since so some such than that the " +
    "their them then there these they this those through to told too two under until up us very was we were what when where which while who whom " +
    "whose why will with would you your"
  ).split(" "),
);

const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEMS_KEPT) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}

/** The stems of the words that carry meaning, in order, of the first `limit` words. */
export function stemsIn(text: string, limit: number): string[] {
  const found: string[] = [];
  let read = 0;
  for (const [word] of text.toLowerCase().replace(POSSESSIVE, "").matchAll(WORD)) {
    if (++read > limit) break;
    if (word.length > 1 && !COMMON.has(word)) found.push(stemOf(word));
  }
  return found;
}
