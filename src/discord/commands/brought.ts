import type { Story } from "#model/story.ts";
import type { Filter } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { matches } from "#pipeline/match.ts";
import { latestStories } from "#store/latest.ts";
import { reachOf, UNREACHED } from "#store/reach.ts";
import { searchStories } from "#store/search.ts";
import type { Context } from "./command.ts";

/** How far back a preview looks. */
export const PREVIEW_DAYS = 30;

/** Stories looked through for a preview. More would bring a channel a message every hour or two, and the count says "or more". */
const LOOKED_THROUGH = 400;

/** What a filter would have brought. */
export type Brought = {
  /** Newest first. */
  readonly stories: readonly Story[];
  readonly posts: number;
  /** Stories that only the filter's `not` keeps out. */
  readonly unwanted: number;
  /** There may be older ones that were not looked at. */
  readonly orMore: boolean;
};

export async function broughtBy(filter: Filter, { db, clock }: Pick<Context, "db" | "clock">): Promise<Brought> {
  const since = new Date(clock().getTime() - PREVIEW_DAYS * DAY_MS);
  const { points, places, stages, actors, laws, sources, words } = filter;
  const narrowed = points.length > 0 || places.length > 0 || words.length === 0;
  const candidates = narrowed
    ? await latestStories(db, { points, places, stages, actors, laws, sources, since, limit: LOOKED_THROUGH })
    : (
        await searchStories(db, words.map((word) => `"${word.replaceAll('"', " ")}"`).join(" "), {
          limit: LOOKED_THROUGH,
          order: "newest",
        })
      ).filter(({ lastArticleAt }) => lastArticleAt >= since);
  const reach = await reachOf(
    db,
    candidates.map(({ id }) => id),
    since,
  );
  const met = (wanted: Filter) =>
    candidates.filter((story) => matches(wanted, { story, ...(reach.get(story.id) ?? UNREACHED) }));
  const stories = met(filter);
  const unwanted = filter.not.length === 0 ? 0 : met({ ...filter, not: [] }).length - stories.length;
  const posts = stories.reduce((sum, { id }) => sum + (reach.get(id)?.posts ?? 0), 0);
  return { stories, posts, unwanted, orMore: candidates.length === LOOKED_THROUGH };
}
