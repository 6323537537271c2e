import { dateOf } from "#model/article.ts";
import type { Movement, Story } from "#model/story.ts";
import { type Reach, type Support, USUAL_SUPPORT } from "#model/weights.ts";
import { once } from "#text/once.ts";
import { tellingNow } from "./leader.ts";
import type { Member } from "./member.ts";
import type { Membership } from "./membership.ts";
import { movementsBetween } from "./movements.ts";
import { isFurther, reachOf } from "./reach.ts";
import { sourcesOf } from "./sources.ts";
import { type Ladder, standingOf } from "./standing.ts";

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
 * alone. `before` are the story's members as they were then (none when it opens), `after` as they are now (at least
 * one); an article that was edited stands in `before` in its earlier form. No movement means that nothing is to be posted.
 * `sources` are what a summary is to be made from, the leading one first. A story opens for readers when its voices are sure enough
 * to reach them: what came before was not told.
 */
export function tellStory(
  before: Membership,
  after: Membership,
  ladder: Ladder,
  support: Support = USUAL_SUPPORT,
): {
  readonly telling: Telling;
  readonly movements: readonly Movement[];
  readonly sources: readonly Member[];
  readonly reach: Reach;
} {
  const { members, voices } = after;
  const times = members.map((member) => dateOf(member.article).getTime());
  const standing = standingOf(voices, ladder);
  const { stage, certainty } = standing;
  const { leader: leading, tellers } = tellingNow(voices, standing);
  const leader = leading.article;
  const telling = {
    title: leader.title,
    leadArticleId: leader.id,
    articleCount: members.length,
    stage: stage?.id ?? null,
    certainty: certainty?.id ?? null,
    points: mostEvidenced(voices, "point"),
    places: mostEvidenced(voices, "place"),
    actors: mostEvidenced(voices, "actor"),
    openedAt: new Date(Math.min(...times)),
    lastArticleAt: new Date(Math.max(...times)),
  };
  const opened: Movement = { kind: "opened", from: null, to: telling.stage, articleId: leader.id, sentence: null };
  const reach = reachOf(voices, support);
  const opens = before.members.length === 0 || isFurther(reach, reachOf(before.voices, support));
  const movements = opens ? [opened] : movementsBetween(before.voices, voices, ladder);
  return { telling, movements, sources: sourcesOf(after, leader.id, tellers), reach };
}

/** Ids of the strong and primary tags on an axis, by the number of voices that carry them, then by first appearance. */
function mostEvidenced(voices: readonly Member[], axis: "point" | "place" | "actor"): string[] {
  const counts = new Map<string, number>();
  for (const { id } of voices.flatMap((voice) => countedTags(voice)[axis] ?? []))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

const countedTags = once(({ tagging }: Member) =>
  Object.groupBy(
    tagging.tags.filter(({ primary, strength }) => primary && strength === "strong"),
    ({ axis }) => axis,
  ),
);
