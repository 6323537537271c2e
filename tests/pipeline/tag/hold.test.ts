import { expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("feeds/ai-policy does not load");
const rules = compileRules(loaded.pack);

const holdOf = (title: string, text = "") => tag({ title, text }, rules).hold;

test.each([
  ["Sponsored: how Corvane builds AI you can trust", "", "is sponsored"],
  ["How Corvane builds AI you can trust | Sponsored", "", "is sponsored"],
  ["How Corvane builds AI you can trust (sponsored content)", "", "is sponsored"],
  ["AI you can trust", "Sponsored by Corvane Robotics. AI has come to every office.", "is sponsored"],
  ["AI you can trust", "This is a sponsored article and its author alone answers for it.", "is sponsored"],
  ["Satire: minister appoints chatbot as her own successor", "", "calls itself satire"],
  ["Minister appoints chatbot – a parody", "", "calls itself satire"],
  ["The day the models left", "The following is a work of fiction.", "calls itself fiction"],
  ["AI news of the week", "This newsletter was written by an AI and read by nobody.", "says that a machine wrote it"],
  ["Corvane names a chief of safety - PR Newswire", "", "is a company's press release"],
  [
    "Corvane names a chief",
    "NORTHPORT--(BUSINESS WIRE)--Corvane, a developer of AI, …",
    "is a company's press release",
  ],
])("an item is held by what it calls itself: %s %s", (title, text, reason) => {
  expect(holdOf(title, text)).toBe(reason);
});

test.each([
  ["Senate takes up AI bill", "The Model Disclosure Act, sponsored by two senators, would ask for labels."],
  ["Sponsored by the state, a student takes AI to the clinic", ""],
  ["Regulator warns of AI", "In this article, we explore the risks of AI-generated articles and who answers for them."],
  ["Ministry warns platform", "It failed to moderate AI-generated content, the notice says, citing this misuse."],
  ["Firms to pay more", "The charges are to be paid by data centres that train AI."],
  ["Magazine closes to AI", "A publisher of science fiction short stories by many hands takes no more of them."],
  ["The week in AI", "Presented by Corvane. Ministers met to talk about models."],
  ["Search to change", "This new feature will provide AI-generated summaries to all who ask."],
  ["Satire and AI: what courts make of parody", ""],
  ["The satirical site he made of the ministry's AI draws notice", ""],
  ["Agency admits error over AI", "The agency said so in a press release on Tuesday."],
  ["Novelist asks for AI rules", "She presents her newest work of fiction, a story of a regulator."],
])("what an item reports on holds it not: %s %s", (title, text) => {
  expect(holdOf(title, text)).toBeNull();
});
