import type { Span } from "#model/tag.ts";

/** What stands in quotation marks: from mark to mark, and `inner` without them or the comma that stands before the last. */
export type Quotation = Span & {
  readonly inner: Span;
  /** Its paragraph ends before it does: the next one begins with a mark and goes on. */
  readonly goesOn: boolean;
};

/** Marks that open, each with what closes it. */
const CLOSING: Readonly<Record<string, string>> = {
  // Outlets mix curly and straight ones.
  "“": '”"',
  "„": "“”",
  "«": "»",
  "»": "«",
  '"': '"”',
  "‘": "’",
  "'": "'",
};
const MARK = /[“„«»"‘']/g;
const SINGLE = "‘'";
const IN_WORD = /[\p{L}\p{N}]/u;
const ENDS_SPEECH = /[,.!?…]/;

/** Does a mark open a quotation: at the start of a word, and at the end of none? */
function opens(text: string, at: number, from: number): boolean {
  const before = at === from ? "" : text.charAt(at - 1);
  return !IN_WORD.test(before) && /\S/.test(text.charAt(at + 1));
}

/** Where the quotation that opens at `at` closes, before `to`; -1 where nothing closes it. */
function closes(text: string, at: number, to: number): number {
  const mark = text.charAt(at);
  const closing = CLOSING[mark]!;
  let within = 0;
  let first = -1;
  for (let i = at + 1; i < to; i++) {
    if (text.charAt(i) === "“" || (mark === "“" && text.charAt(i) === '"' && opens(text, i, at))) within++;
    if (!closing.includes(text.charAt(i))) continue;
    const [before, after] = [text.charAt(i - 1), i + 1 < to ? text.charAt(i + 1) : ""];
    if (IN_WORD.test(after)) continue;
    // A single mark is an apostrophe unless speech or a clause ends there.
    if (SINGLE.includes(mark) && !ENDS_SPEECH.test(before) && !/^[,.;:]?$/.test(after)) continue;
    if (text.charAt(i) === '"' && /\s/.test(before)) continue;
    if (first === -1) first = i;
    if (within-- === 0) return i;
  }
  // Of marks that do not pair, the first that closes.
  return first;
}

/**
 * The quotations of a paragraph, in order and apart; what is quoted within one is part of it. Linear in the paragraph: a mark
 * that nothing closes ends the search for its kind.
 */
export function quotationsIn(text: string, { start, end }: Span): readonly Quotation[] {
  const found: Quotation[] = [];
  const unclosed = new Set<string>();
  MARK.lastIndex = start;
  for (let match = MARK.exec(text); match !== null && match.index < end; match = MARK.exec(text)) {
    const { index: at, 0: mark } = match;
    if (unclosed.has(mark) || !opens(text, at, start)) continue;
    const close = closes(text, at, end);
    if (close === -1) unclosed.add(mark);
    if (close === -1 && (SINGLE.includes(mark) || !goesOnBehind(text, mark, end))) continue;
    const stop = close === -1 ? end : close;
    found.push({ start: at, end: Math.min(end, stop + 1), inner: trimmed(text, at + 1, stop), goesOn: close === -1 });
    MARK.lastIndex = stop + 1;
  }
  return found;
}

const NEXT = /\s*(\S)/y;

/** Does the next paragraph begin with the same mark? */
function goesOnBehind(text: string, mark: string, end: number): boolean {
  NEXT.lastIndex = end;
  return NEXT.exec(text)?.[1] === mark;
}

function trimmed(text: string, start: number, end: number): Span {
  while (end > start && /[\s,]/.test(text.charAt(end - 1))) end--;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  return { start, end };
}
