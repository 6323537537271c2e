import { dateOf } from "#model/article.ts";
import type { Movement, Story } from "#model/story.ts";
import { tagsOn } from "#model/tag.ts";
import { leaderOf } from "./leader.ts";
import type { Member } from "./member.ts";
import { movementsBetween } from "./movements.ts";
import { type Ladder, standingOf } from "./standing.ts";
import { voicesOf } from "./voices.ts";

/** What the articles of a story amount to. The caller adds ids, summary and revision. */
export type Telling = Pick<
  Story,
  | "title"
  | "leadArticleId"
  | "articleCount"
  | "stage"
  | "certainty"
  | "points"
  | "places"
  | "actors"
  | "openedAt"
  | "lastArticleAt"
>;

/**
 * Tells a story from its articles, and what moved for its readers since it was last told: a function of the articles
 * alone. `before` are the story's articles as they were then (empty when it opens), `after` as they are now (at least
 * one), both in order of arrival; an article that was edited stands in `before` in its earlier form.
 * No movement means that nothing is to be posted.
 */
export function tellStory(
  before: readonly Member[],
  after: readonly Member[],
  ladder: Ladder,
): { readonly telling: Telling; readonly movements: readonly Movement[] } {
  const voices = voicesOf(after);
  const times = after.map((member) => dateOf(member.article).getTime());
  const { stage, certainty, holders } = standingOf(voices, ladder);
  // The title must not lag behind the stage: only voices that tell where the matter stands may lead.
  const leader = leaderOf(holders.length > 0 ? holders : voices).article;
  const telling = {
    title: leader.title,
    leadArticleId: leader.id,
    articleCount: after.length,
    stage: stage?.id ?? null,
    certainty: certainty?.id ?? null,
    points: mostEvidenced(voices, "point"),
    places: mostEvidenced(voices, "place"),
    actors: mostEvidenced(voices, "actor"),
    openedAt: new Date(Math.min(...times)),
    lastArticleAt: new Date(Math.max(...times)),
  };
  const opened: Movement = { kind: "opened", from: null, to: telling.stage, articleId: leader.id, sentence: null };
  return { telling, movements: before.length === 0 ? [opened] : movementsBetween(voicesOf(before), voices, ladder) };
}

/** Ids of the strong and primary tags on an axis, by the number of voices that carry them, then by first appearance. */
function mostEvidenced(voices: readonly Member[], axis: "point" | "place" | "actor"): string[] {
  const counts = new Map<string, number>();
  for (const { tagging } of voices) {
    for (const tag of tagsOn(tagging.tags, axis)) {
      if (tag.primary && tag.strength === "strong") counts.set(tag.id, (counts.get(tag.id) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
