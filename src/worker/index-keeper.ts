import type { StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { createStoryIndex, type StoryIndex, WINDOW_DAYS } from "#pipeline/cluster/cluster.ts";
import { newestAmendment } from "#store/corrections.ts";
import type { Db } from "#store/database.ts";
import { closedSagas, movedSince, newestDecision } from "#store/decisions.ts";
import { placedArticles, placedById } from "#store/placed.ts";

/** Articles replayed at a time: a page of a few megabytes at most. */
const PAGE = 500;

const DAY_MS = 86_400_000;

/** Keeps the index of open stories in step with the store, whoever placed the articles. */
export type IndexKeeper = {
  /** The index with every article placed so far, by this worker or another, where a person last put it. Call it inside the transaction that will place more. */
  current(tx: Db, now: Date): Promise<StoryIndex>;
  /** Notes that `article` was placed in the transaction that asked for the index. */
  placed(article: StoredArticle, tagging: Tagging, storyId: number, sagaId: number): void;
  /** Forgets the index: what was placed in a transaction that failed was never placed. The next use replays the store. */
  discard(): void;
};

export function createIndexKeeper(): IndexKeeper {
  let index = createStoryIndex();
  let lastId = 0;
  let lastDecision = 0;
  let lastAmendment = 0;

  const discard: IndexKeeper["discard"] = () => {
    index = createStoryIndex();
    lastId = 0;
    lastDecision = 0;
  };

  const placed: IndexKeeper["placed"] = (article, tagging, storyId, sagaId) => {
    index.add(article, tagging, storyId, sagaId);
    lastId = Math.max(lastId, article.id);
  };

  /** Files anew what people have moved or amended since, in whatever process. An empty index will be filled with all as it is now. */
  async function heed(tx: Db): Promise<void> {
    const amendment = await newestAmendment(tx);
    // The index places by tags, and holds those that were amended as they were.
    if (amendment !== lastAmendment) discard();
    lastAmendment = amendment;
    const decision = await newestDecision(tx);
    if (decision === lastDecision) return;
    for (const sagaId of await closedSagas(tx)) index.close(sagaId);
    const moved = lastId === 0 ? [] : await placedById(tx, await movedSince(tx, lastDecision));
    for (const { article, tagging, storyId, sagaId } of moved) index.add(article, tagging, storyId, sagaId);
    lastDecision = decision;
  }

  return {
    placed,
    async current(tx, now) {
      await heed(tx);
      const since = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
      for (;;) {
        const page = await placedArticles(tx, { after: lastId, since, limit: PAGE });
        for (const each of page) placed(each.article, each.tagging, each.storyId, each.sagaId);
        if (page.length < PAGE) return index;
      }
    },
    discard,
  };
}
