import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { articlesOf } from "#store/articles.ts";
import type { Db } from "#store/database.ts";
import { revisionOf, storyById } from "#store/stories.ts";

/** What delivering touches. */
export type Desk = { readonly db: Db; readonly pack: Pack; readonly clock: () => Date };

/** The card of a revision as the story stands now; null when it is not stored any more. */
export async function cardFor(
  { db, pack }: Desk,
  storyId: number,
  number: number,
): Promise<{ readonly story: Story; readonly card: Card } | null> {
  const story = await storyById(db, storyId);
  const revision = await revisionOf(db, storyId, number);
  if (!story || !revision) return null;
  const articles = await articlesOf(db, story.id);
  return { story, card: cardOf({ story, revision: revision.number, movements: revision.movements, articles }, pack) };
}
