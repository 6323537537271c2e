import { dateOf, type StoredArticle } from "#model/article.ts";
import type { Pack } from "#model/pack.ts";
import { type Tagging, tagsOn } from "#model/tag.ts";
import { quotesIn } from "#pipeline/quotes/quotes.ts";
import { stanceIn } from "#pipeline/summarize/sides.ts";
import type { Db } from "#store/engine/database.ts";
import { type NewQuote, saveQuotes } from "#store/quotes.ts";

/** Stores who said what in an article, in place of what was stored of it; nothing of what readers are not shown. */
export async function keepQuotes(tx: Db, article: StoredArticle, tagging: Tagging, pack: Pack): Promise<void> {
  const isShown = tagging.relevant && tagging.hold === null;
  await saveQuotes(tx, article.id, dateOf(article), isShown ? quotesOf(article, tagging, pack) : []);
}

function quotesOf(article: StoredArticle, { tags }: Tagging, { points }: Pack): readonly NewQuote[] {
  const ids = new Set(tagsOn(tags, "point").map(({ id }) => id));
  const disputed = points.filter(({ id }) => ids.has(id));
  return quotesIn(article).map((quote) => {
    const words = quote.parts.map(({ start, end }) => article.text.slice(start, end));
    return { ...quote, words, stance: stanceIn(words.join(" "), disputed) };
  });
}
