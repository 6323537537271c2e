import type { StoredArticle } from "#model/article.ts";
import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Saga } from "#model/saga.ts";
import type { Revision, Story } from "#model/story.ts";
import { flipsBack } from "#pipeline/match.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { mostTelling } from "#pipeline/summarize/change.ts";
import { dayConflicts } from "#pipeline/tell/day-conflicts.ts";
import { tellingNow } from "#pipeline/tell/leader.ts";
import type { Membership } from "#pipeline/tell/membership.ts";
import { sagaLineOf } from "#pipeline/tell/saga-line.ts";
import { sourcesOf } from "#pipeline/tell/sources.ts";
import { standingOf } from "#pipeline/tell/standing.ts";
import { postedAmong } from "#store/outbox/deliveries.ts";
import { revisionOf, revisionsOf, sagaOf, storyById } from "#store/stories.ts";
import { daysAhead } from "./days-ahead.ts";
import { createStoryMemory } from "./story-memory.ts";
import type { World } from "./world.ts";

/**
 * What delivering touches. `tell` is absent where nobody is to hear, `reword` where the sources' own sentences are shown; without
 * a memory stories are read from the store each time.
 */
export type Delivering = Pick<World, "db" | "pack" | "clock" | "bug"> &
  Partial<Pick<World, "tell" | "reword" | "memory">>;

/** The card of a revision as the story stands now; null when it is not stored any more. */
export async function cardFor(
  { db, pack, clock, reword, memory = createStoryMemory(pack) }: Delivering,
  storyId: number,
  number: number,
): Promise<{ readonly story: Story; readonly card: Card } | null> {
  const stored = await storyById(db, storyId);
  const revision = await revisionOf(db, storyId, number);
  if (!stored || !revision) return null;
  const isLast = stored.revision <= number;
  const movements = isLast ? revision.movements : movementsSince(await revisionsOf(db, storyId), number);
  const now = await memory.recall(db, stored.id);
  // What a later card says follows from what moved and what was said before: it is shown as the sources have it.
  const isWorded = reword !== undefined && mostTelling(movements) === null;
  const summary = isWorded ? await reword(stored, number, worthSummarising(stored, now, pack)) : stored.summary;
  const story = { ...stored, summary };
  const days = dayConflicts(now.voices);
  const hasDays = (await daysAhead(db, [story.id], clock(), pack)).length > 0;
  const articles = now.members.map(({ article }) => article);
  const saga = sagaLineOf(story, await heardOf(db, story), pack);
  return {
    story,
    card: cardOf({ story, saga, revision: number, movements, articles, days, reprints: now.reprints, hasDays }, pack),
  };
}

/** A story's dispute with the developments that readers heard of: what was sure enough for look-ups alone is no "before" to them. */
async function heardOf(db: Delivering["db"], story: Story): Promise<Saga> {
  const saga = await sagaOf(db, story);
  if (saga.developments.length < 2) return saga;
  const posted = await postedAmong(
    db,
    saga.developments.map(({ id }) => id),
  );
  return { ...saga, developments: saga.developments.filter(({ id }) => id === story.id || posted.has(id)) };
}

function worthSummarising(story: Story, now: Membership, { facets }: Pack): readonly StoredArticle[] {
  const { tellers } = tellingNow(now.voices, standingOf(now.voices, facets));
  return sourcesOf(now, story.leadArticleId, tellers).map(({ article }) => article);
}

/** What moved in a revision, or in the last of those that took it back and forth since and were told by nothing else. */
function movementsSince(revisions: readonly Revision[], number: number): Revision["movements"] {
  const at = revisions.findIndex((revision) => revision.number === number);
  const flips = revisions.slice(at + 1).map((later, index) => flipsBack(later, revisions.slice(0, at + 1 + index)));
  const ended = flips.indexOf(false);
  const last = at + (ended < 0 ? flips.length : ended);
  return revisions[last]?.movements ?? [];
}
