import { z } from "zod";
import { LONGEST_TYPED } from "#model/limits.ts";
import { freshnessOf } from "#store/freshness.ts";
import { latestQuotes } from "#store/quotes.ts";
import { cursor, isFault, limit, offsetOf, pageOf, pointIds, since, startOf, strangersAmong } from "./asked.ts";
import { quoteLine } from "./cited.ts";
import { answered, plain, question, refused } from "./question.ts";
import { freshness, nextPage, quote } from "./shapes.ts";

/** Quotes that can be turned to, the newest. */
const MOST_QUOTES = 1_000;

/** Who said what. */
export const quotes = question({
  does: "Who said what, newest first, in their own words, each with the article that it stands in.",
  asked: z.strictObject({
    who: z
      .string()
      .max(LONGEST_TYPED)
      .default("")
      .describe("Words of a name or an office, each as far as it is typed."),
    point: pointIds,
    since: since.optional(),
    limit: limit(20),
    cursor,
  }),
  shape: z.object({ quotes: z.array(quote), cursor: nextPage, freshness }),
  async ask({ db, pack }, { who, point, since, limit, cursor }, now) {
    const strangers = strangersAmong({ point }, pack);
    if (strangers.length > 0) return refused(strangers);
    const offset = offsetOf(cursor);
    if (isFault(offset)) return refused([offset]);
    const from = since === undefined ? {} : { since: startOf(since, now) };
    const most = Math.min(MOST_QUOTES, offset + limit + 1);
    const page = pageOf(await latestQuotes(db, { who, points: point, ...from, limit: most }), offset, limit);
    return answered(
      plain({
        quotes: page.shown.map((each) => quoteLine(each, pack)),
        cursor: page.cursor,
        freshness: await freshnessOf(db),
      }),
    );
  },
});
