import { quotesIn } from "#pipeline/quotes/quotes.ts";
import type { Db } from "#store/engine/database.ts";
import { saveQuotes } from "#store/quotes.ts";

/** Stores what a text says that somebody said, as of an article that is stored; `stances` by their order. */
export async function storeSaid(
  db: Db,
  { articleId, text, at }: { readonly articleId: number; readonly text: string; readonly at: Date },
  stances: readonly ({ readonly pointId: string; readonly side: string } | null)[] = [],
): Promise<void> {
  const quotes = quotesIn({ text, textHash: text, language: "en" }).map((quote, number) => ({
    ...quote,
    words: quote.parts.map(({ start, end }) => text.slice(start, end)),
    stance: stances[number] ?? null,
  }));
  await saveQuotes(db, articleId, at, quotes);
}
