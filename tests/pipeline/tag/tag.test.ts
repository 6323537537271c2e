import { describe, expect, it } from "vitest";
import type { Pack, Point } from "#model/pack.ts";
import { idOn, type Tag, tagsOn } from "#model/tag.ts";
import { publisherOf } from "#pipeline/tag/publisher.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { liftPack } from "#support/rules-pack.ts";

type Given = { title?: string; text?: string; point?: Partial<Point>; pack?: Partial<Pack>; publishedAt?: Date };

const tagged = ({ title = "", text = "", point = {}, pack = {}, publishedAt }: Given) =>
  tag({ title, text, ...(publishedAt ? { publishedAt } : {}) }, compileRules(liftPack(point, pack)));

const pointIn = (given: Given): Tag | undefined => tagsOn(tagged(given).tags, "point")[0];

describe("a friction point", () => {
  it("needs one strong phrase", () => {
    expect(pointIn({ title: "Lift owners face yearly inspections" })?.strength).toBe("strong");
    expect(pointIn({ title: "Lift owners face rising bills" })).toBeUndefined();
  });

  it("or two weak ones in one sentence", () => {
    expect(pointIn({ title: "Lifts", text: "The inspector signed a certificate." })?.strength).toBe("strong");
    expect(pointIn({ title: "Lifts", text: "The inspector came. A certificate followed." })).toBeUndefined();
  });

  it("counts two phrases that rest on the same words once", () => {
    expect(
      pointIn({ title: "Lifts", text: "The inspectors came.", point: { weak: ["inspector", "=inspectors"] } }),
    ).toBeUndefined();
  });

  it("needs a term of the topic in the title, or in its sentence or one beside it", () => {
    const text = "A lift fell. It had its yearly inspection. Rain followed. Another yearly inspection came.";
    expect(pointIn({ title: "News", text })?.evidence).toHaveLength(1);
    expect(pointIn({ title: "News", text: "It had its yearly inspection." })).toBeUndefined();
    expect(pointIn({ title: "Lift news", text: "Rain. Rain. It had its yearly inspection." })).toBeDefined();
  });

  it("takes NEAR in either order, within its words and its sentence", () => {
    expect(pointIn({ title: "Lift cables were inspected" })).toBeDefined();
    expect(pointIn({ title: "Lift: they inspected a worn cable" })).toBeDefined();
    expect(pointIn({ title: "Lift", text: "They inspected it. The cable held." })).toBeUndefined();
    expect(pointIn({ title: "They inspected every lift and door and floor and roof and cable" })).toBeUndefined();
  });

  it("takes THEN in its order alone", () => {
    const point = { strong: ["court THEN/3 block"] };
    expect(pointIn({ title: "Court may block lift rule", point })).toBeDefined();
    expect(pointIn({ title: "Block the lift, says court", point })).toBeUndefined();
  });

  it("is dropped where an exclusion shares its words, and its weak hits anywhere in that sentence", () => {
    expect(pointIn({ title: "Lifts", text: "The ticket inspector lost a certificate." })).toBeUndefined();
    expect(pointIn({ title: "Lifts", text: "The ticket inspector asked for a yearly inspection." })).toBeDefined();
  });

  it("may ask for more than usual", () => {
    expect(pointIn({ title: "Lifts", text: "A yearly inspection.", point: { minimum: 3 } })).toBeUndefined();
  });

  it("is weak beside a government actor, with one weak phrase", () => {
    expect(pointIn({ title: "News", text: "The lift board sent an inspector to the lift." })?.strength).toBe("weak");
  });

  it("is weak in an article that is not relevant", () => {
    expect(pointIn({ title: "Lifts get yearly inspections", pack: { relevance: [] } })?.strength).toBe("weak");
  });
});

describe("what the sentence says of it", () => {
  it.each([
    ["Lifts get yearly inspections", "stated"],
    ["Tenants demand yearly inspections of lifts", "demanded"],
    ["A bill proposes yearly inspections of lifts", "proposed"],
    ["Lifts could face yearly inspections", "hypothetical"],
    ["Minister calls lifts “yearly inspection traps” again", "quoted"],
  ])("%s: %s", (title, reading) => expect(pointIn({ title })?.evidence[0]?.reading).toBe(reading));

  it("a denial leaves no tag", () => {
    expect(pointIn({ title: "No yearly inspections for lifts" })).toBeUndefined();
    expect(pointIn({ title: "Law does not require a yearly inspection of lifts" })).toBeUndefined();
  });

  it("evidence holds the phrase as it stands, its sentence and its rule", () => {
    const text = "Rain fell. Every lift gets a Yearly Inspection now.";
    const evidence = pointIn({ title: "Lifts", text })!.evidence[0]!;
    expect(evidence).toMatchObject({ field: "text", phrase: "Yearly Inspection", rule: "yearly inspection" });
    expect(text.slice(evidence.start, evidence.end)).toBe("Yearly Inspection");
    expect(text.slice(evidence.sentence.start, evidence.sentence.end)).toBe("Every lift gets a Yearly Inspection now.");
  });
});

