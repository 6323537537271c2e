import { type CitedPages, pagesOf } from "#model/citation.ts";
import { feedName, type Pack, primaryIn } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import { keptSpan, type Story, type SummarySentence } from "#model/story.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { type StorySource, sourcesOf } from "#store/sources.ts";
import { lastRevisions } from "#store/stories.ts";
import type { Library } from "./question.ts";

/** What is cited of an article, and on which pages of its document the words stand, if on any. */
type Standing = Pick<StorySource, "feedId" | "url" | "at"> &
  Partial<Pick<StorySource, "language">> & { readonly pages?: CitedPages | null | undefined };

/** Where words stand, with names resolved: of a document at the page. */
export const citationOf = (
  { feedId, url, at, language = null, pages = null }: Standing,
  pack: Pick<Pack, "feeds">,
) => ({
  source: feedName(feedId, pack),
  primary: primaryIn(pack)(feedId),
  url: pages?.url ?? url,
  publishedAt: at,
  language,
  ...(pages !== null && { pages: { from: pages.from, to: pages.to } }),
});

/** Stories as lists have them: names resolved, each sentence of the summary with where it stands. */
export async function storyLines(stories: readonly Story[], { db, pack }: Pick<Library, "db" | "pack">) {
  const ids = stories.map(({ id }) => id);
  const sources = await sourcesOf(db, ids);
  const revised = await lastRevisions(db, ids);
  return stories.map((story) => ({
    ...storyLine(story, sources.get(story.id) ?? [], pack),
    revisedAt: revised.get(story.id) ?? story.openedAt,
  }));
}

function storyLine({ leadArticleId, summary, ...story }: Story, sources: readonly StorySource[], pack: Pack) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const { id, sagaId, title, ...rest } = story;
  return {
    id,
    sagaId,
    title,
    url: byId.get(leadArticleId)?.url ?? null,
    headline: headlineOf(labelsOf(story, pack)),
    ...rest,
    summary: summary.flatMap((sentence) => {
      const source = byId.get(sentence.articleId);
      return source === undefined ? [] : [sentenceLine(sentence, source, pack)];
    }),
    sources: sources.map((source) => sourceLine(source, pack)),
  };
}

/** A sentence with where it stands, of a document on which pages. */
function sentenceLine(sentence: SummarySentence, source: StorySource, pack: Pick<Pack, "feeds">) {
  const { text, articleId, start, end } = sentence;
  const pages = pagesOf(source.document, keptSpan(sentence));
  return { text, ...citationOf({ ...source, pages }, pack), articleId, span: { start, end } };
}

/** One article of a story. */
const sourceLine = ({ id, feedId, title, url, at, language }: StorySource, pack: Pick<Pack, "feeds">) => ({
  id,
  feed: feedName(feedId, pack),
  title,
  url,
  publishedAt: at,
  primary: primaryIn(pack)(feedId),
  language,
});

/** A quote with where it stands. */
export function quoteLine({ at, url, pages, ...quote }: CitedQuote, pack: Pick<Pack, "feeds">) {
  return { ...quote, words: wordsOf(quote), ...citationOf({ feedId: quote.feedId, url, at, pages }, pack) };
}
