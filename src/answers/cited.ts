import { pagesOf } from "#model/citation.ts";
import { feedName, type Pack, primaryIn } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import { keptSpan, type Story, type SummarySentence } from "#model/story.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { type StorySource, sourcesOf } from "#store/sources.ts";
import { lastRevisions } from "#store/stories.ts";
import type { Library } from "./question.ts";

/** What is cited of an article. */
type Standing = Pick<StorySource, "feedId" | "url" | "at"> & Partial<Pick<StorySource, "language">>;

/** Where words stand, with names resolved. */
export const citationOf = ({ feedId, url, at, language = null }: Standing, pack: Pick<Pack, "feeds">) => ({
  source: feedName(feedId, pack),
  primary: primaryIn(pack)(feedId),
  url,
  publishedAt: at,
  language,
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
  const line = { text, ...citationOf(source, pack), articleId, span: { start, end } };
  const pages = pagesOf(source.document, keptSpan(sentence));
  if (pages === null) return line;
  const { url, ...numbers } = pages;
  return { ...line, url, pages: numbers };
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
export function quoteLine({ at, url, ...quote }: CitedQuote, pack: Pick<Pack, "feeds">) {
  return { ...quote, words: wordsOf(quote), ...citationOf({ feedId: quote.feedId, url, at }, pack) };
}
