import type { Article, StoredArticle } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { addNewArticles } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { addTaggings } from "#store/taggings.ts";
import type { TaggedArticle } from "./read-article.ts";

/** Stores what of a document is new, with its tags, before any of it has a place in a story: statements cost more than rows. */
export async function storeNew(tx: Db, tagged: readonly TaggedArticle[]): Promise<ReadonlyMap<Article, StoredArticle>> {
  const added = await addNewArticles(tx, tagged);
  const taggings = new Map<number, Tagging>();
  for (const { article, tagging } of tagged) {
    const stored = added.get(article);
    if (stored !== undefined) taggings.set(stored.id, tagging);
  }
  await addTaggings(tx, taggings);
  return added;
}
