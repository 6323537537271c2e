import { expect, test } from "vitest";
import { createStoryIndex, type Placeable } from "#pipeline/cluster/cluster.ts";
import { lexiconInUse } from "#pipeline/cluster/known-words.ts";

const UNTAGGED = { relevant: true, support: 1, hold: null, tags: [] };

function article(id: number, title: string, text: string): Placeable {
  const at = new Date("2026-03-02T09:00:00Z");
  return { id, feedId: `feed-${id}`, title, text, publishedAt: at, firstSeenAt: at };
}

/** More words than are remembered, in articles of which all words are read. */
function readManyWords(): void {
  const [articles, words] = [300, 250];
  const elsewhere = createStoryIndex();
  for (let id = 1; id <= articles; id++) {
    const text = Array.from({ length: words }, (_, word) => `q${id}x${word}`).join(" ");
    elsewhere.place(article(id, "", text), UNTAGGED);
  }
}

test("an article is placed alike, and for the same reasons, when the memory of words has started again", () => {
  const index = createStoryIndex();
  const first = article(
    1,
    "Judge halts Oregon audit rule for chatbots",
    "A federal judge in Portland blocked the rule.",
  );
  const second = article(
    2,
    "Oregon chatbot audits blocked",
    "A federal judge in Portland blocked the audit rule on Monday.",
  );
  const whereIs = (each: Placeable) => {
    const { storyId, because } = index.place(each, UNTAGGED);
    return { storyId, because: because?.() };
  };
  index.add(first, UNTAGGED, 1, 1);
  const before = whereIs(second);
  expect(before.storyId).toBe(1);

  const lexicon = lexiconInUse();
  readManyWords();
  expect(lexiconInUse()).not.toBe(lexicon);

  // One object is read once: this one is read with other numbers.
  expect(whereIs({ ...second })).toEqual(before);
  // This one was read with the old numbers.
  index.add(second, UNTAGGED, 1, 1);
  expect(whereIs({ ...second, id: 3 })).toMatchObject({ storyId: 1, because: { articleId: 2 } });
});
