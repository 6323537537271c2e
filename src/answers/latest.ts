import { z } from "zod";
import { freshnessOf } from "#store/freshness.ts";
import { latestStories } from "#store/latest.ts";
import { behindOf, cursor, isFault, limit, narrowed, narrowing, since, startOf } from "./asked.ts";
import { storyLines } from "./cited.ts";
import { answered, plain, question, refused } from "./question.ts";
import { storyPage } from "./shapes.ts";

/** The newest stories, by the date of their newest article. */
export const latest = question({
  does: "The newest policy developments, each with a cited summary and its sources; by point, place or law.",
  asked: z.strictObject({ ...narrowing, since: since.optional(), limit: limit(20), cursor }),
  shape: storyPage,
  async ask(library, asked, now) {
    const of = await narrowed(asked, library, now);
    if ("faults" in of) return refused(of.faults);
    const behind = behindOf(asked.cursor);
    if (isFault(behind)) return refused([behind]);
    const stories = await latestStories(library.db, {
      ...of,
      ...(asked.since !== undefined && { since: startOf(asked.since, now) }),
      ...(behind !== null && { behind }),
      limit: asked.limit + 1,
    });
    const shown = stories.slice(0, asked.limit);
    const last = stories.length > shown.length ? shown.at(-1) : undefined;
    return answered(
      plain({
        stories: await storyLines(shown, library),
        cursor: last === undefined ? null : `${last.lastArticleAt.getTime()}-${last.id}`,
        freshness: await freshnessOf(library.db),
      }),
    );
  },
});
