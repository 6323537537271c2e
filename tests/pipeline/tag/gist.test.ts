import { expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { gistOf } from "#pipeline/tag/gist.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack has faults");
const rules = compileRules({ ...loaded.pack, weights: null });

function gist(title: string, text = ""): string | null {
  const article = { title, text };
  return gistOf(article, tag(article, rules).tags, rules.pack);
}

test("who does what to whom, about what, where and how far it is", () => {
  expect(gist("Ofcom fines OpenAI for missing AI audits, a penalty of a million")).toBe(
    "Ofcom (an authority) fines OpenAI (a developer), about audit scope and frequency, and about penalties and fines; " +
      "in United Kingdom; Enforcement / investigation",
  );
});

test("what may come, what is wanted and what is not done are told so", () => {
  expect(gist("Senate may ban AI audits")).toMatch(/^Senate \(a legislature\) may ban/);
  expect(gist("Parliament does not pass AI bill")).toMatch(
    /^Parliament \(a legislature\) does not vote on AI bill \(a rule\)/,
  );
});

test("an act of the text stands in where the title has none, and what is known alone where neither has one", () => {
  expect(gist("Audits of frontier AI", "A judge dismissed the lawsuit.")).toMatch(
    /^judge \(a court\) rules on lawsuit \(a case\), about audit scope/,
  );
  expect(gist("Independent audits of frontier AI models in France")).toMatch(/^about audit scope and frequency; in /);
  expect(gist("Regatta ends in a draw")).toBeNull();
});
