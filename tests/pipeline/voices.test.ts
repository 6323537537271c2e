import { expect, test } from "vitest";
import type { CitedQuote } from "#model/quote.ts";
import { voicesOf } from "#pipeline/quotes/voices.ts";

const quote = (speaker: string, change: Partial<CitedQuote> = {}): CitedQuote => ({
  kind: "verbatim",
  speaker,
  office: null,
  articleId: 1,
  number: 0,
  parts: ["The rule is final."],
  stance: null,
  at: new Date(0),
  url: "https://gazette.example/1",
  title: "Rule",
  feedId: "gazette",
  storyId: 1,
  ...change,
});
const side = (name: string) => ({ stance: { pointId: "audit-scope", side: name } });
const names = (quotes: readonly CitedQuote[], most: number) => voicesOf(quotes, most).map(({ speaker }) => speaker);

test("both sides come first, whoever else spoke", () => {
  const said = [quote("A"), quote("B", side("for")), quote("C", side("for")), quote("D", side("against"))];
  expect(names(said, 2)).toEqual(["B", "D"]);
  expect(names(said, 4)).toEqual(["B", "D", "C", "A"]);
});

test("a speaker is quoted once, in marks rather than not", () => {
  const said = [quote("A", { kind: "position" }), quote("A", { parts: ["It is."] }), quote("B", { kind: "position" })];
  expect(voicesOf(said, 5).map(({ speaker, kind }) => `${speaker} ${kind}`)).toEqual(["A verbatim", "B position"]);
});
