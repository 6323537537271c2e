import { dateOf, type StoredArticle } from "#model/article.ts";
import { pagesOf } from "#model/citation.ts";
import type { Card, CitedText } from "#model/delivery.ts";
import type { Feed } from "#model/feed.ts";
import { MOST_SUMMARISED } from "#model/limits.ts";
import type { Pack } from "#model/pack.ts";
import { keptSpan, type Movement, type Story } from "#model/story.ts";
import type { Span } from "#model/tag.ts";
import { keyOf } from "#text/amounts.ts";
import { nameOfLanguage } from "#text/language.ts";
import { amountsOf, textSketch } from "#text/reading.ts";
import { isCopy, type Sketch, sketchKey } from "#text/shingles.ts";
import { candidatesOf } from "./candidates.ts";
import { changeLine, mostTelling } from "./change.ts";
import { type Conflict, conflictsIn } from "./conflicts.ts";
import { headlineOf } from "./headline.ts";
import { labelsOf } from "./labels.ts";

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
  /** Days on which its sources differ. */
  readonly days?: readonly (readonly [Cited, Cited])[];
  /** Those whose text had arrived before, where that is known already. */
  readonly reprints?: ReadonlySet<number>;
  /** A day to come stands in it. */
  readonly hasDays?: boolean;
};

/** What a message about this revision shows, with every name resolved from the pack. */
export function cardOf(
  {
    story,
    saga = null,
    revision,
    movements,
    articles,
    days = [],
    reprints = reprintsAmong(articles),
    hasDays = false,
  }: Told,
  pack: Pack,
): Card {
  const feeds = new Map(pack.feeds.map((feed) => [feed.id, feed]));
  const isPrimary = ({ feedId }: StoredArticle) => feeds.get(feedId)?.primary === true;
  const byId = new Map(articles.map((article) => [article.id, article]));
  const labels = labelsOf(story, pack);
  const moved = revision === 1 ? null : mostTelling(movements);
  const told = sentencesOf(story, byId.get(moved?.articleId ?? -1));
  const cited = [...told.map((sentence) => sentence.articleId), story.leadArticleId];
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
  const read = readForConflicts(ordered, new Set(outlets.slice(0, LISTED_SOURCES).flat())).map((article) => ({
    ...article,
    primary: isPrimary(article),
    stored: article,
  }));
  const conflicts: readonly (readonly [Cited, Cited])[] = [
    ...unsettled(conflictsIn(candidatesOf(read), read), ordered.filter(isPrimary)),
    ...days,
  ];
  const figures = conflicts.flat().flatMap(({ articleId }) => byId.get(articleId) ?? []);
  const listed = listedAmong(shown, figures, outlets);
  const citing = ({ text, articleId, ...span }: Cited): CitedText => {
    const pages = pagesOf(byId.get(articleId)?.document, span);
    return { text, source: listed.findIndex(({ id }) => id === articleId) + 1, ...(pages && { pages }) };
  };
  const dating = (figure: Cited) => ({ ...citing(figure), at: dateOf(byId.get(figure.articleId)!) });
  return {
    storyId: story.id,
    revision,
    title: story.title,
    url: byId.get(story.leadArticleId)?.url ?? "",
    saga,
    headline: headlineOf(labels),
    ...labels,
    change: moved === null ? null : changeLine(moved, pack),
    sentences: told.map(citing),
    conflicts: conflicts
      .map(([a, b]) => ({ figures: [dating(a), dating(b)] as const }))
      .filter(({ figures }) => figures.every(({ source }) => source > 0)),
    sources: listed.map((article) => sourceOf(article, feeds.get(article.feedId))),
    moreSources: outlets.length - new Set(listed.map(({ feedId }) => feedId)).size,
    at: story.lastArticleAt,
    hasDays,
  };
}

/**
 * Conflicts that no primary source has settled: one does by giving a figure of the pair, or another of its own for the same thing, which
 * is what differs from one of the pair.
 */
function unsettled(conflicts: readonly Conflict[], primary: readonly StoredArticle[]): readonly Conflict[] {
  const given = new Set(primary.flatMap((article) => amountsOf(article).map(keyOf)));
  const refuted = conflicts.flatMap((pair) => (pair.some((figure) => figure.primary) ? pair.map(keyOf) : []));
  const settled = new Set([...given, ...refuted]);
  return conflicts.filter((pair) => !pair.some((figure) => settled.has(keyOf(figure))));
}

/** Words of an article, and where in its text they stand; a title stands in none. */
type Cited = Partial<Span> & { readonly text: string; readonly articleId: number };

/** What is said of a story: its summary; where the article that moved it has no sentence there, its title first, unless that leads the card. */
function sentencesOf({ summary, leadArticleId }: Story, mover: StoredArticle | undefined): readonly Cited[] {
  const told = summary.map((sentence) => ({ ...sentence, ...keptSpan(sentence) }));
  if (mover === undefined || mover.id === leadArticleId || told.some(({ articleId }) => articleId === mover.id))
    return told;
  return [{ text: mover.title, articleId: mover.id }, ...told];
}

/** The articles that a card links to, each with a number of its own: those whose words it shows, then the first of each other outlet. */
function listedAmong(
  shown: readonly StoredArticle[],
  figures: readonly StoredArticle[],
  outlets: readonly (readonly StoredArticle[])[],
): readonly StoredArticle[] {
  const cited = new Set([...shown, ...figures]);
  const others = outlets.filter((outlet) => !outlet.some((article) => cited.has(article)));
  return [...cited, ...others.flatMap(([first]) => first ?? [])].slice(0, LISTED_SOURCES);
}

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
  const name = feed?.name ?? new URL(article.url).hostname;
  const { language } = article;
  // Its sentences stay in its language, and readers are told which that is.
  return {
    name: language == null || language === "en" ? name : `${name} (${nameOfLanguage(language)})`,
    url: article.url,
    primary: feed?.primary ?? false,
  };
}
