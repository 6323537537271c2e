/** A 3 by 2 matrix as PDF has them: [a b c d e f]. */
type Matrix = readonly number[];

/** A run of text on a page, as pdf.js gives it. */
export type Run = {
  readonly str: string;
  /** To the page's own units, its origin being down on the left. */
  readonly transform: Matrix;
  readonly width: number;
  readonly hasEOL: boolean;
};

/** A line of a page; lengths in points, `y` counted downwards. */
export type Line = {
  /** Counted from 1. */
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** Of its baseline. */
  readonly y: number;
  readonly size: number;
};

/**
 * A gap of so many letter heights may part cells of a table, or columns that are drawn line by line; a justified line may have such gaps
 * too, but at no place where anything else begins.
 */
const CELL_GAP = 2;

/** Points by which what stands below each other may be off. */
const ALIGNED = 1;

/** What is set so much smaller than its line, and above it, is an exponent, or leads to a footnote. */
const RAISED = 0.8;

/** Text that is turned by more than this, as a stamp across a page, is none of its prose. */
const MOST_SLOPE = 0.1;

/** Dots that lead to a page or wait for a pen: of a list of contents or a form, and no prose. */
const LEADERS = /(?:\.\s?){5}|(?:_\s?){5}/;

/** Whether the next line goes on with a line's last word. */
export const isParted = ({ text }: Pick<Line, "text">): boolean => /\p{L}[-\u2010\u00AD]$/u.test(text);

/**
 * The lines of a page in the order in which the document draws them, parted where cells or columns are; `view` turns a page
 * as readers see it.
 */
export function linesOf(runs: readonly Run[], view: Matrix, page: number): readonly Line[] {
  const rows = rowsOf(runs, view, page);
  const begun = new Map<number, number>();
  for (const { x } of rows.flat()) begun.set(Math.round(x), (begun.get(Math.round(x)) ?? 0) + 1);
  const isAligned = ({ x }: Line): boolean => {
    let others = -1;
    for (let at = Math.round(x) - ALIGNED; at <= Math.round(x) + ALIGNED; at += 1) others += begun.get(at) ?? 0;
    return others > 0;
  };
  const lines = rows.flatMap((row) => {
    const parted: Line[] = [];
    for (const piece of row) {
      const before = parted.at(-1);
      if (before === undefined || isAligned(piece)) parted.push(piece);
      else parted[parted.length - 1] = joined(before, piece);
    }
    return parted;
  });
  return lines
    .map((line) => ({ ...line, text: line.text.replace(/\s+/g, " ").trim() }))
    .filter(({ text }) => !LEADERS.test(text));
}

/** Runs on one baseline after each other, joined but where a wide gap is. */
function rowsOf(runs: readonly Run[], view: Matrix, page: number): readonly (readonly Line[])[] {
  const rows: Line[][] = [[]];
  for (const run of runs) {
    const row = rows.at(-1)!;
    const placed = placedAs(run, view, page);
    const open = row.at(-1);
    if (placed !== null) {
      const isParted = open === undefined || placed.x - open.right > CELL_GAP * open.size;
      if (isParted) row.push(placed);
      else row[row.length - 1] = isRaised(placed, open) ? raisedOn(open, placed) : joined(open, placed);
    }
    if (run.hasEOL) rows.push([]);
  }
  return rows;
}

/** Null for a blank, which pdf.js puts where it sees a gap, and for what does not run from left to right. */
function placedAs({ str, transform, width }: Run, view: Matrix, page: number): Line | null {
  if (str.trim() === "") return null;
  const [a, b, c, d, x, y] = times(view, transform);
  if (!(a > 0) || Math.abs(b) > MOST_SLOPE * a) return null;
  const scale = Math.hypot(view[0] ?? 0, view[1] ?? 0);
  return { page, text: str, x, right: x + width * scale, y, size: Math.hypot(c, d) };
}

function times(m: Matrix, n: Matrix): readonly [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Runs that touch are one word, whatever the document calls them. */
function joined(line: Line, run: Line): Line {
  const gap = run.x - line.right > line.size / 8 ? " " : "";
  return { ...line, text: line.text + gap + run.text, right: Math.max(line.right, run.right) };
}

const isRaised = (run: Line, { size, y }: Line): boolean =>
  run.size < RAISED * size && run.y < y && /^[\d*†‡§,\s-]{1,6}$/u.test(run.text);

const SUPERSCRIPT: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789-"].map((sign, at) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"[at]!]),
);

/** An exponent stands raised as well in plain text: 10²⁶ is not 1026. What leads to a footnote goes. */
function raisedOn(line: Line, run: Line): Line {
  const isPower = /(?:\d|(?<!\p{L})\p{L})$/u.test(line.text) && /^[\d-]+$/.test(run.text);
  return isPower
    ? { ...line, text: line.text + run.text.replace(/./g, (sign) => SUPERSCRIPT[sign] ?? sign), right: run.right }
    : line;
}
