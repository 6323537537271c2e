import type { StoredArticle } from "#model/article.ts";
import type { Card, CitedText } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";
import { copiesAmong } from "#text/shingles.ts";
import { candidatesOf } from "./candidates.ts";
import { changeOf } from "./change.ts";
import { conflictsIn } from "./figures.ts";
import { headlineOf } from "./headline.ts";

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
  const all = [...new Set([...cited, ...byId.keys()])].flatMap((id) => byId.get(id) ?? []);
  // Those who print one wire report are one source, whatever they title it; a primary source speaks for itself.
  const copies = copiesAmong(all.map(({ text }) => text));
  const ordered = all.filter(
    (article, at) => !copies[at] || cited.includes(article.id) || feedOf(article, pack)?.primary === true,
  );
  const outlets = [...Map.groupBy(ordered, (article) => article.feedId).values()];
  const numberOf = (articleId: number) => outlets.findIndex((outlet) => outlet.some(({ id }) => id === articleId)) + 1;
  const { stages, certainties } = pack.facets;
  const told = ordered.map((article) => ({ ...article, primary: feedOf(article, pack)?.primary ?? false }));
  // A primary source that gives one of the figures settles which it is.
  const primary = told.filter((article) => article.primary);
  const isSettled = (figure: { readonly text: string }) => primary.some(({ text }) => text.includes(figure.text));
  const conflicts = conflictsIn(candidatesOf(told), told).filter((pair) => !pair.some(isSettled));
  const citing = ({ text, articleId }: Cited): CitedText => ({ text, source: numberOf(articleId) });
  return {
    storyId: story.id,
    revision,
    title: story.title,
    url: byId.get(story.leadArticleId)?.url ?? "",
    headline: headlineOf(story, pack),
    stage: stages.find(({ id }) => id === story.stage)?.name ?? null,
    certainty: certainties.find(({ id }) => id === story.certainty)?.label ?? null,
    places: story.places,
    points: story.points.map((id) => pack.points.find((point) => point.id === id)?.name ?? id),
    change: revision === 1 ? null : changeText(movements, byId, pack),
    sentences: story.summary.map(citing),
    conflicts: conflicts
      .map(([a, b]) => ({ figures: [citing(a), citing(b)] as const }))
      .filter(({ figures }) => figures.every(({ source }) => source <= LISTED_SOURCES)),
    sources: outlets.slice(0, LISTED_SOURCES).flatMap(([article]) => (article ? [sourceOf(article, pack)] : [])),
    moreSources: Math.max(0, outlets.length - LISTED_SOURCES),
    at: story.lastArticleAt,
  };
}

type Cited = { readonly text: string; readonly articleId: number };

const feedOf = ({ feedId }: StoredArticle, pack: Pack) => pack.feeds.find(({ id }) => id === feedId);

function sourceOf(article: StoredArticle, pack: Pack): Card["sources"][number] {
  const feed = feedOf(article, pack);
  return { name: feed?.name ?? new URL(article.url).hostname, url: article.url, primary: feed?.primary ?? false };
}

/** `Threatened → Proposed: "The department has proposed an order."`: what moved, and the words of the source that show it. */
function changeText(
  movements: readonly Movement[],
  articles: ReadonlyMap<number, StoredArticle>,
  pack: Pack,
): string | null {
  const change = changeOf(movements, (id) => articles.get(id)?.text, pack);
  if (change === null) return null;
  // Where no sentence of the text shows it, or the text is no longer kept, the title of the article that brought it does.
  const shown = change.sentence?.text || articles.get(change.articleId)?.title;
  return shown === undefined ? `${change.line}.` : `${change.line}: “${shown}”`;
}