describe("facets", () => {
  it("a place of title or lede is primary, one named in passing is not", () => {
    const text = "Lifts fell. Owners spoke. Experts came. One had been to Britain.";
    const places = (title: string) => tagsOn(tagged({ title, text }).tags, "place").map(({ primary }) => primary);
    expect(places("Lifts")).toEqual([false]);
    expect(places("UK lifts")).toEqual([true]);
  });

  it("a law that is named names its place", () => {
    const instruments = [{ id: "lift-act", name: "Lift Act", place: "UK", aliases: ["lift act"] }];
    const facets = { ...liftPack().facets, instruments };
    const places = tagsOn(tagged({ title: "The Lift Act is here", pack: { facets } }).tags, "place");
    expect(places).toMatchObject([{ id: "UK", primary: true, evidence: [{ phrase: "Lift Act" }] }]);
  });

  it("a dated name holds in its time", () => {
    const actors = (title: string, day: string) =>
      tagsOn(tagged({ title, publishedAt: new Date(day) }).tags, "actor").map(({ id }) => id);
    expect(actors("Makers guild meets", "2024-06-01")).toEqual(["guild"]);
    expect(actors("Makers guild meets", "2025-06-01")).toEqual([]);
    expect(actors("Makers union meets", "2025-06-01")).toEqual(["guild"]);
  });

  it("the first step that title or lede names is the stage; a statement counts only where nothing else does", () => {
    expect(idOn(tagged({ title: "Board says lift rule was signed" }).tags, "stage")).toBe("adopted");
    expect(idOn(tagged({ title: "Board says hello" }).tags, "stage")).toBe("statement");
    expect(idOn(tagged({ title: "Lifts", text: "One. Two. Three. It was signed." }).tags, "stage")).toBeNull();
  });

  it("of cues that begin at one word, that of the further step within the stage proves it", () => {
    const { tags } = tagged({ title: "Board has signed and sealed the lift rule" });
    expect(tagsOn(tags, "stage")).toMatchObject([{ id: "adopted", evidence: [{ rule: "sign NEAR/3 sealed" }] }]);
  });

  it("a conditional verb holds a stage back, and a denied step is none", () => {
    expect(idOn(tagged({ title: "Parliament could pass lift rule" }).tags, "stage")).toBe("threatened");
    expect(idOn(tagged({ title: "Minister won't sign lift rule" }).tags, "stage")).toBeNull();
  });

  it("a certainty that overrides comes before the first cue", () => {
    const found = tagsOn(tagged({ title: "Board says lifts are safe, sources add" }).tags, "certainty");
    expect(found.map(({ id, primary }) => [id, primary])).toEqual([
      ["anonymous", true],
      ["on-record", false],
    ]);
  });
});

describe("a publisher", () => {
  const rules = compileRules(liftPack());

  it("that is an office speaks officially, one that is a company on the record", () => {
    const office = publisherOf("Lift Board", rules);
    expect(office).toMatchObject({ kind: "regulator", primary: true });
    expect(idOn(tag({ title: "Board says hello", text: "" }, rules, office).tags, "certainty")).toBe("official");
    expect(publisherOf("Lift Board Watch", rules)).toBeUndefined();
  });

  it("gives its place to an article that names none", () => {
    const feed = { kind: "regulator", place: "UK", primary: true } as const;
    expect(tagsOn(tag({ title: "Lifts", text: "" }, rules, feed).tags, "place")).toMatchObject([
      { id: "UK", evidence: [] },
    ]);
  });
});

it("an item that calls itself fiction is held, and tagged all the same", () => {
  const { hold, tags } = tagged({ title: "Lifts and yearly inspections: a fictional story" });
  expect(hold).toBe("calls itself fiction");
  expect(tagsOn(tags, "point")).toHaveLength(1);
});

it("a topic exclusion in title or lede drops every point", () => {
  const topic = { name: "lifts", terms: ["lift"], exclude: [{ phrase: "ski lift", reason: "sport" }] };
  const title = "Ski lift gets yearly inspection";
  expect(tagged({ title, pack: { topic } })).toMatchObject({ relevant: false, tags: [] });
});

it("a text without an end is cut into sentences of bounded length", () => {
  const long = tagged({ title: "Lifts", text: `inspector ${"word ".repeat(5000)} certificate` });
  expect(tagsOn(long.tags, "point")).toEqual([]);
});
