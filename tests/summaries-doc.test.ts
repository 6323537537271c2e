import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withRendered } from "#support/summaries-doc.ts";
import { toldStories } from "#support/told-stories.ts";

test("docs/summaries.md shows what the program makes of the twenty stories", async () => {
  await expect(withRendered(readFileSync("docs/summaries.md", "utf8"))).toMatchFileSnapshot("../docs/summaries.md");
});

test("every sentence and quotation of the twenty stories stands in its source", () => {
  const told = toldStories();
  expect(told).toHaveLength(20);
  for (const { sides, articles } of told) {
    for (const { quote, articleId, start, end } of sides)
      expect(articles[articleId - 1]!.text.slice(start, end)).toBe(quote);
  }
});
