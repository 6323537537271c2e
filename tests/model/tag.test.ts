import { expect, test } from "vitest";
import { idOn, type Tag } from "#model/tag.ts";

const tag = (id: string, primary: boolean): Tag => ({ axis: "stage", id, strength: "strong", primary, evidence: [] });

test("the stage of an article is its primary one, in whatever order the tags come", () => {
  const tags = [tag("standoff", false), tag("threatened", true)];
  expect(idOn(tags, "stage")).toBe("threatened");
  expect(idOn(tags.toReversed(), "stage")).toBe("threatened");
  expect(idOn([tag("talks", false)], "stage")).toBeNull();
  expect(idOn([], "stage")).toBeNull();
});
