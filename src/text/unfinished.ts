import type { Span } from "#model/tag.ts";
import { DANGLING } from "#text/english.ts";

const ELLIPSIS = /(?:…|\.\s?\.\s?\.|\.\.)["”’')\]]*$/;
const ENDED = /[.!?:;。！？]["”’»')\]]*$/;

/**
 * Does a sentence end where somebody cut the text, and not its author? It trails off in dots; or it is the text's last, and ends on a word
 * that must have another behind it, or without a full stop where the one before it has one.
 */
export function isUnfinished(text: string, { start, end }: Span): boolean {
  const sentence = text.slice(start, end);
  if (ELLIPSIS.test(sentence)) return true;
  if (ENDED.test(sentence) || text.slice(end, end + LONGEST_GAP).trim() !== "") return false;
  if (DANGLING.has(sentence.slice(sentence.lastIndexOf(" ") + 1).toLowerCase())) return true;
  const before = text.slice(Math.max(0, start - LONGEST_GAP), start);
  return ENDED.test(before.trimEnd()) && !before.includes("\n");
}

/** Characters between two sentences, with the end of the first. */
const LONGEST_GAP = 8;
