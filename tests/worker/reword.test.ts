import { expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import type { SummarySentence } from "#model/story.ts";
import { USUAL_SUPPORT } from "#model/weights.ts";
import { createWriter } from "#pipeline/summarize/hosted/hosted.ts";
import { type ModelAnswer, startModelServer } from "#support/model-server.ts";
import { aPurse } from "#support/purse.ts";
import { article, NOW, story } from "#support/samples.ts";
import { createReword } from "#worker/reword.ts";

const PACK: Pack = {
  id: "test",
  name: "Test",
  feeds: [],
  topic: { name: "", terms: [], exclude: [] },
  support: USUAL_SUPPORT,
  weights: null,
  glossaries: {},
  languages: [],
  lists: {},
  holds: [],
  presets: [],
  relevance: [],
  points: [],
  facets: { places: [], actors: [], instruments: [], remedies: [], stages: [], certainties: [] },
};
const OWN: SummarySentence = {
  text: "Talks over audits have stalled.",
  articleId: 1,
  start: 37,
  end: 68,
  ranges: [[37, 68]],
};

const says = (text: string): ModelAnswer => ({ text: JSON.stringify({ sentences: [{ text, from: ["1.1"] }] }) });

async function reworded(answer: ModelAnswer, revisions: readonly number[]) {
  const server = await startModelServer(() => answer);
  try {
    const settings = {
      name: "compatible/tiny",
      apiKey: null,
      apiUrl: server.url,
      dailyTokens: 100_000,
      prices: null,
      deadlineMs: 5_000,
    };
    const by: string[] = [];
    const reword = createReword(
      createWriter(settings, () => NOW, aPurse()),
      PACK,
      (_, written) => by.push(written.by),
    );
    const shown: string[] = [];
    for (const revision of revisions) {
      for (const { text } of await reword(story({ summary: [OWN] }), revision, [article()])) shown.push(text);
    }
    return { shown, by, asked: server.asked.length };
  } finally {
    await server.close();
  }
}

const FAITHFUL = "The department is weighing a penalty.";

test("a revision is worded once, however many channels and edits show it", async () => {
  expect(await reworded(says(FAITHFUL), [1, 1, 1, 2])).toEqual({
    shown: [FAITHFUL, FAITHFUL, FAITHFUL, FAITHFUL],
    by: ["model", "model"],
    asked: 2,
  });
});

test("what the gate drops is replaced by the stored summary", async () => {
  const { shown, by } = await reworded(says("The department imposed a penalty of $9 million."), [1]);
  expect([shown, by]).toEqual([[OWN.text], ["sources"]]);
});
