import { dateOf } from "#model/article.ts";
import type { Facets } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";
import { idOn, type Span, type Tag, tagsOn } from "#model/tag.ts";
import { leaderOf } from "./leader.ts";
import type { Member } from "./member.ts";

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

/** Stages and certainties in their order, from the pack. */
export type Ladder = Pick<Facets, "stages" | "certainties">;

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
  const telling = tell(after, ladder);
  return { telling, movements: movementsBetween(before, after, telling, ladder) };
}

function tell(members: readonly Member[], ladder: Ladder): Telling {
  const leader = leaderOf(members).article;
  const times = members.map((member) => dateOf(member.article).getTime());
  const { stage, certainty } = standing(members, ladder);
  return {
    title: leader.title,
    leadArticleId: leader.id,
    articleCount: members.length,
    stage,
    certainty,
    points: mostEvidenced(members, "point"),
    places: mostEvidenced(members, "place"),
    actors: mostEvidenced(members, "actor"),
    openedAt: new Date(Math.min(...times)),
    lastArticleAt: new Date(Math.max(...times)),
  };
}

/** The furthest stage that any article reports, and the firmest certainty among the articles that report it. */
function standing(members: readonly Member[], { stages, certainties }: Ladder): Pick<Story, "stage" | "certainty"> {
  const reported = new Set(members.map((member) => idOn(member.tagging.tags, "stage")));
  const stage = last(stages, reported);
  const holders = members.filter((member) => idOn(member.tagging.tags, "stage") === stage);
  return {
    stage,
    certainty: first(certainties, new Set(holders.map((member) => idOn(member.tagging.tags, "certainty")))),
  };
}

type Step = { readonly id: string; readonly order: number };

/** Of the steps with one of `ids`, the one of the lowest order; null when there is none. */
function first(steps: readonly Step[], ids: ReadonlySet<string | null>): string | null {
  return steps.filter((step) => ids.has(step.id)).sort((a, b) => a.order - b.order)[0]?.id ?? null;
}

function last(steps: readonly Step[], ids: ReadonlySet<string | null>): string | null {
  return first(
    steps.map(({ id, order }) => ({ id, order: -order })),
    ids,
  );
}

/** Ids of the strong and primary tags on an axis, by the number of articles that carry them, then by first appearance. */
function mostEvidenced(members: readonly Member[], axis: "point" | "place" | "actor"): string[] {
  const counts = new Map<string, number>();
  for (const { tagging } of members) {
    for (const tag of tagsOn(tagging.tags, axis)) {
      if (tag.primary && tag.strength === "strong") counts.set(tag.id, (counts.get(tag.id) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

function movementsBetween(
  before: readonly Member[],
  after: readonly Member[],
  now: Telling,
  ladder: Ladder,
): readonly Movement[] {
  if (before.length === 0) {
    return [{ kind: "opened", from: null, to: now.stage, articleId: now.leadArticleId, sentence: null }];
  }
  const then = tell(before, ladder);
  const movements: Movement[] = [];
  const moved = (kind: Movement["kind"], from: string | null, to: string | null, shown: Shown | null) =>
    movements.push({
      kind,
      from,
      to,
      articleId: shown?.articleId ?? now.leadArticleId,
      sentence: shown?.sentence ?? null,
    });

  if (now.stage !== then.stage) moved("stage", then.stage, now.stage, showing(after, "stage", now.stage));
  else if (now.certainty !== then.certainty) {
    moved("certainty", then.certainty, now.certainty, showing(after, "certainty", now.certainty));
  }
  for (const point of now.points) {
    if (!then.points.includes(point)) moved("point", null, point, showing(after, "point", point));
  }
  const primary = after.find((member) => member.primary);
  if (primary && !before.some((member) => member.primary)) {
    moved("primary", null, primary.article.feedId, { articleId: primary.article.id, sentence: null });
  }
  return movements;
}

type Shown = { readonly articleId: number; readonly sentence: Span | null };

/** The first article that carries a tag, and the sentence of its text that proves it. */
function showing(members: readonly Member[], axis: Tag["axis"], id: string | null): Shown | null {
  for (const { article, tagging } of members) {
    const tag = tagging.tags.find((each) => each.axis === axis && each.id === id);
    if (!tag) continue;
    return { articleId: article.id, sentence: tag.evidence.find((each) => each.field === "text")?.sentence ?? null };
  }
  return null;
}
