import { z } from "zod";
import { LONGEST_TYPED } from "#model/limits.ts";
import { freshnessOf } from "#store/freshness.ts";
import { among } from "#store/latest.ts";
import { readQuery, searchStories } from "#store/search.ts";
import { cursor, isFault, limit, narrowed, narrowing, offsetOf, pageOf, since, startOf } from "./asked.ts";
import { storyLines } from "./cited.ts";
import { answered, plain, question, refused } from "./question.ts";
import { storyPage } from "./shapes.ts";

/** Stories with the words that are looked through for those that are what else is asked for. */
const LOOKED_THROUGH = 400;

/** Stories by their words. */
export const search = question({
  does: "Stories by the words of their articles, each with a cited summary and its sources.",
  asked: z.strictObject({
    query: z
      .string("Write words to look for.")
      .max(LONGEST_TYPED, `Write at most ${LONGEST_TYPED} characters.`)
      .refine((typed) => readQuery(typed).some(({ wanted }) => wanted), "That query has no word to look for.")
      .describe('Words that must all be there; "quotes" keep a phrase together, a minus drops a word.'),
    order: z.enum(["newest", "ranked"], "Write newest or ranked.").default("newest").describe("Newest or best first."),
    ...narrowing,
    since: since.optional(),
    limit: limit(20),
    cursor,
  }),
  shape: storyPage,
  async ask(library, asked, now) {
    const of = await narrowed(asked, library, now);
    if ("faults" in of) return refused(of.faults);
    const offset = offsetOf(asked.cursor);
    if (isFault(offset)) return refused([offset]);
    const { query, order } = asked;
    const isNarrowed = Object.values(of).some((ids) => ids.length > 0) || asked.since !== undefined;
    const most = Math.min(LOOKED_THROUGH, offset + asked.limit + 1);
    const found = await searchStories(library.db, query, { limit: isNarrowed ? LOOKED_THROUGH : most, order });
    const from = asked.since === undefined ? {} : { since: startOf(asked.since, now) };
    const stories = isNarrowed ? await among(library.db, found, { ...of, ...from, limit: most }) : found;
    const page = pageOf(stories, offset, asked.limit);
    return answered(
      plain({
        stories: await storyLines(page.shown, library),
        cursor: page.cursor,
        freshness: await freshnessOf(library.db),
      }),
    );
  },
});
