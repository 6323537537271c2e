import { type CitedPages, pagesOf } from "#model/citation.ts";
import {
  localDay,
  type MemoChange,
  type MemoDay,
  type MemoQuiet,
  type MemoSide,
  type MemoSource,
} from "#model/memo.ts";
import { feedName, type Pack } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import { keptSpan, type SummarySentence } from "#model/story.ts";
import { occasionText, quoteOf } from "#pipeline/deadlines/coming.ts";
import type { StandingDay } from "#pipeline/deadlines/standing.ts";
import { voicesOf } from "#pipeline/quotes/voices.ts";
import { changeLine, mostTelling } from "#pipeline/summarize/change.ts";
import { digestLine } from "#pipeline/summarize/digest-line.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { addsNews } from "#pipeline/summarize/news.ts";
import type { Citable } from "#store/articles.ts";
import type { Moved } from "#store/moved.ts";

/** A story that is told, with how much it matters and how many outlets tell it. */
export type Weighed = Moved & { readonly weight: number; readonly outlets: number };

/** When it moved last in the time. */
export const movedAt = ({ revisions }: Moved): Date => revisions.at(-1)!.at;

/** What ids, articles and times are called. */
export type Naming = {
  readonly pack: Pack;
  readonly articles: ReadonlyMap<number, Citable>;
  readonly timeZone: string;
};

const sourceFrom = (
  { feedId, url, at }: Pick<Citable, "feedId" | "url" | "at">,
  { pack, timeZone }: Naming,
  pages: CitedPages | null = null,
): MemoSource => {
  const source = { outlet: feedName(feedId, pack), url, day: localDay(at, timeZone) };
  return pages === null ? source : { ...source, url: pages.url, pages: { from: pages.from, to: pages.to } };
};

/** Its newest state: the sentence of the article that moved it where its summary has one, else the first. */
export function changeFrom({ story, revisions, outlets }: Weighed, point: string | null, naming: Naming): MemoChange {
  const { pack, articles } = naming;
  // Of two that tell as much the newer one.
  const movement = mostTelling(revisions.flatMap(({ movements }) => movements).toReversed());
  const cited = story.summary.filter(({ articleId }) => articles.has(articleId));
  const sentence = cited.find(({ articleId }) => articleId === movement?.articleId) ?? cited[0];
  const url = articles.get(story.leadArticleId)?.url ?? "";
  const sources = cited.map(({ articleId }) => ({ url: articles.get(articleId)?.url ?? "" }));
  const pagesFor = (one: SummarySentence) => pagesOf(articles.get(one.articleId)?.document, keptSpan(one));
  const sentences = cited.map((one, at) => {
    const pages = pagesFor(one);
    return { text: one.text, source: at + 1, ...(pages && { pages }) };
  });
  const line = digestLine({ title: story.title, url, sentences, sources });
  const from = articles.get(sentence?.articleId ?? story.leadArticleId);
  const { stage, certainty, places } = labelsOf(story, pack);
  const also = story.points.filter((id) => id !== point);
  return {
    storyId: story.id,
    stage,
    certainty,
    places,
    moved: movement === null ? null : changeLine(movement, pack),
    line: line.text,
    url: line.url,
    isSaid: sentence !== undefined && !addsNews(line.text, sentence.text),
    sentence: sentence === undefined || !addsNews(sentence.text, line.text) ? null : sentence.text,
    source: sourceFrom(from ?? { feedId: "", url, at: story.lastArticleAt }, naming, sentence && pagesFor(sentence)),
    outlets,
    also: also.map((id) => pack.points.find((each) => each.id === id)?.name ?? id),
  };
}

const MOST_VOICES = 4;

/** Fewer words say nothing by themselves. */
const LEAST_WORDS = 6;

/** Whether it can stand alone: by somebody with a name ("the company" is nobody there), and long enough to say something. */
const standsAlone = (quote: CitedQuote): boolean =>
  /^\p{Lu}/u.test(quote.speaker) && wordsOf(quote).split(" ").length >= LEAST_WORDS;

/** The sides of a point in the pack's order, each with who spoke for it; then, where there is room, who spoke for none. */
export function sidesOf(id: string | null, quotes: readonly CitedQuote[], naming: Naming): readonly MemoSide[] {
  const here = quotes.filter(({ stance }) => stance === null || stance.pointId === id);
  const chosen = id === null ? [] : voicesOf(here.filter(standsAlone), MOST_VOICES);
  const sides = naming.pack.points.find((point) => point.id === id)?.sides ?? [];
  const said = (side: string | null): MemoSide => ({
    side,
    voices: chosen.filter(({ stance }) => (stance?.side ?? null) === side).map((quote) => voiceFrom(quote, naming)),
  });
  if (chosen.length === 0) return [];
  const [neither] = [said(null)];
  const argued = sides.map(({ name }) => said(name));
  // Where nobody argues for either there are no sides to show.
  return argued.every(({ voices }) => voices.length === 0)
    ? [neither]
    : [...argued, ...(neither.voices.length === 0 ? [] : [neither])];
}

const voiceFrom = (quote: CitedQuote, naming: Naming) => ({
  speaker: quote.speaker,
  office: quote.office,
  isVerbatim: quote.kind === "verbatim",
  words: wordsOf(quote),
  source: sourceFrom(quote, naming),
});

export function dayFrom(day: StandingDay, naming: Naming): MemoDay {
  const [claim] = day.claims;
  return {
    day: new Date(day.day),
    what: occasionText(day),
    quote: quoteOf(day),
    source: sourceFrom(claim, naming),
    storyId: day.storyId,
  };
}

export const quietFrom = (moved: Weighed, { pack, articles, timeZone }: Naming): MemoQuiet => ({
  storyId: moved.story.id,
  title: moved.story.title,
  url: articles.get(moved.story.leadArticleId)?.url ?? "",
  stage: labelsOf(moved.story, pack).stage,
  movedOn: localDay(movedAt(moved), timeZone),
});
