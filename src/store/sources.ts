import { dateOf } from "#model/article.ts";
import type { PagedDocument } from "#model/citation.ts";
import { documentFrom } from "./articles.ts";
import type { Db } from "./engine/engine.ts";
import { chunks, dateAt, dateOrNull } from "./rows.ts";

/** An article as a list of a story's sources has it: without its text. */
export type StorySource = {
  readonly id: number;
  readonly feedId: string;
  readonly title: string;
  readonly url: string;
  readonly document?: PagedDocument;
  /** ISO 639-1, or null where its text is too short to tell. */
  readonly language: string | null;
  /** When a reader would say that it is from. */
  readonly at: Date;
};

/** The sources of stories, by story, each in order of arrival. */
export async function sourcesOf(
  db: Db,
  storyIds: readonly number[],
): Promise<ReadonlyMap<number, readonly StorySource[]>> {
  const sources = new Map<number, StorySource[]>(storyIds.map((id) => [id, []]));
  for (const some of chunks(storyIds)) {
    const rows = await db
      .selectFrom("members")
      .innerJoin("articles", "articles.id", "members.article_id")
      .select(["members.story_id", "articles.id", "articles.feed_id", "articles.title", "articles.url"])
      .select(["articles.document", "articles.language", "articles.published_at", "articles.first_seen_at"])
      .where("members.story_id", "in", some)
      .orderBy("members.story_id")
      .orderBy("members.article_id")
      .execute();
    for (const row of rows) {
      const {
        story_id: storyId,
        id,
        feed_id: feedId,
        title,
        url,
        document,
        language,
        published_at,
        first_seen_at,
      } = row;
      sources.get(storyId)?.push({
        id,
        feedId,
        title,
        url,
        ...documentFrom(document),
        language,
        at: dateOf({ publishedAt: dateOrNull(published_at), firstSeenAt: dateAt(first_seen_at) }),
      });
    }
  }
  return sources;
}
