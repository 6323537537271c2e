import type { FeedDocument } from "#model/article.ts";
import type { Feed, FeedState } from "#model/feed.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { isRemade } from "#pipeline/poll.ts";
import { meet } from "#store/article-keys.ts";
import type { Db } from "#store/engine/database.ts";

/**
 * Why what a page lists is not to be believed, in a sentence, or null: what it listed is gone, or much more stands below it, and that was
 * not published since. A site made anew, or a list that shows more than it did, would be a flood of old news.
 */
export async function remadeReason(
  document: FeedDocument,
  feed: Feed,
  state: FeedState,
  db: Db,
  now: Date,
): Promise<string | null> {
  if (feed.source !== "page" || state.lastSuccessAt === null || state.identity === null) return null;
  const { articles } = await normalize(document, feed, { identity: state.identity, firstSeenAt: now });
  const met = await meet(db, articles);
  const listed = articles.map(({ publishedAt }, at) => ({ publishedAt, isKnown: met[at] !== undefined }));
  if (!isRemade(listed, state.lastSuccessAt)) return null;
  const strange = listed.filter(({ isKnown }) => !isKnown);
  return (
    `The list on this page is another: ${strange.length} of ${articles.length} links were never there, and are not from since it was last read. ` +
    "Look at the page, and say in feeds.yaml where its list stands now (`page` with CSS selectors): it then starts anew, and posts nothing old."
  );
}
