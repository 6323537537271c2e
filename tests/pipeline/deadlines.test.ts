import { describe, expect, it, test } from "vitest";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { labelledDeadlines, PARTS, scoreOf } from "#support/deadlines.ts";
import { article } from "#support/samples.ts";

/** A Monday. */
const WRITTEN = new Date("2026-03-02T12:00:00Z");

const read = (text: string) =>
  deadlinesIn(article({ text, publishedAt: WRITTEN, firstSeenAt: WRITTEN, textHash: text }));
const said = (text: string) => read(text).map(({ occasion, day, change }) => `${occasion} ${day} ${change}`);

describe("deadlines", () => {
  it.each(PARTS)("are read as people labelled them, in the part that is %s", (part) => {
    const { precision, recall } = scoreOf(labelledDeadlines(part));
    expect(precision).toBeGreaterThanOrEqual(0.97);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  it("are shown with the sentence that sets them and the words that name the day", () => {
    const text = "The council met. Comments must be received by April 3, 2026. It adjourned.";
    const [deadline] = read(text);
    expect(text.slice(deadline?.sentence.start, deadline?.sentence.end)).toBe(
      "Comments must be received by April 3, 2026.",
    );
    expect(text.slice(deadline?.date.start, deadline?.date.end)).toBe("April 3, 2026");
    expect(deadline?.base).toBeNull();
  });

  it("say which day they take the place of, where the sentence does", () => {
    const moved = (text: string) => read(text).map(({ day, change, from }) => [day, change, from]);
    expect(moved("The hearing was moved from March 9 to March 23.")).toEqual([["2026-03-23", "moved", "2026-03-09"]]);
    expect(moved("The effective date of the rule published January 15, 2026, is delayed until June 1, 2026.")).toEqual([
      ["2026-06-01", "moved", null],
    ]);
  });

  it("are counted where the text gives the day that they are counted from, with that sentence, and only there", () => {
    const text =
      "The order was signed on February 25, 2026. A report is due within 180 days of the date of this order.";
    const [deadline] = read(text);
    expect(deadline?.day).toBe("2026-08-24");
    expect(text.slice(deadline?.base?.start, deadline?.base?.end)).toBe("The order was signed on February 25, 2026.");
    expect(text.slice(deadline?.date.start, deadline?.date.end)).toBe("180 days of the date of this order");
    expect(said("A report is due within 180 days of the date of this order.")).toEqual([]);
    const two = "It was published on March 2, 2026. A notice was published on March 1, 2026. ";
    expect(said(`${two}Comments are due 60 days after publication.`)).toEqual([]);
  });

  it.each([
    ["The law would take effect on July 1.", true],
    ["The law takes effect on July 1 if the governor signs it.", true],
    ["The law takes effect on May 1.", false],
  ])("are tentative where the sentence is: %s", (text, tentative) => {
    expect(read(text).map((each) => each.tentative)).toEqual([tentative]);
  });

  it.each([
    "The bill answers the January 6 attack.",
    "The council will vote to honour the dead of March 9.",
    "Lawmakers were the only ones to vote against it on Thursday.",
    "Comments are due today.",
    "In 1998 the assembly gave stations until June 1 to turn off their masts.",
    "The friends will meet on April 9.",
  ])("are none in %s", (text) => {
    expect(said(text)).toEqual([]);
  });
});

test("the labelled texts are as many as they are said to be", () => {
  const all = PARTS.flatMap(labelledDeadlines);
  expect(all.filter(({ set }) => set.length > 0).length).toBeGreaterThanOrEqual(200);
  expect(all.filter(({ set }) => set.length === 0).length).toBeGreaterThanOrEqual(100);
});

test.each([
  ["de", "Das Amt tagte. Das Gesetz tritt am 2. August 2026 in Kraft.", "effect 2026-08-02 set", "2. August 2026"],
  ["fr", "Le conseil siège. Le règlement entre en vigueur le 1er août 2026.", "effect 2026-08-01 set", "1er août 2026"],
  [
    "es",
    "La comisión calla. La ley entra en vigor el 2 de agosto de 2026.",
    "effect 2026-08-02 set",
    "2 de agosto de 2026",
  ],
])("of another language are read by its gloss, and shown in its words (%s)", (language, text, expected, day) => {
  const [deadline] = deadlinesIn(
    article({ text, language, publishedAt: WRITTEN, firstSeenAt: WRITTEN, textHash: text }),
  );
  expect(`${deadline?.occasion} ${deadline?.day} ${deadline?.change}`).toBe(expected);
  expect(text.slice(deadline?.date.start, deadline?.date.end)).toBe(day);
  expect(text.slice(deadline?.sentence.start, deadline?.sentence.end)).toBe(text.slice(text.indexOf(". ") + 2));
});
