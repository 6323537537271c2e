import type { Span } from "#model/tag.ts";

export type Ranges = readonly (readonly [start: number, end: number])[];

/** The text that remains of a source: its kept ranges, joined. */
export const textOf = (source: string, ranges: Ranges): string =>
  ranges.map(([start, end]) => source.slice(start, end)).join("");

/** What is left of a span when the cuts, in order and not overlapping, are taken out. */
export function without({ start, end }: Span, cuts: readonly Span[]): Ranges {
  const kept: [number, number][] = [];
  let at = start;
  for (const cut of cuts) {
    if (cut.start > at) kept.push([at, cut.start]);
    at = Math.max(at, cut.end);
  }
  if (at < end) kept.push([at, end]);
  return kept;
}
