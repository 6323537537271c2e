import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("feeds/ai-policy does not load");
const rules = compileRules(loaded.pack);

/** Points that a headline alone carries for certain. */
const pointsOf = (title: string): readonly string[] =>
  tagsOn(tag({ title, text: "" }, rules).tags, "point").flatMap(({ id, strength }) =>
    strength === "strong" ? [id] : [],
  );

describe.each(loaded.pack.points.map(({ id }) => id))("the point %s", (id) => {
  const { must, never } = parse(readFileSync(`tests/fixtures/points/${id}.yaml`, "utf8")) as {
    must: readonly string[];
    never: readonly string[];
  };

  it("has twelve headlines of each kind", () => {
    expect(must.length).toBeGreaterThanOrEqual(12);
    expect(never.length).toBeGreaterThanOrEqual(12);
  });

  it.each(must)("is in: %s", (title) => expect(pointsOf(title)).toContain(id));

  it.each(never)("is not in: %s", (title) => expect(pointsOf(title)).not.toContain(id));
});
