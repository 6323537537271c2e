import type { Span } from "#model/tag.ts";
import { tokenize } from "#text/tokens.ts";
import { type Quotation, quotationsIn } from "./marks.ts";

/** A word of a paragraph outside quotations, or a quotation as one. */
export type Item = Span & {
  /** In small letters; empty for a quotation. */
  readonly text: string;
  readonly capital: boolean;
  readonly quotation: Quotation | null;
  /** A comma, a colon, a dash or a bracket stands before it. */
  readonly parted: boolean;
  /** The first of its sentence: a capital says nothing there. */
  readonly initial: boolean;
};

const PARTING = /[,:;–—―()[\]]|--/;
/** "1,000 experts" */
const DIGIT = /\d/;
/** Between headlines that a feed lists in one line. */
const LISTING = /[|•·▪●■]/;
/** "… in court - Reed says": an item of a list that lost its lines. */
const BULLET = /(?:^|\s)[-*]\s/;
const ASKS = /[?!…]$/;

const isListing = (gap: string, { capital, quotation }: Pick<Item, "capital" | "quotation">): boolean =>
  LISTING.test(gap) || (BULLET.test(gap) && (capital || quotation !== null));

/** The sentences of a paragraph, each as its items. A quotation ends none, whatever it holds. `begins` are where sentences begin. */
export function itemsOf(text: string, paragraph: Span, begins: ReadonlySet<number>): readonly (readonly Item[])[] {
  const quotations = quotationsIn(text, paragraph);
  const own = text.slice(paragraph.start, paragraph.end);
  const tokens = tokenize(own);
  const lower = inSmallLetters(own);
  const sentences: Item[][] = [[]];
  let before = paragraph.start;
  let next = 0;
  const add = (item: Omit<Item, "parted" | "initial">) => {
    const gap = text.slice(before, item.start);
    const last = sentences.at(-1)!.at(-1);
    // Before "Holt asked" a sentence seems to end that goes on.
    const asked =
      last?.quotation != null && ASKS.test(text.slice(last.quotation.inner.start, last.quotation.inner.end));
    if (last !== undefined && ((!asked && beginsWithin(begins, before, item.start)) || isListing(gap, item)))
      sentences.push([]);
    const sentence = sentences.at(-1)!;
    const isNumber = gap === "," && DIGIT.test(text.charAt(before - 1)) && DIGIT.test(text.charAt(item.start));
    sentence.push({ ...item, parted: !isNumber && PARTING.test(gap), initial: sentence.length === 0 });
    before = item.end;
  };
  const addQuotation = (quotation: Quotation) =>
    add({ start: quotation.start, end: quotation.end, text: "", capital: false, quotation });
  for (let i = 0; i < tokens.count; i++) {
    const [start, end] = [paragraph.start + tokens.starts[i]!, paragraph.start + tokens.ends[i]!];
    if (start < before) continue;
    while (next < quotations.length && quotations[next]!.start <= start) addQuotation(quotations[next++]!);
    if (start < before) continue;
    const small = lower.slice(tokens.starts[i], tokens.ends[i]);
    add({ start, end, text: small, capital: small.charAt(0) !== text.charAt(start), quotation: null });
  }
  while (next < quotations.length) addQuotation(quotations[next++]!);
  return sentences;
}

function beginsWithin(begins: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from; at <= to; at++) if (begins.has(at)) return true;
  return false;
}

/** Unit for unit as long as the text: where one letter becomes two, it stays as it is. */
function inSmallLetters(text: string): string {
  const small = text.toLowerCase().replaceAll("’", "'");
  return small.length === text.length ? small : text.replace(/\p{Lu}/gu, (letter) => smallOf(letter));
}

const smallOf = (letter: string): string => {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
};
