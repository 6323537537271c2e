import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { idOn, tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

/** An article of the kind that this program was made for: everything is fought over, and nothing has happened yet. */
const [title = "", ...paragraphs] = readFileSync("tests/fixtures/standoff.md", "utf8").trim().split("\n\n");
const text = paragraphs.join("\n\n");

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("feeds/ai-policy does not load");
const { tags, hold, relevant } = tag({ title, text }, compileRules(loaded.pack));
const ids = (axis: Parameters<typeof tagsOn>[1], primary = true) =>
  tagsOn(tags, axis)
    .filter((found) => found.primary === primary && found.strength === "strong")
    .map(({ id }) => id)
    .toSorted();

describe("a standoff over an order, told by people who will not be named", () => {
  it("is about each point that the sides fight over, and no other", () => {
    expect(ids("point")).toEqual(
      [
        "audit-scope",
        "capability-thresholds",
        "compute-notification",
        "consent-orders",
        "deployment-restrictions",
        "due-process",
        "external-monitor",
        "governance-remedies",
        "incident-reporting",
        "market-reaction",
        "penalties",
        "testing-access",
        "timelines",
      ].toSorted(),
    );
  });

  it("is about the United States, and only mentions the others", () => {
    expect(ids("place")).toEqual(["US"]);
    expect(ids("place", false)).toEqual(["CA", "EU", "UK"]);
  });

  it("stands at a threat, after a standoff", () => {
    expect(idOn(tags, "stage")).toBe("threatened");
    expect(ids("stage", false)).toContain("standoff");
    for (const done of ["adopted", "in-force", "enforcement", "litigation", "settlement"]) {
      expect(tagsOn(tags, "stage").map(({ id }) => id)).not.toContain(done);
    }
  });

  it("is known from people who are not named, and conditional", () => {
    expect(idOn(tags, "certainty")).toBe("anonymous");
    expect(ids("certainty", false)).toContain("conditional");
  });

  it("asks for the remedies that are on the table", () => {
    expect(ids("remedy")).toEqual(
      expect.arrayContaining(["fine", "monitor", "audit", "consent", "testing", "reporting"]),
    );
  });

  it("is kept from readers, for it calls itself fiction", () => {
    expect(relevant).toBe(true);
    expect(hold).toBe("calls itself fiction");
  });

  it("proves each tag by a phrase of a sentence of the text", () => {
    const article = { title, text };
    for (const { evidence } of tags) {
      for (const { field, start, end, phrase, sentence } of evidence) {
        expect(article[field].slice(start, end)).toBe(phrase);
        expect(sentence.start).toBeLessThanOrEqual(start);
        expect(sentence.end).toBeGreaterThanOrEqual(end);
      }
    }
  });

  it("says of a threatened fine that it is hypothetical", () => {
    const penalties = tagsOn(tags, "point").find(({ id }) => id === "penalties");
    expect(new Set(penalties?.evidence.map(({ reading }) => reading))).toContain("hypothetical");
    expect(penalties?.evidence.map(({ reading }) => reading)).not.toContain("negated");
  });
});
