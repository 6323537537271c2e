import type { StoredArticle } from "#model/article.ts";
import { articlesSince } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { escapeText } from "#text/entities.ts";
import { htmlOf } from "./html.ts";
import type { Item } from "./player.ts";

/** Articles read from the store at once. */
const PAGE = 500;

/** The articles that a store has first seen since a moment, in order of arrival, as they would come in again. */
export async function storedItems(db: Db, since: Date): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let after = 0; ; ) {
    const page = await articlesSince(db, { after, since, limit: PAGE });
    items.push(...page.map(itemOf));
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
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
