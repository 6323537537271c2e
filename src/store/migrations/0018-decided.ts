/** What people decided about an article, by axis, so that it holds when the article is edited and judged anew. */
export const decided = (): readonly string[] => ["alter table taggings add column decided text"];
