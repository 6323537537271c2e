import type { Pack } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import { csvOf } from "#text/csv.ts";

const COLUMNS = ["date", "speaker", "office", "kind", "words", "point", "side", "outlet", "title", "url", "story"];

/** Quotes as a spreadsheet reads them, one a row. */
export const sheetOf = (quotes: readonly CitedQuote[], { points, feeds }: Pick<Pack, "points" | "feeds">): string =>
  csvOf(
    COLUMNS,
    quotes.map((quote) => [
      quote.at.toISOString().slice(0, 10),
      quote.speaker,
      quote.office ?? "",
      quote.kind,
      wordsOf(quote),
      points.find(({ id }) => id === quote.stance?.pointId)?.name ?? "",
      quote.stance?.side ?? "",
      feeds.find(({ id }) => id === quote.feedId)?.name ?? quote.feedId,
      quote.title,
      quote.url,
      quote.storyId === null ? "" : String(quote.storyId),
    ]),
  );
