import type { Movement, Story } from "#model/story.ts";
import { saveArticle } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { addRevision, assignArticle, openStory } from "#store/stories.ts";
import { anArticle, aStory } from "./stored.ts";

let told = 0;

/** A development on a friction point, of one article of a feed, as a refresh files it at that time. */
export async function developOn(
  db: Db,
  point: string,
  at: Date,
  { feedId = "gazette", ...change }: Partial<Story> & { readonly feedId?: string } = {},
): Promise<Story> {
  told += 1;
  const given = anArticle({ title: `${point} ${told}`, feedId, publishedAt: at, firstSeenAt: at });
  const { article } = await saveArticle(db, given);
  const story = await openStory(
    db,
    aStory(article, { points: [point], openedAt: at, lastArticleAt: at, ...change }),
    null,
  );
  await assignArticle(db, article.id, story.id);
  const opened: Movement = { kind: "opened", from: null, to: null, articleId: article.id, sentence: null };
  await addRevision(db, { storyId: story.id, number: 1, at, movements: [opened] });
  return story;
}

/** The story moved to a stage. */
export const moveTo = (db: Db, { id, leadArticleId: articleId }: Story, stage: string, number: number, at: Date) =>
  addRevision(db, {
    storyId: id,
    number,
    at,
    movements: [{ kind: "stage", from: null, to: stage, articleId, sentence: null }],
  });
