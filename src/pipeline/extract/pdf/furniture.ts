import type { Line } from "./lines.ts";

/** Lines at the top and at the foot of a page that may be a head, a foot or a number: two of each, and a rule's width. */
const EDGE_LINES = 3;

/** A line that stands at the edge of so many pages is theirs; of a document of two pages, of both. */
const REPEATED = 3;

/** The lines of each page without what stands at the edge of others too: running heads and feet, numbers of pages, stamps of a docket. */
export function withoutFurniture(pages: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const edges = pages.map((lines) => edgesOf(lines));
  const counts = new Map<string, number>();
  for (const edge of edges)
    for (const key of new Set([...edge].flatMap(keysOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const enough = Math.max(2, Math.min(REPEATED, pages.length));
  return pages.map((lines, at) => {
    const isTheirs = (line: Line) =>
      edges[at]?.has(line) === true &&
      (!/\p{L}/u.test(line.text) || keysOf(line).some((key) => (counts.get(key) ?? 0) >= enough));
    return lines.filter((line) => !isTheirs(line));
  });
}

function edgesOf(lines: readonly Line[]): ReadonlySet<Line> {
  const downwards = lines.toSorted((a, b) => a.y - b.y);
  return new Set([...downwards.slice(0, EDGE_LINES), ...downwards.slice(-EDGE_LINES)]);
}

/** Numbers of a line any of which may be the page's: `Case 3:26-cv-114, document 9, filed 3/4/26, page 7 of 12` has nine. */
const MOST_NUMBERS = 12;

/** What a line says, and what it says but for a number that counts on with the pages. */
function keysOf({ text, page }: Line): readonly string[] {
  const parts = text.toLowerCase().split(/(\d+)/);
  const numbers = parts.length >> 1;
  const ofPage = Array.from({ length: numbers > MOST_NUMBERS ? 0 : numbers }, (_, at) =>
    parts.with(2 * at + 1, `#${Number(parts[2 * at + 1]) - page}`).join(""),
  );
  return [parts.join(""), ...ofPage];
}
