import type { Span } from "#model/tag.ts";
import { isState } from "#text/us-states.ts";

/** What a law is called at the end of its name. */
const HEADS = new Set(["Act", "Bill", "Law", "Regulation", "Directive", "Code", "Ordinance"]);
const HEAD = new RegExp([...HEADS].join("|"));
/** Small words within a name. */
const LINKS = new Set("of for and in on to from with against by".split(" "));
/** Words that a sentence begins with before a name, and numbers that are spelt out. */
const NO_NAME = new Set(
  "A An The Under On In By With If When While After Before And But Senate House Assembly Private".split(" "),
);
/** Words of the longest names: what is longer is a heading. */
const MOST_WORDS = 12;

/** The names of laws in a text, such as `Transparency in Frontier AI Act`: words with capitals up to `Act`, without `the`. */
export function lawNamesIn(text: string): readonly Span[] {
  if (!HEAD.test(text)) return [];
  const words = [...text.matchAll(/[^\s()“”"–—]+/g)].map(({ 0: word, index }) => ({ word, start: index }));
  return words.flatMap(({ word, start }, at) => {
    const head = /^[A-Z][a-z]+/.exec(word)?.[0] ?? "";
    if (!HEADS.has(head)) return [];
    let first = at;
    while (first > 0 && at - first < MOST_WORDS && belongs(words[first - 1]!.word)) {
      const end = words[first - 1]!.start + words[first - 1]!.word.length;
      if (!/^ $/.test(text.slice(end, words[first]!.start))) break;
      first--;
    }
    while (first < at && (NO_NAME.has(words[first]!.word) || LINKS.has(words[first]!.word))) first++;
    return first === at ? [] : [{ start: words[first]!.start, end: start + head.length }];
  });
}

/** A word of a name, or between two. What ends in a mark is before the name, as is whose law it is. */
function belongs(word: string): boolean {
  if (LINKS.has(word)) return true;
  const bare = word.replace(/[’']s$/, "");
  if (bare !== word && (isState(bare) || bare === bare.toUpperCase())) return false;
  return /^\p{Lu}[\p{L}\p{N}’'&-]*$/u.test(word);
}

const CALLED =
  "(?: ?(?:also |better |commonly |widely |formally |otherwise )?(?:known as|called|dubbed|titled|named|or))?";
const BEHIND_NUMBER = new RegExp(`^(?:,| \\(| –| —)?${CALLED} ?(?:[Tt]he )?["“‘']?$`);
const BEHIND_NAME = new RegExp(`^["”’']?(?:,| \\(| –| —)${CALLED} ?$`);

/** What a sentence calls the matter that it names by a number: `SB 53, the …`, `the … (SB 53)`. Null where it gives no name. */
export function nameBeside(sentence: string, number: Span): string | null {
  for (const { start, end } of lawNamesIn(sentence)) {
    const behind = start >= number.end && sentence.slice(number.end, start);
    const before = end <= number.start && sentence.slice(end, number.start);
    if (behind !== false && behind.length > 1 && BEHIND_NUMBER.test(behind)) return sentence.slice(start, end);
    if (before !== false && BEHIND_NAME.test(before)) return sentence.slice(start, end);
  }
  return null;
}
