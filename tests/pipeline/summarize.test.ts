import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summarize } from "#pipeline/summarize/summarize.ts";

const story = [
  {
    id: 7,
    title: "Regulator orders lab to report incidents",
    text: "BRUSSELS (Newswire) — The regulator ordered Northlake Labs to report serious incidents within 72 hours. The lab had asked for 30 days.\n\nSubscribe to our newsletter today.",
    primary: false,
  },
  {
    id: 9,
    title: "Order on incident reports",
    text: "The order (published on Monday) takes effect on 1 March. Northlake Labs can appeal within a month.",
    primary: true,
  },
];

describe("summarize", () => {
  it("cites every sentence: its text is the kept ranges of the article's text, joined", () => {
    const byId = new Map(story.map((article) => [article.id, article.text]));
    const summary = summarize(story, { maxSentences: 3 });
    expect(summary).toHaveLength(3);
    for (const { text, articleId, start, end, ranges } of summary) {
      const source = byId.get(articleId)!;
      expect(ranges.map(([from, to]) => source.slice(from, to)).join("")).toBe(text);
      expect(ranges[0]![0]).toBeGreaterThanOrEqual(start);
      expect(ranges.at(-1)![1]).toBeLessThanOrEqual(end);
    }
  });

  it("cuts datelines and asides, and drops pleas", () => {
    const text = summarize(story, { maxSentences: 9 })
      .map((sentence) => sentence.text)
      .join(" ");
    expect(text).toContain("The order takes effect on 1 March.");
    expect(text).not.toContain("BRUSSELS");
    expect(text).not.toContain("Subscribe");
  });

  it("stays within its budget", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 60 }), (maxSentences, maxWords) => {
        const summary = summarize(story, { maxSentences, maxWords });
        expect(summary.length).toBeLessThanOrEqual(maxSentences);
        expect(
          summary
            .map(({ text }) => text)
            .join(" ")
            .split(/\s+/).length,
        ).toBeLessThanOrEqual(maxWords);
      }),
    );
  });

  it("is empty when no article has a sentence", () => {
    expect(summarize([{ id: 1, title: "A title", text: "", primary: false }], { maxSentences: 2 })).toEqual([]);
    expect(summarize([], { maxSentences: 2 })).toEqual([]);
  });
});
