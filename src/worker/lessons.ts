import type { Amendment } from "#model/amendment.ts";
import type { StoredArticle } from "#model/article.ts";
import type { Lessons } from "#pipeline/tag/refit.ts";
import { findIn, type Rules } from "#pipeline/tag/tag.ts";
import type { Labelled } from "#pipeline/tag/tasks.ts";
import { articlesById } from "#store/articles.ts";
import { corrections } from "#store/corrections.ts";
import type { Db } from "#store/engine/database.ts";
import { storyById } from "#store/stories.ts";

/** What is decided of a story, by axis: what was said last holds. */
type Said = Map<Amendment["axis"], readonly string[]>;

/** Places are named, not learned. */
const isLearned = (axis: Amendment["axis"]): boolean => axis !== "place";

/**
 * What those who keep the rules have set right after a moment, or ever: a story is an item, with the text of the article that leads it. A
 * reader's word that nobody acted upon teaches nothing.
 */
export async function lessonsIn(db: Db, rules: Rules, after: Date | null): Promise<Lessons> {
  const stories = new Map<number, { leadArticleId: number; said: Said }>();
  let until: Date | null = null;
  for (const { storyId, applied, at } of await corrections(db)) {
    if (applied === null || !isLearned(applied.axis) || (after !== null && at <= after)) continue;
    // One that was merged into another is that other.
    const story = await storyById(db, storyId);
    if (story === null) continue;
    const known = stories.get(story.id) ?? { leadArticleId: story.leadArticleId, said: new Map() };
    known.said.set(applied.axis, applied.to);
    stories.set(story.id, known);
    until = at;
  }
  const leads = await articlesById(
    db,
    [...stories.values()].map(({ leadArticleId }) => leadArticleId),
  );
  const byId = new Map(leads.map((article) => [article.id, article]));
  const items = [...stories.values()].flatMap(({ leadArticleId, said }) => {
    const lead = byId.get(leadArticleId);
    return lead === undefined ? [] : [lessonOf(lead, said, rules)];
  });
  return { items, until };
}

function lessonOf(article: StoredArticle, said: Said, rules: Rules): Labelled {
  const publisher = rules.pack.feeds.find(({ id }) => id === article.feedId);
  const at = article.publishedAt ?? article.firstSeenAt;
  const findings = findIn(article, rules, publisher);
  return { labels: labelsOf(said), findings, publisher, at, weight: 1 };
}

/** What is set right in a story is right about policy, but where it is said to be none. */
function labelsOf(said: Said): Labelled["labels"] {
  const nothing = { maybe: [], certainty: null, stage: undefined } as const;
  if (said.get("relevance")?.includes("no") === true) return { ...nothing, relevant: "no", points: [], judged: null };
  const points = said.get("point");
  return {
    ...nothing,
    relevant: "yes",
    points: points ?? [],
    judged: points === undefined ? [] : null,
    stage: said.has("stage") ? (said.get("stage")![0] ?? null) : undefined,
    certainty: said.get("certainty")?.[0] ?? null,
  };
}
