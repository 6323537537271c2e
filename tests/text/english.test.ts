import { expect, test } from "vitest";
import { ACTS, CHANGING, FUNCTION_WORDS, GUARDS, SAYING } from "#text/english.ts";

test("verbs are known in their forms", () => {
  const acts =
    "adopts approved approving passes banned cutting sued suing ratifies ratified vetoes agreed agreeing resigned";
  expect(acts.split(" ").filter((form) => !ACTS.has(form))).toEqual([]);
  expect("denies denied planned planning threatening halted".split(" ").filter((form) => !GUARDS.has(form))).toEqual(
    [],
  );
  expect(CHANGING).toEqual(expect.arrayContaining(["raised", "raising", "cuts", "doubled", "halving", "lowered"]));
});

test("a name goes with what somebody says or said, not with what they are saying", () => {
  expect(SAYING).toEqual(expect.arrayContaining(["said", "says", "told", "argues", "replied", "wrote"]));
  expect(SAYING.filter((form) => form.endsWith("ing") || form === "telled")).toEqual([]);
});

test("what carries a claim is no small word", () => {
  expect([...ACTS].filter((word) => FUNCTION_WORDS.has(word))).toEqual([]);
});
