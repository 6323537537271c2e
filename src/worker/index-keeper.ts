import type { Pack } from "#model/pack.ts";
import { createStoryIndex, indexedSince, type StoryIndex } from "#pipeline/cluster/cluster.ts";
import { closedSagas } from "#store/decisions.ts";
import type { Db } from "#store/engine/database.ts";
import { type PlacedArticle, placedArticles } from "#store/placed.ts";

/** Articles replayed at a time: a page of a few megabytes at most. */
const PAGE = 500;

/** Keeps the index of open stories in step with the store, whoever placed the articles. */
export type IndexKeeper = {
  /**
   * The index with every article as it was last placed, by this worker, another, or a person. Call it inside the transaction that
   * will place more.
   */
  current(tx: Db, now: Date): Promise<StoryIndex>;
  /** Notes what was placed in the transaction that asked for the index. */
  placed(article: PlacedArticle): void;
  /** Forgets the index: what was placed in a transaction that failed was never placed. The next use replays the store. */
  discard(): void;
};

export function createIndexKeeper({
  facets,
  weights,
  glossaries,
}: Pick<Pack, "facets" | "weights" | "glossaries">): IndexKeeper {
  const empty = () => createStoryIndex({ ...facets, glossaries, ...(weights && { words: weights.words }) });
  let index = empty();
  let lastPlacing = 0;
  /** Another's transaction may be at work with the index: it is made anew for the next one. */
  let stale = false;

  const placed: IndexKeeper["placed"] = ({ placing, article, tagging, storyId, sagaId }) => {
    index.add(article, tagging, storyId, sagaId);
    lastPlacing = placing;
  };

  return {
    placed,
    async current(tx, now) {
      if (stale) [index, lastPlacing, stale] = [empty(), 0, false];
      index.close(await closedSagas(tx));
      index.advance(now);
      const since = indexedSince(now);
      for (;;) {
        const page = await placedArticles(tx, { after: lastPlacing, since, limit: PAGE });
        page.forEach(placed);
        if (page.length < PAGE) return index;
      }
    },
    discard() {
      stale = true;
    },
  };
}
