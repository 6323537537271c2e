import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultIn, keptRanges } from "#pipeline/summarize/hosted/gate.ts";
import { CORRUPTED, FAITHFUL, REWORDED, SOURCES } from "#support/corrupted-summaries.ts";

const judge = ({ text, on }: (typeof FAITHFUL)[number]) =>
  faultIn(
    text,
    on.map((name) => SOURCES[name]),
  );

describe("the gate for written sentences", () => {
  it.each(FAITHFUL)("lets a faithful sentence through: $text", (sentence) => {
    expect(judge(sentence)).toBeNull();
  });

  it("lets every sentence of a source through as it stands", () => {
    for (const source of Object.values(SOURCES)) expect([source, faultIn(source, [source])]).toEqual([source, null]);
  });

  it.each(CORRUPTED)("catches a false $kind: $text", (sentence) => {
    expect(judge(sentence)).not.toBeNull();
  });

  it.each(REWORDED)("drops what is true in other words: $text", (sentence) => {
    expect(judge(sentence)).not.toBeNull();
  });

  it("shows the source's own characters, not the model's: its marks and capitals are nobody's", () => {
    const shown = (text: string, source: string) =>
      keptRanges(text, source)
        ?.map(([start, end]) => source.slice(start, end))
        .join("");
    expect(shown("The Committee did “not approve” the audit amendment!", SOURCES.vote)).toBe(
      "The committee did not approve the audit amendment.",
    );
    expect(shown(FAITHFUL[0]!.text, SOURCES.order)).toBe(FAITHFUL[0]!.text);
    expect(shown("In a vote, the lab won.", "In a vote, the lab won.")).toBe("In a vote, the lab won.");
  });

  it("lets a day go, and not a count that only looks like one", () => {
    const cut = (day: string) => faultIn("The court charged the lab.", [`The court charged the lab ${day}.`]);
    for (const day of ["on Tuesday", "on 12 March", "on March 12, 2027", "on the third of March"])
      expect([day, cut(day)]).toEqual([day, null]);
    for (const count of ["on 12 counts", "on 3 grounds"]) expect([count, cut(count)]).toEqual([count, "cut"]);
  });

  it.each([
    "The ban applies to all models, save those from abroad.",
    "The ban applies to all models, barring an injunction.",
    "The ban applies to all models, once the king signs it.",
    "The ban applies to all models, when adopted.",
    "The ban applies to all models (in theory).",
    "The ban applies to all models — hardly.",
    "The ban applies to all models, a source hinted.",
    "The ban applies to all models, rumour has it.",
    "The ban applies, rivals assume, to all models.",
    "In a hypothetical case, The ban applies to all models.",
  ])("leaves no part out that the rest may depend on, in whatever words: %s", (source) => {
    expect(faultIn("The ban applies to all models.", [source])).toBe("cut");
  });

  it.each([
    "The ban applies to all models, which was later denied.",
    "The ban applies to all models, which officials dispute.",
    "The ban, which a court suspended in May, applies to all models.",
    "The ban, which hasn’t been signed, applies to all models.",
    "The ban, which nobody has confirmed, applies to all models.",
    "The ban, which was wrongly reported, applies to all models.",
    "The ban, whose legality is doubtful, applies to all models.",
    "The ban applies to all models (which the ministry later retracted).",
  ])("keeps an aside that may take back what it stands behind: %s", (source) => {
    expect(faultIn("The ban applies to all models.", [source])).toBe("cut");
  });

  it.each([
    "The ban, which courts may review, applies to all models.",
    "The ban applies to all models, a step that Acme welcomed.",
    "The ban applies, in New Harrow, to all models.",
    "The ban applies, on 1 March 2027, to all models.",
  ])("leaves out what only adds: %s", (source) => {
    expect(faultIn("The ban applies to all models.", [source])).toBeNull();
  });

  it("keeps ranges of the source in order, whatever it is given", () => {
    const words = fc
      .array(fc.constantFrom("the", "lab", "not", "on", "Monday", "fined", ",", "“", "which", "."))
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(words, words, (text, source) => {
        let last = 0;
        for (const [start, end] of keptRanges(text, source) ?? []) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  it.each([
    ["a link", "The Federal Lab Authority ordered Northlake Labs to report at https://example.org/x now."],
    ["a mention", "The Federal Lab Authority ordered <@123> and Northlake Labs to report incidents."],
    ["a line break", "The Federal Lab Authority ordered Northlake Labs\nto report serious incidents."],
    ["half a sentence", "The Federal Lab Authority ordered Northlake"],
    ["nothing", ""],
    ["half a quotation", "The Federal Lab Authority ordered “Northlake Labs to report serious incidents."],
  ])("drops %s", (_, text) => {
    expect(faultIn(text, [SOURCES.order])).not.toBeNull();
  });

  it("drops what no source is named for", () => {
    expect(faultIn("The authority ordered the labs to report.", [])).not.toBeNull();
  });
});
