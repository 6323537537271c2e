import fc from "fast-check";
import { expect, it } from "vitest";
import { unglued } from "#text/lost-breaks.ts";

const split = (text: string) =>
  [...unglued(text, { start: 0, end: text.length })].map(({ start, end }) => text.slice(start, end));

it.each([
  [
    "Ministers back a register of models but leave open the width of its scope",
    "The minister said on Monday that it would come.",
  ],
  ["Rules for chatbots come after a year of talks with eleven labs", "The EU will ask for logs from all of them."],
  ["Judge wants the owner asked under oath about its safety", "A Westmark judge has ordered Ida Pell to testify."],
  ["Agency seeks wide powers over the labs in its region", "The UK’s rules for labs could be set aside."],
  ["Inspectors found no logs at two of the labs", "A court in Selby has fined both of them for it."],
])("parts a standfirst from the text that it was glued to: %s", (standfirst, lede) =>
  expect(split(`${standfirst} ${lede}`)).toEqual([standfirst, lede]),
);

it.each([
  "Lawmakers on the panel who wrote part A of the bill told The Hill about it on Monday.",
  "Readers of the weekly that calls itself The machine age were surprised by it.",
  "The inspectors told members of The EU’s parliament what they had found in the labs.",
  "The council asked the digital rights group Access Now about its view of the audit bill.",
  "It said No to the plan that the council and the ministry had agreed on.",
])("leaves a sentence whole: %s", (sentence) => expect(split(sentence)).toEqual([sentence]));

it("gives ordered parts that hold all of any sentence but a space between two", () => {
  const word = fc.constantFrom("the", "The", "A", "EU", "labs", "said", "“a", "it.");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const text = words.join(" ");
      expect(split(text).join(" ")).toBe(text);
    }),
  );
});
