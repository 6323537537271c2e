import type { FeedDocument } from "#model/article.ts";
import type { Feed, FeedState } from "#model/feed.ts";
import { normalize } from "#pipeline/normalize/normalize.ts";
import { isRemade } from "#pipeline/poll.ts";
import { meet } from "#store/article-keys.ts";
import type { Db } from "#store/engine/database.ts";

/** Where feeds.yaml says how a list is found. */
const MEND = {
  page: "where its list stands now (`page` with CSS selectors)",
  json: "how its answers are read now (`json`)",
  sitemap: "which part of it is read now (`sitemap: under`)",
} as const;

const NAMES = { page: "page", json: "interface", sitemap: "sitemap" } as const;

/**
 * Why what a source without a feed lists is not to be believed, in a sentence, or null: what it listed is gone, or of a page much more
 * stands below it, and that was not published since. A site made anew, or a list that shows more than it did, would be a flood of old news.
 */
export async function remadeReason(
  document: FeedDocument,
  feed: Feed,
  state: FeedState,
  db: Db,
  now: Date,
): Promise<string | null> {
  const { source = "feed" } = feed;
  if (source === "feed" || state.lastSuccessAt === null || state.identity === null) return null;
  const { articles } = await normalize(document, feed, { identity: state.identity, firstSeenAt: now });
  const met = await meet(db, articles);
  // When a sitemap says that a page was changed is not when it was published: a site made anew changes all on one day.
  const dated = new Set(document.entries.flatMap(({ link, published }) => (published === null ? [] : link)));
  const listed = articles.map(({ url, publishedAt }, at) => ({
    publishedAt: dated.has(url) ? publishedAt : null,
    isKnown: met[at] !== undefined,
  }));
  if (!isRemade(listed, { lastReadAt: state.lastSuccessAt, isOrdered: source === "page" })) return null;
  const strange = listed.filter(({ isKnown }) => !isKnown);
  return (
    `The list of this ${NAMES[source]} is another: ${strange.length} of ${listed.length} links were never there, and are not from since it was last read. ` +
    `Look at it, and say in feeds.yaml ${MEND[source]}: it then starts anew, and posts nothing old.`
  );
}
