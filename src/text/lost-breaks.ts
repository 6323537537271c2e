import type { Span } from "#model/tag.ts";
import { FUNCTION_WORDS, OPENERS, SAYING } from "./english.ts";

const openers = [...OPENERS]
  .filter((word) => word !== "i")
  .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
  .join("|");

/** A word that only opens sentences behind one in small letters without a mark: `… of its scope The minister said`. */
const LOST = new RegExp(
  `(?<=\\p{Ll}[”’"']?) (?=The \\p{Lu}{2,}(?: |['’]s )|An? \\p{Lu}\\p{Ll}|(?:${openers}) [“"‘']?\\p{Ll})`,
  "gu",
);

/** Words on either side of a lost break: fewer are a name or a title within the sentence. */
const FEWEST_WORDS = 5;

/** Characters in which so many words end. */
const LOOKED_AT = 60;

/** A name follows these in mid-sentence: `told The BBC`, `part A of the act`. */
const LEADS_ON: ReadonlySet<string> = new Set([...SAYING, "part", "title", "section", "plan", "schedule", "class"]);

/**
 * A sentence in the parts that were sentences before a line break between them was lost, as feeds lose it that put a standfirst and the
 * first lines into one description. Of a news week's sentences one in eighty is such, of laws' none but a list's.
 */
export function* unglued(text: string, { start, end }: Span): Generator<Span> {
  const sentence = text.slice(start, end);
  let from = 0;
  for (const { index } of sentence.matchAll(LOST)) {
    const word = sentence.slice(sentence.lastIndexOf(" ", index - 1) + 1, index);
    if (/^\p{Lu}/u.test(word) || FUNCTION_WORDS.has(word) || LEADS_ON.has(word)) continue;
    if (!hasWords(sentence.slice(from, index)) || !hasWords(sentence.slice(index, index + LOOKED_AT))) continue;
    yield { start: start + from, end: start + index };
    from = index + 1;
  }
  yield { start: start + from, end };
}

const hasWords = (text: string): boolean => text.trim().split(" ", FEWEST_WORDS).length === FEWEST_WORDS;
