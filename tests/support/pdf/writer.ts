import { Buffer } from "node:buffer";

/** A line of Courier on a page of 612 by 792 points, its baseline's left end at (x, y). */
export type Placed = { readonly x: number; readonly y: number; readonly text: string; readonly size?: number };

export const SIZE = 10;
const LEADING = 12;
const [LEFT, TOP, WIDTH] = [72, 720, 468];

type Block = { readonly x?: number; readonly top?: number; readonly width?: number; readonly indent?: number };

/** Paragraphs set in lines below each other, with a blank line between them or, where they are indented, none. */
export function lines(paragraphs: readonly string[], block: Block = {}): Placed[] {
  const { x = LEFT, top = TOP, width = WIDTH, indent = 0 } = block;
  const most = Math.floor(width / (SIZE * 0.6));
  const placed: Placed[] = [];
  let y = top;
  for (const paragraph of paragraphs) {
    let first = true;
    for (const text of wrapped(paragraph, most)) {
      placed.push({ x: first ? x + indent : x, y, text });
      first = false;
      y -= LEADING;
    }
    if (indent === 0) y -= LEADING;
  }
  return placed;
}

function wrapped(text: string, most: number): string[] {
  const found: string[] = [];
  for (const word of text.split(" ")) {
    const line = found.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) found[found.length - 1] = `${line} ${word}`;
    else found.push(word);
  }
  return found;
}

/** What a page shows, as the operators that show it. */
export const shown = (placed: readonly Placed[]): string =>
  placed
    .map(({ x, y, text, size = SIZE }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`)
    .join("\n");

const escaped = (text: string): string => text.replace(/[\\()]/g, (mark) => `\\${mark}`);

export const stream = (content: Uint8Array | string, entries = ""): Buffer =>
  Buffer.concat([
    Buffer.from(`<</Length ${content.length}${entries}>>\nstream\n`, "latin1"),
    typeof content === "string" ? Buffer.from(content, "latin1") : content,
    Buffer.from("\nendstream"),
  ]);

const COURIER = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>";

type Options = {
  /** Each page's font, in place of Courier. */
  readonly font?: string;
  /** Objects beyond those of the pages, by their numbers from 1,000. */
  readonly objects?: readonly (string | Buffer)[];
  /** Further entries of the catalogue, a page's resources and the trailer. */
  readonly catalogue?: string;
  readonly resources?: string;
  readonly trailer?: string;
};

const EXTRA = 1_000;

/** A PDF whose pages show lines, or what is given as operators or as a whole stream. */
export function pdf(pages: readonly (readonly Placed[] | string | Buffer)[], options: Options = {}): Buffer {
  const { font = COURIER, objects = [], catalogue = "", resources = "", trailer = "" } = options;
  const numbers = pages.map((_, at) => 4 + 2 * at + (at >= EXTRA / 2 - 4 ? EXTRA : 0));
  const all = new Map<number, string | Buffer>([
    [1, `<</Type/Catalog/Pages 2 0 R${catalogue}>>`],
    [2, `<</Type/Pages/Count ${pages.length}/Kids[${numbers.map((number) => `${number} 0 R`).join(" ")}]>>`],
    [3, font],
  ]);
  for (const [at, page] of pages.entries()) {
    const number = numbers[at]!;
    all.set(
      number,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${number + 1} 0 R/Resources<</Font<</F1 3 0 R>>${resources}>>>>`,
    );
    all.set(number + 1, Buffer.isBuffer(page) ? page : stream(typeof page === "string" ? page : shown(page)));
  }
  for (const [at, object] of objects.entries()) all.set(EXTRA + at, object);
  return assembled(all, trailer);
}

/** Objects by their numbers as a file, the catalogue being the first. */
export function assembled(objects: ReadonlyMap<number, string | Buffer>, trailer = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  let length = parts[0]!.length;
  const table: string[] = [];
  for (const [number, object] of objects) {
    const body = typeof object === "string" ? Buffer.from(object, "latin1") : object;
    const part = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    table.push(`${number} 1\n${String(length).padStart(10, "0")} 00000 n \n`);
    parts.push(part);
    length += part.length;
  }
  const size = Math.max(...objects.keys()) + 1;
  const end = `xref\n0 1\n0000000000 65535 f \n${table.join("")}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}
