import { expect, test } from "vitest";
import { generalWeights } from "#pack/weights.ts";
import { forPack, generalName } from "#pipeline/tag/general.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { liftPack } from "#support/rules-pack.ts";

const PACK = liftPack();
const ALONE = compileRules(PACK);
const TAUGHT = compileRules({ ...PACK, weights: forPack(generalWeights(), PACK) });

test("what names a point, a stage or a place of a pack stands for any of its kind", () => {
  const general = (name: string, own: string | null = null) => generalName(name, PACK, own);
  expect(general("r:score:inspections")).toBe("r:score:*");
  expect(general("r:score:inspections", "inspections")).toBe("r:score:own");
  expect(general("r:stage:statement:true")).toBe("r:stage:open:true");
  expect(general("r:stage:adopted:true")).toBe("r:stage:*:true");
  expect(general("r:certainty:official:true")).toBe("r:certainty:*:true");
  expect(general("r:place:UK:true")).toBe("r:place:*");
  expect(general("r:topic:title")).toBe("r:topic:title");
});

test("what another pack does not have is left out: cues, words of the topic, what words mean", () => {
  for (const name of ["r:cue:a point", "a:elev", "a:elev inspect", "t:fine", "m:title:4", "r:near:inspections:title"])
    expect(generalName(name, PACK, null)).toBeNull();
  expect(generalName("a:sue", PACK, null)).toBe("a:sue");
});

test("general weights find what the rules miss, with a probability, and unsay nothing", () => {
  const missed = { title: "Government to regulate lifts after UK lawmakers demand new rules", text: "" };
  expect(judge(missed, ALONE).tagging.relevant).toBe(false);
  const { relevant, support } = judge(missed, TAUGHT).tagging;
  expect(relevant).toBe(true);
  expect(support).toBeLessThan(1);
  const said = { title: "Yearly inspections of lifts", text: "" };
  expect(judge(said, ALONE).tagging).toMatchObject({ relevant: true, support: 1 });
  expect(judge(said, TAUGHT).tagging).toEqual(judge(said, ALONE).tagging);
  expect(judge({ title: "Museum sells a glass lift", text: "" }, TAUGHT).tagging.relevant).toBe(false);
});
