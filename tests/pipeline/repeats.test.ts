import { expect, test } from "vitest";
import type { Facets } from "#model/pack.ts";
import { mayRepeat, repeats } from "#pipeline/tell/repeats.ts";

const stage = (id: string, order: number, once = false): Facets["stages"][number] => ({
  id,
  name: id,
  order,
  cues: [],
  conditionalCap: false,
  once,
});
const certainty = (id: string, order: number, comment = false): Facets["certainties"][number] => ({
  id,
  name: id,
  label: id,
  order,
  cues: [],
  comment,
});
const LADDER = {
  stages: [stage("talks", 1), stage("inquiry", 2), stage("adopted", 3, true)],
  certainties: [certainty("official", 1), certainty("analysis", 2, true)],
};
const DAY = 24 * 60 * 60 * 1_000;

const story = (id: number, about: { stage?: string; certainty?: string; places?: string[]; day?: number } = {}) => {
  const { stage: reached = "adopted", certainty: known = "official", places = ["US"], day = 1 } = about;
  return { id, stage: reached, certainty: known, places, openedAt: new Date(day * DAY) };
};

test("what a matter reaches once is told once in its dispute", () => {
  expect(repeats(story(2), story(1), LADDER)).toBe(true);
  expect(repeats(story(2), story(2), LADDER)).toBe(false);
});

test("what several offices may do is told of each", () => {
  expect(repeats(story(2, { stage: "inquiry" }), story(1, { stage: "inquiry" }), LADDER)).toBe(false);
  expect(repeats(story(2), story(1, { stage: "talks" }), LADDER)).toBe(false);
});

test("another place's act, an act of nowhere and one of another fortnight are told", () => {
  expect(repeats(story(2, { places: ["EU"] }), story(1), LADDER)).toBe(false);
  expect(repeats(story(2, { places: [] }), story(1, { places: [] }), LADDER)).toBe(false);
  expect(repeats(story(2, { day: 16 }), story(1), LADDER)).toBe(false);
});

test("comment tells nothing to who heard of the matter, whatever its stage and place, for a fortnight", () => {
  const comment = story(2, { stage: "talks", certainty: "analysis", places: [] });
  expect(repeats(comment, story(1), LADDER)).toBe(true);
  expect(repeats(comment, story(1, { day: 20 }), LADDER)).toBe(false);
  expect(repeats(story(1, { stage: "talks" }), comment, LADDER)).toBe(false);
});

test("only comment and what a matter reaches once are looked up at all", () => {
  expect(mayRepeat(story(1), LADDER)).toBe(true);
  expect(mayRepeat(story(1, { stage: "talks", certainty: "analysis" }), LADDER)).toBe(true);
  expect(mayRepeat(story(1, { stage: "inquiry" }), LADDER)).toBe(false);
});
