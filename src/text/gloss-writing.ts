import type { Span } from "#model/tag.ts";

/**
 * A text of another language in English, word by word: what is known of English and of a pack is read in it. Names, numbers and words
 * that nobody wrote down stand there as they are.
 */
export type Gloss = {
  readonly text: string;
  /** What a part of it stands for in the text. */
  readonly back: (span: Span) => Span;
  /** Where a part of the text stands in it. */
  readonly forth: (span: Span) => Span;
};

/** A piece of a gloss, and of the text that it stands for: `same` where both have the same characters. */
type Piece = { readonly from: Span; readonly to: Span; readonly same: boolean };

/** Writes a gloss from its beginning: what stands between two words is taken over. */
export function createWriting(text: string) {
  const pieces: Piece[] = [];
  const written: string[] = [];
  let length = 0;
  let read = 0;
  const add = (end: number, english: string, same: boolean) => {
    pieces.push({ from: { start: read, end }, to: { start: length, end: length + english.length }, same });
    if (english !== "") written.push(english);
    length += english.length;
    read = end;
  };
  return {
    say({ start, end }: Span, english: string): void {
      if (start > read) add(start, text.slice(read, start), true);
      // An elided word stands beside the next.
      if (english !== "" && ENDS_IN_WORD.test(written.at(-1)?.slice(-1) ?? "")) add(start, " ", false);
      add(end, english, english.length === end - start && text.startsWith(english, start));
    },
    done(): Gloss {
      if (read < text.length) add(text.length, text.slice(read), true);
      return {
        text: written.join(""),
        back: (span) => mapped(pieces, span, "to", "from"),
        forth: (span) => mapped(pieces, span, "from", "to"),
      };
    },
  };
}

const ENDS_IN_WORD = /^[\p{L}\p{N}'’ʼ]$/u;

/** The span of one side that a span of the other stands for: whole pieces, but for what is the same on both. */
function mapped(pieces: readonly Piece[], { start, end }: Span, side: "from" | "to", other: "from" | "to"): Span {
  let at = pieceAt(pieces, start, side);
  // What says nothing there and stands before it begins it too.
  while (at > 0 && pieces[at - 1]![side].start === start) at -= 1;
  const first = pieces[at];
  const last = pieces[pieceAt(pieces, Math.max(start, end - 1), side)];
  if (first === undefined || last === undefined) return { start: 0, end: 0 };
  const place = (piece: Piece, at: number) => piece[other].start + at - piece[side].start;
  return {
    start: first.same ? place(first, start) : first[other].start,
    end: last.same ? place(last, end) : last[other].end,
  };
}

/** The piece in which a place is: the last that begins at or before it and is not empty. */
function pieceAt(pieces: readonly Piece[], at: number, side: "from" | "to"): number {
  let low = 0;
  for (let high = pieces.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (pieces[middle]![side].end <= at) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, pieces.length - 1);
}
