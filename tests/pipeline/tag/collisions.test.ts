import { expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { collisionsOf } from "#pipeline/tag/collisions.ts";
import { liftPack } from "#support/rules-pack.ts";

test("a word that is found in words of another meaning is named with them", () => {
  expect(collisionsOf(liftPack())).toEqual([{ path: ["topic", "terms", 1], word: "elevator", others: ["elevation"] }]);
});

test("a form alone, a prefix and a capital are found in nothing else", () => {
  const terms = ["=elevator", "elevator*", "Elevator"];
  expect(collisionsOf(liftPack({}, { topic: { name: "lifts", terms, exclude: [] } }))).toEqual([]);
});

test.each(["ai-policy", "privacy", "demo"])("the words of feeds/%s are their own, or borne", (name) => {
  const loaded = loadPack(`feeds/${name}`);
  expect(loaded.ok && collisionsOf(loaded.pack)).toEqual([]);
});
