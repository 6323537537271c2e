import { type Document, isLede, type Match } from "./document.ts";
import type { Rules } from "./rules.ts";

/** Why readers should not see the item: what it says of itself, not of what it reports on. */
export function findHold(document: Document, { pack }: Rules): string | null {
  for (const match of document.matches) {
    const { role } = match.rule;
    if (role.kind === "hold" && isLede(document, match.sentence) && isOfItself(match, document))
      return pack.holds[role.owner]!.reason;
  }
  return null;
}

/** Words that lead from an item to what it calls itself: “This article was written by …”, “Note: the following is a …”. */
const LEADING = new Set(
  "this the following is was are were has been a an article story post piece text newsletter report page content news it and produced written created published generated entirely purely editor editor's note disclaimer warning please".split(
    " ",
  ),
);
const ITSELF = /\b(?:this|following)\b/i;
const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;

/** Marks that set a label apart from what it stands beside: `Satire: …`, `… | Sponsored`, `(BUSINESS WIRE)`. */
const MARKS = /[|:()[\]/·•\n–—]| -|--/g;
const OPENS_BRACKET = /[([/]/;
/** A label that names who paid: so many words may follow its `by`. */
const MOST_NAMED = 5;
const NAMES = /\b(?:by|from)$/i;

function isOfItself(match: Match, { article, sentences }: Document): boolean {
  const sentence = sentences[match.sentence]!;
  const text = article[match.field];
  const before = text.slice(sentence.start, match.start);
  const phrase = text.slice(match.start, match.end);
  const after = text.slice(match.end, sentence.end);
  return isSentenceAbout(before, phrase) || isLabel(before, phrase, after, match.field === "title");
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().replaceAll("’", "'").match(WORD) ?? [];

const isSentenceAbout = (before: string, phrase: string): boolean =>
  ITSELF.test(`${before}${phrase}`) && wordsOf(before).every((word) => LEADING.has(word));

/** It stands alone, but for an article: at the head of a sentence, at the end of a title, or in brackets. */
function isLabel(before: string, phrase: string, after: string, isTitle: boolean): boolean {
  const left = [...before.matchAll(MARKS)].at(-1);
  const right = after.search(MARKS);
  const isPlaced = left === undefined || OPENS_BRACKET.test(left[0]) || (isTitle && right < 0);
  const leading = wordsOf(left === undefined ? before : before.slice(left.index + left[0].length));
  const following = wordsOf(right < 0 ? after : after.slice(0, right));
  return (
    isPlaced &&
    leading.every((word) => word === "a" || word === "an") &&
    following.length <= (NAMES.test(phrase) ? MOST_NAMED : 0)
  );
}
