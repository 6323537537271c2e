import { expect, test } from "vitest";
import { explanation } from "#cli/explain.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { liftPack } from "#support/rules-pack.ts";

const pack = liftPack();
const explained = (title: string, text = "") =>
  explanation(judge({ title, text }, compileRules(pack)), pack, { colour: false, width: 100 });

test("hits are marked in the text, and each rule says what became of it", () => {
  const said = explained("UK lifts get yearly inspections", "The ticket inspector had no say.");
  expect(said).toContain("UK lifts get [yearly inspections]\n");
  expect(said).toContain("Relevant: 1.00 of 1 (a point +1)");
  expect(said).toContain("Inspections: tag (3 of 2)\n  yearly inspection\n    in the title at 13: strong, stated");
  expect(said).toContain('inspector\n    in the text at 11: cancelled: "ticket inspector": trains');
  expect(said).toContain('place: United Kingdom, "UK" by UK');
});

test("an article off the topic says so", () => {
  expect(explained("Weather")).toContain("Not relevant: title and first sentences are not on the topic");
});

test("overlapping hits share one pair of brackets", () => {
  expect(explained("Lifts: yearly inspection by inspector with certificate")).toContain(
    "[yearly inspection] by [inspector] with [certificate]",
  );
});
