import { describe, expect, it } from "vitest";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { isLaw, tellsActOf, tellsNothing } from "#pipeline/summarize/tells.ts";

const isEmpty = (text: string) => tellsNothing(text, text.split(" ").length);

const told = (text: string, { title = "", maxSentences = 3, language = "en" } = {}) =>
  summarize([{ id: 1, title, text, primary: false, language }], { maxSentences }).sentences.map((each) => each.text);

describe("a sentence that tells nothing", () => {
  it.each([
    "Self-regulation works just fine.",
    "That’s a step in the right direction.",
    "But the seeds of change are already present.",
    "The trend has been rising in other parts of the country.",
  ])("names nobody and nothing that happened: %s", (text) => expect(isEmpty(text)).toBe(true));

  it.each([
    ["a name", "Nobody had asked Northlake for it."],
    ["an office", "The regulator kept silent for a year."],
    ["a figure", "More than 3 million pictures are kept."],
    ["a day", "Nothing is due before Friday."],
    ["a case", "An appeal is likely."],
    ["an act", "Northlake was fined."],
  ])("is none that tells %s: %s", (_, text) => expect(isEmpty(text)).toBe(false));

  it("is not shown beside one that tells something, nor alone", () => {
    const filler = "Times are changing faster than anybody thought.";
    expect(told(`${filler} The council voted on Monday to require outside audits of large models.`)).toEqual([
      "The council voted on Monday to require outside audits of large models.",
    ]);
    expect(told(filler)).toEqual([]);
  });
});

describe("the sentence that leads", () => {
  it("is the one that tells what the title tells, though another is as much about the matter", () => {
    const text = [
      "The use of face recognition in shops has been a matter of debate between retailers and campaigners in Harrow.",
      "The privacy regulator banned face recognition in shops on Tuesday after complaints about three retailers in Harrow.",
      "The ban on face recognition takes effect in June.",
    ].join(" ");
    expect(told(text, { title: "Regulator bans face recognition in shops" })[0]).toMatch(
      /^The privacy regulator banned/,
    );
  });

  it("is followed by what its article says behind it", () => {
    const text = [
      "The audit office has long had doubts about the chatbots that the ministry uses in Selby.",
      "The ministry suspended its chatbots on Monday after the audit office found errors in the answers.",
      "The chatbots of the ministry gave wrong answers to one question in five, the audit office said.",
    ].join(" ");
    const shown = told(text, { title: "Ministry suspends its chatbots" });
    expect(shown[0]).toMatch(/^The ministry suspended/);
    expect(shown.map((each) => text.indexOf(each))).toEqual(
      shown.map((each) => text.indexOf(each)).toSorted((a, b) => a - b),
    );
  });
});

it("a law is known by its words, and no sentence of it is held to tell an act", () => {
  const law = [
    "The Secretary shall publish a register.",
    "The register under subsection (b) is open.",
    "It lists models.",
  ].map((text) => ({ text }));
  expect(isLaw(law)).toBe(true);
  expect(isLaw([{ text: "The council ruled that firms shall pay." }, { text: "Two firms appealed." }])).toBe(false);
});

it.each([
  ["The Commission (D-4) fined Northlake Labs on Monday.", true],
  ["Northlake Labs was fined on Monday.", true],
  ["The Commission may fine Northlake Labs.", true],
  ["The Commission said that Northlake Labs had been slow.", false],
  ["The Commission sued Vireo Systems on Monday.", false],
])("tells that somebody is fined, as the title does: %s", (text, does) =>
  expect(tellsActOf("Commission fines Northlake Labs", text)).toBe(does),
);
