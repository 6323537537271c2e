import { expect, test } from "vitest";
import { lintRules } from "#pipeline/tag/lint.ts";
import { liftPack } from "#support/rules-pack.ts";

const lints = (...given: Parameters<typeof liftPack>) =>
  lintRules(liftPack(...given)).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("a pack in order has none", () => {
  expect(lints()).toEqual([]);
});

test("an exclusion may not swallow its own phrase", () => {
  const exclude = [{ phrase: "inspect*", reason: "too wide" }];
  expect(lints({ strong: ["yearly inspection"], weak: [], exclude })).toEqual([
    'points.0.strong.0: "yearly inspection" can never count: its own exclusion "inspect*" cancels it',
  ]);
});

test("nor may the topic's exclusions", () => {
  const topic = { name: "lifts", terms: ["lift"], exclude: [{ phrase: "yearly", reason: "sport" }] };
  expect(lints({ weak: [] }, { topic })[0]).toContain("the topic's exclusion");
});

test("an exclusion that takes only some of a phrase's words is in order", () => {
  expect(lints({ strong: ["(ticket|lift) inspector"], weak: [] })).toEqual([]);
});

test("a phrase may not stand twice, whatever its inflection", () => {
  expect(lints({ strong: ["yearly inspection", "yearly inspections"], weak: [] })[0]).toContain("says the same as");
});

test("two points may not share a strong phrase", () => {
  const [point] = liftPack().points;
  expect(lints({}, { points: [point!, { ...point!, id: "second", weak: [] }] })).toHaveLength(2);
});

test("a list must be named somewhere, a relevance cue must be able to count", () => {
  expect(lints({}, { lists: { court: ["judge"] } })).toEqual(["lists.court: no phrase names the list <court>"]);
  expect(lints({}, { relevance: [{ name: "nothing", weight: 1 }] })[0]).toContain("never counts");
});
