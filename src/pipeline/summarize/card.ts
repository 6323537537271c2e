import type { StoredArticle } from "#model/article.ts";
import type { Card, CitedText } from "#model/delivery.ts";
import type { Feed } from "#model/feed.ts";
import { MOST_SUMMARISED } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import type { Movement, Story } from "#model/story.ts";
import { keyOf } from "#text/amounts.ts";
import { amountsOf, textSketch } from "#text/reading.ts";
import { isCopy, type Sketch, sketchKey } from "#text/shingles.ts";
import { candidatesOf } from "./candidates.ts";
import { changeOf } from "./change.ts";
import { conflictsIn, type Figure } from "./conflicts.ts";
import { headlineOf } from "./headline.ts";

/** Sources listed by name; the rest are counted. Five links fit one line of a phone twice over. */
const LISTED_SOURCES = 5;

type Told = {
  readonly story: Story;
  /** The line that says what it belongs to; absent where it stands alone. */
  readonly saga?: string | null;
  readonly revision: number;
  readonly movements: readonly Movement[];
  /** The story's articles in order of arrival. */
  readonly articles: readonly StoredArticle[];
  /** Those whose text had arrived before, where that is known already. */
  readonly reprints?: ReadonlySet<number>;
};

/** What a message about this revision shows, with every name resolved from the pack. */
export function cardOf(
  { story, saga = null, revision, movements, articles, reprints = reprintsAmong(articles) }: Told,
  pack: Pack,
): Card {
  const feeds = new Map(pack.feeds.map((feed) => [feed.id, feed]));
  const isPrimary = ({ feedId }: StoredArticle) => feeds.get(feedId)?.primary === true;
  const byId = new Map(articles.map((article) => [article.id, article]));
  const cited = [story.leadArticleId, ...story.summary.map((sentence) => sentence.articleId)];
  const all = [...new Set([...cited, ...byId.keys()])].flatMap((id) => byId.get(id) ?? []);
  const shown = all.filter(({ id }) => cited.includes(id));
  // What was cited instead of the text that had arrived before it takes that one's place.
  const preferred = shown.filter(({ id }) => reprints.has(id)).map((article) => textSketch(article));
  const isShown = (article: StoredArticle) => preferred.some((sketch) => isCopy(sketch, textSketch(article)));
  // Those who print one wire report are one source, whatever they title it; a primary source speaks for itself.
  const ordered = all.filter(
    (article) => shown.includes(article) || isPrimary(article) || !(reprints.has(article.id) || isShown(article)),
  );
  const outlets = [...Map.groupBy(ordered, (article) => article.feedId).values()];
  const numberOf = (articleId: number) => outlets.findIndex((outlet) => outlet.some(({ id }) => id === articleId)) + 1;
  const { stages, certainties } = pack.facets;
  const read = readForConflicts(ordered, new Set(outlets.slice(0, LISTED_SOURCES).flat())).map((article) => ({
    ...article,
    primary: isPrimary(article),
    stored: article,
  }));
  // A primary source that gives one of the figures settles which it is.
  const primary = ordered.filter(isPrimary);
  const settled = new Set(primary.flatMap((article) => amountsOf(article).map(keyOf)));
  const isSettled = (figure: Figure) => settled.has(keyOf(figure));
  const conflicts = conflictsIn(candidatesOf(read), read).filter((pair) => !pair.some(isSettled));
  const citing = ({ text, articleId }: Cited): CitedText => ({ text, source: numberOf(articleId) });
  return {
    storyId: story.id,
    revision,
    title: story.title,
    url: byId.get(story.leadArticleId)?.url ?? "",
    saga,
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
    sources: outlets
      .slice(0, LISTED_SOURCES)
      .flatMap(([article]) => (article ? [sourceOf(article, feeds.get(article.feedId))] : [])),
    moreSources: Math.max(0, outlets.length - LISTED_SOURCES),
    at: story.lastArticleAt,
  };
}

type Cited = { readonly text: string; readonly articleId: number };

/** Of a story that was read from its first article, those whose text had arrived before. */
function reprintsAmong(articles: readonly StoredArticle[]): ReadonlySet<number> {
  const reprints = new Set<number>();
  const earlier = new Map<string, Sketch>();
  for (const article of articles) {
    const sketch = textSketch(article);
    const key = sketchKey(sketch);
    if (key === null) continue;
    if (earlier.has(key) || [...earlier.values()].some((other) => isCopy(other, sketch))) reprints.add(article.id);
    earlier.set(key, sketch);
  }
  return reprints;
}

/** The articles whose figures are compared: of many only those of outlets that the card lists, as none but theirs are shown. */
function readForConflicts(
  ordered: readonly StoredArticle[],
  listed: ReadonlySet<StoredArticle>,
): readonly StoredArticle[] {
  if (ordered.length <= MOST_SUMMARISED) return ordered;
  return ordered.filter((article) => listed.has(article)).slice(0, MOST_SUMMARISED);
}

function sourceOf(article: StoredArticle, feed: Feed | undefined): Card["sources"][number] {
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
