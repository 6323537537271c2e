import { beforeAll, describe, expect, it } from "vitest";
import type { Shown } from "#cli/play/player.ts";
import { mostTelling } from "#pipeline/summarize/change.ts";
import { textOf } from "#pipeline/summarize/ranges.ts";
import { toldInReplay } from "#support/replay/told.ts";

let posts: readonly Shown[];
beforeAll(async () => {
  posts = (await toldInReplay()).flatMap((told) => (told.kind === "post" ? [told.shown] : []));
}, 60_000);

const later = () => posts.filter(({ movements }) => mostTelling(movements) !== null);

const moverOf = ({ movements, articles }: Shown) =>
  articles.find(({ id }) => id === mostTelling(movements)?.articleId)!;

describe("a later post", () => {
  it("speaks first in the words of the article that moved its story", () => {
    expect(later().length).toBeGreaterThanOrEqual(5);
    for (const shown of later()) {
      const { card } = shown;
      const [first] = card.sentences;
      expect(first && card.sources[first.source - 1]?.url).toBe(moverOf(shown).url);
    }
  });

  it("has at most one sentence of context behind them", () => {
    for (const shown of later()) {
      const mover = shown.card.sources.findIndex(({ url }) => url === moverOf(shown).url) + 1;
      const others = shown.card.sentences.flatMap(({ source }, at) => (source === mover ? [] : [at]));
      expect([[], [shown.card.sentences.length - 1]]).toContainEqual(others);
    }
  });

  it("says nothing that an earlier post of its story said", () => {
    for (const of of Map.groupBy(posts, ({ card }) => card.storyId).values()) {
      const said = of.flatMap(({ card }) => card.sentences.map(({ text }) => text));
      expect(said).toEqual([...new Set(said)]);
    }
  });
});

describe("a citation", () => {
  it("names the article that holds the sentence, by an address of its own", () => {
    for (const { card, story, articles } of posts) {
      expect(new Set(card.sources.map(({ url }) => url)).size).toBe(card.sources.length);
      for (const { text, source } of card.sentences) {
        const cited = articles.find(({ url }) => url === card.sources[source - 1]?.url)!;
        const sentence = story.summary.find((each) => each.text === text && each.articleId === cited.id);
        expect(text).toBe(sentence === undefined ? cited.title : textOf(cited.text, sentence.ranges));
      }
    }
  });
});
