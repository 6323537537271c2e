import type { LanguageFile } from "#model/language-file.ts";
import { LONGEST_SENTENCE } from "#model/limits.ts";
import type { Span } from "#model/tag.ts";
import { monthNamed } from "./calendar.ts";
import { boundaryBefore } from "./cut.ts";
import { BEFORE_NUMBERS, EITHER, OPENERS, STATES, TITLES } from "./english.ts";
import { languageNamed } from "./language-files.ts";
import { once } from "./once.ts";

const PARAGRAPH = /\n\s*\n/g;
const ENDING_WORD = /(?:^|[\s([“"'‘—–-])((?:\p{L}+\.)*\p{L}+|\d{1,3})\.$/u;
/** `J.J.`, `W.D.`: of a name, or of a place of court. */
const INITIALS = /^\p{Lu}(?:\.\p{Lu}){1,3}$/u;
const FIRST_WORD = /^[\s([“"'‘«]*(\p{L}[\p{L}’'-]*|\d)/u;
const LISTED = /^\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]$/;
const ENDS_IN_MARK = /[.!?…:;。！？]["”’»')\]]*$/;
/** Past this many characters a run without an end is cut where the segmenter says, whatever the abbreviation. */
const LONGEST = 1200;

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Does the text up to a proposed break end in an abbreviation, so that the sentence goes on? */
function goesOn(before: string, after: string, broken: boolean, language: LanguageFile | null): boolean {
  const next = FIRST_WORD.exec(after)?.[1];
  if (next === undefined) return false;
  if (/^\p{Ll}/u.test(next) && !/^\p{Ll}+\p{Lu}/u.test(next)) return !(broken && ENDS_IN_MARK.test(before));
  if (broken) return false;
  const word = ENDING_WORD.exec(before)?.[1];
  if (word === undefined) return false;
  const lower = word.toLowerCase();
  const number = /^\d/.test(next);
  if (language !== null && abbreviationsOf(language).has(lower)) return true;
  if (/^\d/.test(word)) return LISTED.test(before) || (language !== null && monthNamed(next) !== null);
  if (TITLES.has(lower)) return true;
  if (BEFORE_NUMBERS.has(lower)) return number;
  if (STATES.has(lower)) return number || monthNamed(next) !== null;
  if (EITHER.has(lower) || INITIALS.test(word)) return !number && !OPENERS.has(next.toLowerCase());
  // An initial: `George W. Bush`, but not `Plan B. The`.
  return word.length === 1 && /\p{Lu}/u.test(word) && word !== "I" && !OPENERS.has(next.toLowerCase());
}

const abbreviationsOf = once(
  ({ abbreviations }: LanguageFile): ReadonlySet<string> => new Set(abbreviations.map((each) => each.toLowerCase())),
);

/** A sentence that has no end, in parts that end between words where there are any. */
function* partsOf(text: string, from: number, to: number): Generator<Span> {
  let start = from;
  while (to - start > LONGEST_SENTENCE) {
    const most = boundaryBefore(text, start + LONGEST_SENTENCE);
    const space = text.slice(start, most).lastIndexOf(" ");
    const end = space > 0 ? start + space : most;
    yield { start, end };
    start = end + Number(space > 0);
  }
  yield { start, end: to };
}

/**
 * The sentences of a text, as spans without surrounding white space, in order. `Intl.Segmenter` proposes the breaks;
 * those after an abbreviation, an initial or a list number are taken back. A blank line always ends a sentence; a
 * single line break does unless the next line goes on in lower case.
 */
export function sentences(text: string, language?: string | null): readonly Span[] {
  const known = languageNamed(language);
  const out: Span[] = [];
  let start = 0;
  let end = 0;
  const close = () => {
    let from = start;
    let to = end;
    while (from < to && text.charCodeAt(from) <= 32) from += 1;
    while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
    for (const part of partsOf(text, from, to)) {
      if (/[\p{L}\p{N}]/u.test(text.slice(part.start, part.end))) out.push(part);
    }
    start = end;
  };
  const blanks = blankLinesOf(text);
  let blank = blanks.next().value;
  // The segmenter is asked once for all paragraphs: asking costs more than answering, and a line always ends a segment.
  for (const { segment, index } of segmenter.segment(text)) {
    while (blank && index >= blank.end) {
      close();
      start = blank.end;
      end = start;
      blank = blanks.next().value;
    }
    if (blank && index >= blank.start) continue;
    const before = text.slice(Math.max(start, end - 40), end);
    const trimmed = before.trimEnd();
    const broken = before.slice(trimmed.length).includes("\n");
    if (end > start && !(end - start < LONGEST && goesOn(trimmed, segment, broken, known))) close();
    end = Math.min(index + segment.length, blank?.start ?? text.length);
  }
  close();
  return out;
}

/** The paragraphs of a text, parted by blank lines, as spans. */
export function* paragraphsOf(text: string): Generator<Span, void> {
  let start = 0;
  for (const blank of blankLinesOf(text)) {
    if (blank.start > start) yield { start, end: blank.start };
    start = blank.end;
  }
  if (start < text.length) yield { start, end: text.length };
}

function* blankLinesOf(text: string): Generator<Span, undefined> {
  for (const { index, 0: blank } of text.matchAll(PARAGRAPH)) yield { start: index, end: index + blank.length };
}
