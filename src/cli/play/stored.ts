import type { StoredArticle } from "#model/article.ts";
import { pagesSince } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { escapeText } from "#text/entities.ts";
import { htmlOf } from "./html.ts";
import type { Item } from "./player.ts";

/** The articles that a store has first seen since a moment, in order of arrival, as they would come in again. */
export async function storedItems(db: Db, since: Date): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pagesSince(db, since)) items.push(...page.map(itemOf));
  return items.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

const itemOf = ({ id, feedId, title, text, url, firstSeenAt, publishedAt }: StoredArticle): Item => ({
  id: String(id),
  key: String(id),
  source: feedId,
  title: escapeText(title),
  text,
  html: htmlOf(escapeText(text)),
  url,
  at: firstSeenAt,
  dated: publishedAt,
});
