import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentences } from "#text/sentences.ts";

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  it.each<[string, string[]]>([
    ["Sen. Mara Holt met Dr. Lee. They agreed.", ["Sen. Mara Holt met Dr. Lee.", "They agreed."]],
    [
      "The U.S. Commerce Department sued. Acme Inc. denied it.",
      ["The U.S. Commerce Department sued.", "Acme Inc. denied it."],
    ],
    ["It left the U.S. The firm moved to Oslo.", ["It left the U.S.", "The firm moved to Oslo."]],
    [
      "It takes effect on Jan. 1, 2027. Docket No. 24-1689 is closed.",
      ["It takes effect on Jan. 1, 2027.", "Docket No. 24-1689 is closed."],
    ],
    [
      "George W. Vance signed it. Plan B. The other plan.",
      ["George W. Vance signed it.", "Plan B.", "The other plan."],
    ],
    [
      "It sued in Rill v. Ombra, No. 22 CV 269 (W.D. Wash. 2023). It lost.",
      ["It sued in Rill v. Ombra, No. 22 CV 269 (W.D. Wash. 2023).", "It lost."],
    ],
    [
      "The rule binds J.J. Thorpe and two others. They left D.C. Now they are back.",
      ["The rule binds J.J. Thorpe and two others.", "They left D.C.", "Now they are back."],
    ],
    ["“Really?” she asked. “Yes.” He left.", ["“Really?” she asked.", "“Yes.”", "He left."]],
    ["Fines reach 3.5 million. That is 2.1% of sales.", ["Fines reach 3.5 million.", "That is 2.1% of sales."]],
    ["1. First things first. 2. Then others.", ["1. First things first.", "2. Then others."]],
    ["At 9 a.m. Tuesday the court met.", ["At 9 a.m. Tuesday the court met."]],
    ["A line that wraps\nin the middle ends here.", ["A line that wraps\nin the middle ends here."]],
    ["A heading\nA paragraph follows.", ["A heading", "A paragraph follows."]],
    ["no end here\n\nnext one", ["no end here", "next one"]],
    ["El juez la frenó. ¿Y ahora?", ["El juez la frenó.", "¿Y ahora?"]],
    ["政府は決定した。施行は来年。", ["政府は決定した。", "施行は来年。"]],
    [" … — \n\n", []],
  ])("splits %j", (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it("gives ordered spans without surrounding white space that hold every letter of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "B", ".", " ", "\n", "1", "U.S.", "?", "”") }), (text) => {
        let at = 0;
        for (const { start, end } of sentences(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(/[a-z0-9]/i.test(text.slice(at, start))).toBe(false);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          at = end;
        }
        expect(/[a-z0-9]/i.test(text.slice(at))).toBe(false);
      }),
    );
  });
});
