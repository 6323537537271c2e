import { describe, expect, it } from "vitest";
import { idOn, tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

/** A second policy area in data alone: were anything about AI in the code, this pack would not work. */
const loaded = loadPack("feeds/privacy");
if (!loaded.ok) throw new Error("the privacy pack does not load");
const rules = compileRules(loaded.pack);
const read = (title: string, text: string) => {
  const tagging = tag({ title, text }, rules);
  return { ...tagging, points: tagsOn(tagging.tags, "point").map(({ id }) => id), stage: idOn(tagging.tags, "stage") };
};

describe("the privacy pack", () => {
  it("tags a fine over cookie banners, with the regulator's country", () => {
    const { relevant, points, stage, tags } = read(
      "CNIL fined a bookshop 400,000 euros over its cookie banner",
      "The French data protection authority said that visitors could accept cookies with one click and needed five to refuse. " +
        "It gave the shop three months to obtain valid consent.",
    );
    expect(relevant).toBe(true);
    expect(points).toContain("consent");
    expect(stage).toBe("enforcement");
    expect(tagsOn(tags, "place").map(({ id }) => id)).toContain("EU-FR");
  });

  it.each([
    [
      "data-transfers",
      "Court annuls adequacy decision for transfers of personal data",
      "Companies must rely on standard contractual clauses, the court said in its ruling.",
    ],
    [
      "breach-notification",
      "Clinic failed to notify patients of data breach for five months",
      "The commissioner opened an investigation, since the law asks for a report within 72 hours.",
    ],
    [
      "childrens-data",
      "Bill would ban profiling of minors and demand age assurance",
      "Lawmakers say that children's data has become a product. Privacy groups are divided over the bill.",
    ],
    [
      "data-brokers",
      "State sues data broker over sale of location data near clinics",
      "The attorney general says that the company sold location data of people who visited clinics.",
    ],
    [
      "biometrics",
      "Police must stop live facial recognition at stations, regulator orders",
      "The data protection board found that biometric data of thousands had been kept without a legal basis.",
    ],
  ])("tags %s", (point, title, text) => {
    const found = read(title, text);
    expect(found.relevant).toBe(true);
    expect(found.points).toContain(point);
  });

  it("has no opinion on AI that has nothing to do with personal data", () => {
    const { relevant, points } = read(
      "Ministry proposes audits and incident reporting for frontier AI models",
      "Developers of artificial intelligence would report serious incidents within 72 hours under the draft rule.",
    );
    expect({ relevant, points }).toEqual({ relevant: false, points: [] });
  });

  it("leaves the kitchen and the football pitch alone", () => {
    for (const [title, text] of [
      ["A cookie recipe for rainy days", "Butter, sugar and a pinch of salt; the dough may be frozen."],
      ["Transfer window closes with a record fine", "The club broke the rules on agents, the league said."],
    ] as const) {
      expect(read(title, text)).toMatchObject({ relevant: false, points: [] });
    }
  });
});
