import { expect, test } from "vitest";
import { parsePhrase } from "#pipeline/tag/phrase.ts";

const lists = { court: ["judge", "high court"], loop: ["<loop>"], near: ["a NEAR/3 b"] };

/** The sequences of each operand, words as the language writes them. */
function read(source: string): readonly (readonly string[])[] {
  const parsed = parsePhrase(source, lists);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  const written = { stem: "~", prefix: "*", exact: "=", cased: "" };
  return parsed.phrase.operands.map(({ sequences }) =>
    sequences.map((words) => words.map(({ kind, text }) => `${written[kind]}${text}`).join(" ")),
  );
}

const problems = (source: string): readonly string[] => {
  const parsed = parsePhrase(source, lists);
  return parsed.ok ? [] : parsed.problems;
};

test("words are stems, prefixes, exact forms or as written", () => {
  expect(read("audits paus* =fined AI")).toEqual([["~audit *paus =fined AI"]]);
});

test("hyphens and slashes part words in phrases as in texts", () => {
  expect(read("third-party")).toEqual([["~third ~parti"]]);
  expect(read("U.S.")).toEqual([["US"]]);
});

test("alternatives multiply, may be empty, and may hold others", () => {
  expect(read("(a|) (b|c)")).toEqual([["~a ~b", "~a ~c", "~b", "~c"]]);
  expect(read("(a (b|c)|d)")).toEqual([["~a ~b", "~a ~c", "~d"]]);
});

test("a list stands for each of its phrases", () => {
  expect(read("<court> rules")).toEqual([["~judg ~rule", "~high ~court ~rule"]]);
});

test("NEAR and THEN part operands", () => {
  const parsed = parsePhrase("a NEAR/6 b THEN/2 c", lists);
  expect(parsed.ok && parsed.phrase.gaps).toEqual([
    { words: 6, ordered: false },
    { words: 2, ordered: true },
  ]);
});

test.each([
  ["(a", "bracket"],
  ["a)", "bracket"],
  ["a|b", "alternatives stand in brackets"],
  ["(a|)", "left empty"],
  ["!", "no word"],
  ["pa*ss", "may only end a word"],
  ["=paus*", "exclude each other"],
  ["AI*", "a word with a capital"],
  ["<cuort>", "no list <cuort>"],
  ["<loop>", "names itself"],
  ["<near>", "holds a NEAR"],
  ["a NEAR b", "takes a number"],
  ["a NEAR/99 b", "wider than a sentence"],
  ["(a NEAR/3 b|c)", "in brackets"],
  ["(a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b)", "more than 5000"],
])("%s is refused, and it says why", (source, why) => {
  expect(problems(source).join()).toContain(why);
});
