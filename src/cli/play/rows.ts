import type { StoredArticle } from "#model/article.ts";
import type { SummarySentence } from "#model/story.ts";
import type { Db } from "#store/engine/database.ts";
import { placedArticles } from "#store/placed.ts";
import type { Player, Shown, Told } from "./player.ts";
import { placesIn } from "./spans.ts";

type Name = Player["itemOf"];

/**
 * What was told as one line of JSON: `post`, `edit` or `digest`. Articles go by their items' ids, and offsets count in an item's
 * own text.
 */
export function rowOf(told: Told, itemOf: Name): object {
  const at = told.at.toISOString();
  if (told.kind !== "digest") return { kind: told.kind, at, ...shownRow(told.shown, itemOf) };
  const { mode, folded } = told.digest;
  return { kind: "digest", at, mode, folded, stories: told.shown.map((shown) => shownRow(shown, itemOf)) };
}

function shownRow({ card, story, movements, articles }: Shown, itemOf: Name): object {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const named = (articleId: number) => {
    const article = byId.get(articleId);
    return article === undefined ? null : itemOf(article).id;
  };
  return {
    story: story.id,
    revision: card.revision,
    title: story.title,
    lead: named(story.leadArticleId),
    articles: articles.map((article) => itemOf(article).id),
    stage: story.stage,
    certainty: story.certainty,
    places: story.places,
    points: story.points,
    change: card.change,
    movements: movements.map(({ kind, from, to, articleId }) => ({ kind, from, to, article: named(articleId) })),
    sentences: story.summary.flatMap((sentence) => sentenceRow(sentence, byId.get(sentence.articleId), itemOf)),
  };
}

function sentenceRow({ text, ranges }: SummarySentence, article: StoredArticle | undefined, itemOf: Name): object[] {
  if (article === undefined) return [];
  const item = itemOf(article);
  const places = placesIn(item.text, article.text)(ranges);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return [];
  const row = { article: item.id, start: first[0], end: last[1], text };
  return [places.length === 1 ? row : { ...row, ranges: places }];
}

/** Articles read at once. */
const PAGE = 1_000;

/** How each story ended: a line for each, with the articles that are in it. */
export async function storyRows(db: Db, itemOf: Name): Promise<object[]> {
  const stories = new Map<number, { readonly saga: number; readonly articles: StoredArticle[] }>();
  for (let after = 0; ; ) {
    const page = await placedArticles(db, { after, since: new Date(0), limit: PAGE });
    for (const { storyId, sagaId, article } of page) {
      const story = stories.get(storyId) ?? { saga: sagaId, articles: [] };
      stories.set(storyId, story);
      story.articles.push(article);
    }
    after = page.at(-1)?.placing ?? after;
    if (page.length < PAGE) break;
  }
  return [...stories]
    .toSorted(([a], [b]) => a - b)
    .map(([story, { saga, articles }]) => ({
      kind: "story",
      story,
      saga,
      articles: articles.toSorted((a, b) => a.id - b.id).map((article) => itemOf(article).id),
    }));
}
