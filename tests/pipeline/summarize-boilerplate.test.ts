import { describe, expect, it } from "vitest";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { judgedBoilerplate } from "#support/boilerplate.ts";

describe("boilerplate", () => {
  it("is told from news that looks like it", () => {
    const { boilerplate, news, missed, taken, precision, recall } = judgedBoilerplate();
    expect(Math.min(boilerplate, news)).toBeGreaterThanOrEqual(160);
    expect({ missed, enough: recall >= 0.95 }).toMatchObject({ enough: true });
    expect({ taken, enough: precision >= 0.98 }).toMatchObject({ enough: true });
  });
});

const told = (text: string, maxSentences = 3) =>
  summarize([{ id: 1, title: "", text, primary: false }], { maxSentences }).sentences.map((sentence) => sentence.text);

const WHOLE = "The council voted on Monday to require outside audits of large models.";

describe("a sentence that was cut", () => {
  it.each([
    "The council also asked the ministry for a list of all developers that…",
    "The council also asked the ministry for a list of all developers that...",
    "The council also asked the ministry for a list of all developers [...]",
    "The council also asked the ministry for a list of all",
    "The council also asked the ministry for a list of developers in the bloc",
  ])("is never shown: %s", (cut) => expect(told(`${WHOLE} ${cut}`)).toEqual([WHOLE]));

  it.each([
    ["a standfirst that has no full stop", "Council votes for outside audits, against the wish of two labs"],
    [
      "one line of several",
      "Council votes for outside audits, against the wish of two labs\n\nThe vote was nine to two, the clerk said on Monday.",
    ],
  ])("is not %s", (_, text) =>
    expect(told(text)).toContain("Council votes for outside audits, against the wish of two labs"),
  );
});

it("sentences of one article stand in the order in which it has them", () => {
  const text = [
    "Lawmakers met in the capital on Tuesday after months of talks between two parties.",
    "The audit bill passed the upper house of the assembly with a wide majority.",
    "Northlake Labs, the largest developer covered, called the audit bill unworkable in practice.",
    "The governor has until Friday to sign the audit bill, her office told the assembly.",
  ].join(" ");
  const shown = told(text);
  expect(shown).toHaveLength(3);
  expect(shown.map((sentence) => text.indexOf(sentence))).toEqual(
    shown.map((sentence) => text.indexOf(sentence)).toSorted((a, b) => a - b),
  );
});
