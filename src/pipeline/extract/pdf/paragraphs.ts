import { isParted, type Line } from "./lines.ts";

/** Lines that are read one after the other. */
export type Paragraph = Line[];

/** Lines further apart than so many times their leading are of two paragraphs. */
const SPACED = 1.35;

/** Sizes that differ by more are a heading's and its text's. */
const SAME_SIZE = 0.08;

/** A line that leaves more of its column free than this was ended, whatever its last sign. */
const LEFT_FREE = 0.25;

/** A column's top is at least so many lines above the end of the column before. */
const COLUMN_LINES = 3;

const ENDED = /[.!?:;。！？…]["”’»)\]]*$/u;
const BULLET = /^[•▪●◦‣■□➢]/u;
const LISTED = /^(?:[–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s/u;
const GOES_ON = /^["“‘(]?\p{Ll}/u;

/**
 * The paragraphs of a document from the lines of its pages, in an order in which pages never go back: one that goes on overleaf comes
 * after the notes below it.
 */
export function paragraphsOf(pages: readonly (readonly Line[])[]): readonly Paragraph[] {
  const leadingOf = leadingsOf(pages);
  const paragraphs: Paragraph[] = [];
  for (const lines of pages) {
    const onPage: Paragraph[] = [];
    const add = (paragraph: Paragraph) => {
      paragraphs.push(paragraph);
      onPage.push(paragraph);
    };
    for (const line of lines) {
      const above = onPage.findLast((paragraph) => isBelow(line, last(paragraph), leadingOf(line)));
      if (above !== undefined && !begins(line, above)) {
        above.push(line);
        continue;
      }
      const before = above === undefined ? carriedOver(line, paragraphs, onPage, leadingOf(line)) : undefined;
      if (before === undefined) {
        add([line]);
        continue;
      }
      if (onPage.length === 0) {
        paragraphs.splice(paragraphs.lastIndexOf(before), 1);
        add(before);
      }
      before.push(line);
    }
  }
  return paragraphs;
}

const last = (paragraph: Paragraph): Line => paragraph.at(-1)!;

const isOfSize = (a: Line, b: Line): boolean => Math.abs(a.size - b.size) <= SAME_SIZE * Math.max(a.size, b.size);

/** Whether a line stands right below another one of its column. */
function isBelow(line: Line, above: Line, leading: number): boolean {
  const down = line.y - above.y;
  const overlaps = line.x < above.right && line.right > above.x;
  return isOfSize(line, above) && overlaps && down > 0 && down <= SPACED * leading;
}

/** Whether a line right below a paragraph begins another one. */
function begins(line: Line, paragraph: Paragraph): boolean {
  const above = last(paragraph);
  const isEnded = ENDED.test(above.text);
  if (BULLET.test(line.text) || (isEnded && LISTED.test(line.text))) return true;
  if (goesOn(line, above)) return false;
  const right = rightOf([...paragraph, line]);
  const free = right - above.right;
  if (!isEnded) return free > LEFT_FREE * (right - above.x);
  const isIndented = line.x - above.x > line.size * 0.8;
  return isIndented || free > widthOfFirstWord(line) + line.size / 2;
}

const goesOn = (line: Line, before: Line): boolean => GOES_ON.test(line.text) || isParted(before);

/** What would have had room in the line before, had the paragraph gone on. */
function widthOfFirstWord({ text, x, right }: Line): number {
  const end = text.indexOf(" ");
  return ((right - x) * (end < 0 ? text.length : end)) / text.length;
}

const rightOf = (lines: readonly Line[]): number => lines.reduce((most, { right }) => Math.max(most, right), 0);

/** The paragraph that a line at the top of a page, or of a column, goes on with. */
function carriedOver(
  line: Line,
  paragraphs: readonly Paragraph[],
  onPage: readonly Paragraph[],
  leading: number,
): Paragraph | undefined {
  const isFirst = onPage.length === 0;
  const before = (isFirst ? paragraphs : onPage).findLast((paragraph) => isOfSize(line, last(paragraph)));
  if (before === undefined || ENDED.test(last(before).text) || BULLET.test(line.text)) return undefined;
  const end = last(before);
  if (isFirst && end.page !== line.page - 1) return undefined;
  if (!isFirst && !(line.x > end.right && end.y - line.y > COLUMN_LINES * leading)) return undefined;
  const longest = rightOf(before);
  const isFull = before.length > 1 && longest - end.right <= LEFT_FREE * (longest - end.x);
  return goesOn(line, end) || isFull ? before : undefined;
}

/** How far lines of a size are apart, most of the time. */
function leadingsOf(pages: readonly (readonly Line[])[]): (line: Line) => number {
  const counts = new Map<number, Map<number, number>>();
  for (const lines of pages) {
    for (const [at, line] of lines.entries()) {
      const above = lines[at - 1];
      const down = above === undefined ? 0 : Math.round(line.y - above.y);
      if (above === undefined || !isOfSize(line, above) || down <= 0 || down > 3 * line.size) continue;
      const size = Math.round(line.size);
      const ofSize = counts.get(size) ?? new Map<number, number>();
      counts.set(size, ofSize.set(down, (ofSize.get(down) ?? 0) + 1));
    }
  }
  const usual = new Map([...counts].map(([size, ofSize]) => [size, [...ofSize].sort((a, b) => b[1] - a[1])[0]![0]]));
  return ({ size }) => usual.get(Math.round(size)) ?? 1.2 * size;
}
