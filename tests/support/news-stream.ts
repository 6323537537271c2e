import { ENTRIES } from "./matters.ts";

/** A line of a stream of news. */
export type Line = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly at: string;
  readonly source: string;
};

const BEGUN = Date.parse("2026-03-02T06:10:00Z");

/** A line every ten minutes, each about a matter of its own, from one of three sources. */
export const newsLines = (count: number): readonly Line[] =>
  ENTRIES.slice(0, count).map(({ title, text }, at) => ({
    id: `n${at}`,
    title,
    text,
    url: `https://news.example/${at}`,
    at: new Date(BEGUN + at * 600_000).toISOString(),
    source: ["courier", "Ledger Daily", "monitor.example"][at % 3] as string,
  }));

export const asStream = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
