import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Revision, Story } from "#model/story.ts";
import { flipsBack } from "#pipeline/match.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { articlesOf } from "#store/articles.ts";
import type { Db } from "#store/database.ts";
import { revisionsOf, storyById } from "#store/stories.ts";
import type { Reword } from "./wording.ts";

/** What delivering touches. */
export type Desk = {
  readonly db: Db;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly bug: (where: string, error: unknown) => void;
  /** Tells the operators, in a sentence; absent where nobody is to hear. */
  readonly tell?: (sentence: string) => void;
  /** Words summaries anew; absent where the sources' own sentences are shown. */
  readonly reword?: Reword | undefined;
};

/** The card of a revision as the story stands now; null when it is not stored any more. */
export async function cardFor(
  { db, pack, reword }: Desk,
  storyId: number,
  number: number,
): Promise<{ readonly story: Story; readonly card: Card } | null> {
  const stored = await storyById(db, storyId);
  const revisions = await revisionsOf(db, storyId);
  const at = revisions.findIndex((revision) => revision.number === number);
  if (!stored || at < 0) return null;
  const articles = await articlesOf(db, stored.id);
  const story = reword === undefined ? stored : { ...stored, summary: await reword(stored, number, articles) };
  return { story, card: cardOf({ story, revision: number, movements: movementsSince(revisions, at), articles }, pack) };
}

/** What moved in a revision, or in the last of those that took it back and forth since and were told by nothing else. */
function movementsSince(revisions: readonly Revision[], at: number): Revision["movements"] {
  const flips = revisions.slice(at + 1).map((later, index) => flipsBack(later, revisions.slice(0, at + 1 + index)));
  const ended = flips.indexOf(false);
  const last = at + (ended < 0 ? flips.length : ended);
  return revisions[last]?.movements ?? [];
}
