import type { PagedDocument } from "#model/citation.ts";
import { isParted, type Line } from "./lines.ts";
import type { Paragraph } from "./paragraphs.ts";

/** A document's text, paragraphs parted by a blank line, and where each of its pages begins in it. */
export type Prose = { readonly text: string } & Pick<PagedDocument, "pageStarts">;

const WORD = /[\p{L}\p{N}]+(?:[-\u2010][\p{L}\p{N}]+)*/gu;

/** The text of a document of so many pages. */
export function proseOf(paragraphs: readonly Paragraph[], pages: number): Prose {
  const endsIn = hyphens(paragraphs);
  const begins = new Map<number, number>();
  let text = "";
  for (const paragraph of paragraphs) {
    if (text !== "") text += "\n\n";
    for (const [at, line] of paragraph.entries()) {
      if (at > 0) {
        const end = endsIn(paragraph[at - 1]!, line);
        if (end === null) text += " ";
        else text = text.slice(0, -1) + end;
      }
      if (!begins.has(line.page)) begins.set(line.page, text.length);
      text += line.text;
    }
  }
  const pageStarts: number[] = [];
  for (let page = pages; page > 0; page -= 1) pageStarts.unshift(begins.get(page) ?? pageStarts[0] ?? text.length);
  if (pageStarts.length > 0) pageStarts[0] = 0;
  return { text, pageStarts };
}

/**
 * What stays of the hyphen at the end of a line before the next one: null where there is none. It goes where a word was parted, and
 * stays in `high-risk`: the document itself tells which, by the words that it has elsewhere.
 */
function hyphens(paragraphs: readonly Paragraph[]): (line: Line, next: Line) => string | null {
  const known = new Set(paragraphs.flatMap(wholeWordsOf));
  return (line, next) => {
    const second = /^\p{L}+/u.exec(next.text)?.[0];
    if (second === undefined || !isParted(line)) return null;
    if (line.text.endsWith("\u00AD")) return "";
    // A name such as `Saint-Denis` keeps its own.
    if (second !== second.toLowerCase()) return "-";
    const first = line.text
      .slice(line.text.lastIndexOf(" ") + 1, -1)
      .replace(/^\P{L}+/u, "")
      .toLowerCase();
    const isCompound = known.has(`${first}-${second}`) || (known.has(first) && known.has(second));
    return isCompound && !known.has(first + second) ? "-" : "";
  };
}

/** The words of a paragraph but those that a line parts. */
function wholeWordsOf(lines: Paragraph): readonly string[] {
  return lines.flatMap((line, at) => {
    const words = line.text.toLowerCase().match(WORD) ?? [];
    const before = lines[at - 1];
    return words.slice(Number(before !== undefined && isParted(before)), isParted(line) ? -1 : words.length);
  });
}
