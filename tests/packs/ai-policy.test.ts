import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("feeds/ai-policy does not load");
/** The pack's rules alone: what weights make of them is learned, and judged on real news. */
const rules = compileRules({ ...loaded.pack, weights: null });
const learned = compileRules(loaded.pack);

/** Points that a headline alone carries for certain. */
const pointsOf = (title: string, by = rules): readonly string[] =>
  tagsOn(tag({ title, text: "" }, by).tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));

type Headlines = { readonly must: readonly string[]; readonly never: readonly string[] };
const headlinesOf = (id: string): Headlines => parse(readFileSync(`tests/fixtures/points/${id}.yaml`, "utf8"));

/** None of these headlines was learned from. Of the others most are of points of which little real news was labelled. */
const AGREEING = 0.9;

it("what was learned agrees with the rules on headlines that a person made up for them", () => {
  expect(loaded.pack.weights).not.toBeNull();
  const answers = loaded.pack.points.flatMap(({ id }) => {
    const { must, never } = headlinesOf(id);
    const isIn = (title: string) => pointsOf(title, learned).includes(id);
    return [...must.map(isIn), ...never.map((title) => !isIn(title))];
  });
  expect(answers.filter(Boolean).length / answers.length).toBeGreaterThan(AGREEING);
});

describe.each(loaded.pack.points.map(({ id }) => id))("the point %s", (id) => {
  const { must, never } = headlinesOf(id);

  it("has twelve headlines of each kind", () => {
    expect(must.length).toBeGreaterThanOrEqual(12);
    expect(never.length).toBeGreaterThanOrEqual(12);
  });

  it.each(must)("is in: %s", (title) => expect(pointsOf(title)).toContain(id));

  it.each(never)("is not in: %s", (title) => expect(pointsOf(title)).not.toContain(id));
});
