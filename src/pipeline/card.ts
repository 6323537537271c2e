import type { StoredArticle } from "#model/article.ts";
import type { Card } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";

/** Sources listed by name; the rest are counted. Five links fit one line of a phone twice over. */
const LISTED_SOURCES = 5;

type Told = {
  readonly story: Story;
  readonly revision: number;
  readonly movements: readonly Movement[];
  /** The story's articles in order of arrival. */
  readonly articles: readonly StoredArticle[];
};

/** What a message about this revision shows, with every name resolved from the pack. */
export function cardOf({ story, revision, movements, articles }: Told, pack: Pack): Card {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const cited = [story.leadArticleId, ...story.summary.map((sentence) => sentence.articleId)];
  const ordered = [...new Set([...cited, ...byId.keys()])].flatMap((id) => byId.get(id) ?? []);
  const outlets = [...Map.groupBy(ordered, (article) => article.feedId).values()];
  const numberOf = (articleId: number) => outlets.findIndex((outlet) => outlet.some(({ id }) => id === articleId)) + 1;
  const { stages, certainties } = pack.facets;
  return {
    storyId: story.id,
    revision,
    title: story.title,
    url: byId.get(story.leadArticleId)?.url ?? "",
    stage: stages.find(({ id }) => id === story.stage)?.name ?? null,
    certainty: certainties.find(({ id }) => id === story.certainty)?.label ?? null,
    places: story.places,
    points: story.points.map((id) => pack.points.find((point) => point.id === id)?.name ?? id),
    change: revision === 1 ? null : changeOf(movements, byId),
    sentences: story.summary.map(({ text, articleId }) => ({ text, source: numberOf(articleId) })),
    sources: outlets.slice(0, LISTED_SOURCES).flatMap(([article]) => (article ? [sourceOf(article, pack)] : [])),
    moreSources: Math.max(0, outlets.length - LISTED_SOURCES),
    at: story.lastArticleAt,
  };
}

function sourceOf({ feedId, url }: StoredArticle, pack: Pack): Card["sources"][number] {
  const feed = pack.feeds.find(({ id }) => id === feedId);
  return { name: feed?.name ?? new URL(url).hostname, url, primary: feed?.primary ?? false };
}

/** The sentence that shows what moved, as it stands in its source. */
function changeOf(movements: readonly Movement[], articles: ReadonlyMap<number, StoredArticle>): string | null {
  for (const { articleId, sentence } of movements) {
    const text = articles.get(articleId)?.text;
    if (text !== undefined && sentence !== null) return text.slice(sentence.start, sentence.end);
  }
  return null;
}
