import { dateOf } from "#model/article.ts";
import type { Decided, Decision } from "#model/decision.ts";
import type { Pack } from "#model/pack.ts";
import { posts } from "#model/story.ts";
import { isFresh, owedTo, subscribersOf } from "#pipeline/match.ts";
import { type Applied, applyMerge, applyMove, applySplit, closeSaga, nameSaga, reopenSaga } from "#store/decisions.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { matterKeysOf } from "#store/matters.ts";
import { noteGrowth } from "#store/outbox/growth.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { storiesOfSaga } from "#store/stories.ts";
import { activeSubscriptions } from "#store/subscriptions.ts";
import { createStoryMemory } from "./story-memory.ts";
import { recallStory, type StoryChange, tellStoryAfter } from "./tell-story.ts";

/**
 * Carries out what a person decided, in one transaction, and tells the stories concerned anew. Cards in place are edited;
 * a revision is owed only where something moved and the article that came by hand is still news.
 */
export async function decide(db: Db, pack: Pack, decision: Decision, by: string | null, now: Date): Promise<Decided> {
  return transact(db, async (tx) => {
    const applied = await apply(tx, decision, by, now);
    if (applied.kind === "refused") return applied;
    const arrived = new Set(applied.arrived);
    const memory = createStoryMemory(pack);
    for (const storyId of applied.storyIds) {
      const change = (await recallStory(tx, storyId, memory))?.without(arrived);
      if (change !== undefined) await tell(tx, change, pack, now);
    }
    // The name stands on the cards of all its developments.
    if (decision.kind === "name")
      for (const { id } of await storiesOfSaga(tx, decision.sagaId)) await noteGrowth(tx, id, now);
    return { kind: "decided", storyIds: applied.storyIds };
  });
}

function apply(tx: Db, decision: Decision, by: string | null, now: Date): Promise<Applied> {
  switch (decision.kind) {
    case "merge":
      return applyMerge(tx, decision.into, decision.from, by, now);
    case "split":
      return applySplit(tx, decision.storyId, decision.articleIds, by, now);
    case "move":
      return applyMove(tx, decision.articleId, decision.storyId, by, now);
    case "close":
      return closeSaga(tx, decision.sagaId, by, now);
    case "reopen":
      return reopenSaga(tx, decision.sagaId, by, now);
    case "name":
      return nameSaga(tx, decision.sagaId, decision.name, by, now);
  }
}

async function tell(tx: Db, change: StoryChange, pack: Pack, now: Date): Promise<void> {
  const { story, movements, feedIds } = await tellStoryAfter(change, { tx, now, pack });
  const known = new Set(change.before.members.map(({ article }) => article.id));
  const newest = change.after.members
    .filter(({ article }) => !known.has(article.id))
    .toSorted((a, b) => dateOf(b.article).getTime() - dateOf(a.article).getTime())[0];
  const isNews = newest !== undefined && isFresh(newest.article, newest.primary, now);
  if (!posts(movements) || !isNews || story.closedAt !== null) return noteGrowth(tx, story.id, now);
  const laws = await matterKeysOf(tx, story.id);
  const subscribers = subscribersOf({ story, feedIds, laws }, newest.article, await activeSubscriptions(tx, now));
  await enqueue(
    tx,
    owedTo(subscribers, now).map((each) => ({ ...each, storyId: story.id, revision: story.revision })),
  );
}
