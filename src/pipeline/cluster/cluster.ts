import { dateOf } from "#model/article.ts";
import type { Tagging } from "#model/tag.ts";
import { isCopy } from "#text/shingles.ts";
import { type Comparison, compareAll, EVIDENCE, sharedStems } from "./evidence.ts";
import { FITTED, type Model } from "./model.ts";
import { type Placeable, readArticle } from "./reading.ts";
import { createWindow } from "./window.ts";

export type { Placeable } from "./reading.ts";

/** Why an article joined: its nearest article in the story, and what spoke for it. */
export type Because = {
  readonly articleId: number;
  /** The text is that article's: one voice, whatever the titles. */
  readonly copy: boolean;
  /** Log-odds that the two tell of one development; 0 is even. */
  readonly odds: number;
  /** Stems that both have in title or lede, rarest first. */
  readonly shared: readonly string[];
  /** What each kind of evidence added to the odds, by name, strongest first. */
  readonly evidence: Readonly<Record<string, number>>;
};

/** Where an article belongs. Without a `storyId` it opens a story, in the saga if there is one. */
export type Placement = {
  readonly storyId: number | null;
  readonly sagaId: number | null;
  readonly because: Because | null;
};

/**
 * Decides which story an article joins, in memory. Its state is a function of the articles of the last WINDOW_DAYS and
 * of the stories they were given, in order of arrival: replaying those rebuilds it, whichever worker does so.
 */
export type StoryIndex = {
  /** Where `article` belongs; changes nothing. */
  place(article: Placeable, tagging: Tagging): Placement;
  /** Remembers an article and its story. An article that is known already is filed anew (moved or edited). */
  add(article: Placeable, tagging: Tagging, storyId: number, sagaId: number): void;
  /** Articles remembered. */
  size(): number;
};

/** Days for which articles are remembered, and counted for the rarity of words. */
export const WINDOW_DAYS = 30;

/** Days without a word after which a development is over: what comes then is the saga's next one. */
export const QUIET_DAYS = 14;

/** Odds at which an article joins a story, and a story joins a saga (judged as if it were the same day). */
const STORY_ODDS = -0.5;
const SAGA_ODDS = -1.5;

/** Odds granted to a story's article that is not even among the candidates. */
const UNLIKE_ODDS = -3;

/** Half of a story must agree, but no more than so many articles: a long story is not harder to join. */
const MOST_VOICES = 8;

const DAY_MS = 86_400_000;

const TIME = EVIDENCE.filter((name) => name.includes("apart"));

type Story = { sagaId: number; readonly articles: Map<number, number> };

/** `model` weighs the evidence; another than the fitted one is for measuring. */
export function createStoryIndex(model: Model = FITTED): StoryIndex {
  const window = createWindow();
  const stories = new Map<number, Story>();
  const storyOf = new Map<number, number>();
  const days = new Map<number, number[]>();
  let latestDay = Number.NEGATIVE_INFINITY;

  function forget(id: number): void {
    window.forget(id);
    const storyId = storyOf.get(id);
    if (storyId === undefined) return;
    storyOf.delete(id);
    const story = stories.get(storyId)!;
    story.articles.delete(id);
    if (story.articles.size === 0) stories.delete(storyId);
  }

  function advanceTo(day: number): void {
    if (day <= latestDay) return;
    latestDay = day;
    for (const [old, ids] of days) {
      if (old > latestDay - WINDOW_DAYS) continue;
      for (const id of ids) forget(id);
      days.delete(old);
    }
  }

  const isOpen = (storyId: number, at: number): boolean =>
    at - Math.max(...stories.get(storyId)!.articles.values()) <= QUIET_DAYS * DAY_MS;

  return {
    size: () => window.size,

    place(article) {
      const reading = readArticle(article);
      const query = window.ask(reading);
      const judged = compareAll(window, query, window.candidates(query)).map((comparison) => ({
        ...comparison,
        odds: oddsOf(model, comparison.evidence),
      }));
      const because = ({ entry, evidence, odds }: Judged): Because => ({
        articleId: entry.id,
        copy: isCopy(entry.reading.sketch, reading.sketch),
        odds,
        shared: sharedStems(window, entry, 6),
        evidence: contributions(model, evidence),
      });
      const joins = (each: Judged): Placement => ({
        storyId: each.entry.storyId,
        sagaId: each.entry.sagaId,
        because: because(each),
      });

      const copied = judged.find(({ entry }) => isCopy(entry.reading.sketch, reading.sketch));
      if (copied) return joins(copied);

      const at = dateOf(article).getTime();
      let best: { odds: number; nearest: Judged } | null = null;
      for (const [storyId, articles] of byStory(judged)) {
        if (!isOpen(storyId, at)) continue;
        const odds = agreement(articles, stories.get(storyId)!.articles.size);
        if (odds >= (best?.odds ?? STORY_ODDS)) best = { odds, nearest: articles[0]! };
      }
      if (best) return joins(best.nearest);

      let saga: Judged | null = null;
      let sagaOdds = SAGA_ODDS;
      for (const each of judged) {
        const odds = each.odds - timeOdds(model, each.evidence);
        if (odds >= sagaOdds) [saga, sagaOdds] = [each, odds];
      }
      return { storyId: null, sagaId: saga?.entry.sagaId ?? null, because: saga && because(saga) };
    },

    add(article, _tagging, storyId, sagaId) {
      forget(article.id);
      const at = dateOf(article).getTime();
      const day = Math.floor(at / DAY_MS);
      advanceTo(day);
      if (day <= latestDay - WINDOW_DAYS) return;
      window.add(article.id, day, readArticle(article), storyId, sagaId);
      storyOf.set(article.id, storyId);
      const story = stories.get(storyId);
      if (story) story.articles.set(article.id, at);
      else stories.set(storyId, { sagaId, articles: new Map([[article.id, at]]) });
      const ids = days.get(day);
      if (ids) ids.push(article.id);
      else days.set(day, [article.id]);
    },
  };
}

type Judged = Comparison & { readonly odds: number };

/** The candidates of each story, most likely first. */
function byStory(judged: readonly Judged[]): Map<number, Judged[]> {
  const stories = new Map<number, Judged[]>();
  for (const each of judged) {
    const articles = stories.get(each.entry.storyId);
    if (articles) articles.push(each);
    else stories.set(each.entry.storyId, [each]);
  }
  for (const articles of stories.values()) articles.sort((a, b) => b.odds - a.odds);
  return stories;
}

/** The mean odds of the more likely half of a story's articles: one look-alike does not speak for a story. */
function agreement(articles: readonly Judged[], size: number): number {
  const voices = Math.min(MOST_VOICES, Math.ceil(size / 2));
  let sum = 0;
  for (let at = 0; at < voices; at++) sum += articles[at]?.odds ?? UNLIKE_ODDS;
  return sum / voices;
}

function oddsOf({ bias, weights }: Model, evidence: Float64Array): number {
  let odds = bias;
  for (let at = 0; at < EVIDENCE.length; at++) odds += weights[EVIDENCE[at]!] * evidence[at]!;
  return odds;
}

const timeOdds = ({ weights }: Model, evidence: Float64Array): number =>
  TIME.reduce((sum, name) => sum + weights[name] * evidence[EVIDENCE.indexOf(name)]!, 0);

function contributions({ weights }: Model, evidence: Float64Array): Record<string, number> {
  const parts = EVIDENCE.map((name, at) => [name, Math.round(weights[name] * evidence[at]! * 100) / 100] as const);
  return Object.fromEntries(parts.filter(([, part]) => part !== 0).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])));
}
