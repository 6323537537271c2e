import { feedName, type Pack, primaryIn } from "#model/pack.ts";
import { type CitedQuote, wordsOf } from "#model/quote.ts";
import type { Story } from "#model/story.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { type StorySource, sourcesOf } from "#store/sources.ts";
import type { Library } from "./question.ts";

/** What is cited of an article. */
type Standing = Pick<StorySource, "feedId" | "url" | "at">;

/** Where words stand, with names resolved. */
export const citationOf = ({ feedId, url, at }: Standing, pack: Pick<Pack, "feeds">) => ({
  source: feedName(feedId, pack),
  primary: primaryIn(pack)(feedId),
  url,
  publishedAt: at,
});

/** Stories as lists have them: names resolved, each sentence of the summary with where it stands. */
export async function storyLines(stories: readonly Story[], { db, pack }: Pick<Library, "db" | "pack">) {
  const sources = await sourcesOf(
    db,
    stories.map(({ id }) => id),
  );
  return stories.map((story) => storyLine(story, sources.get(story.id) ?? [], pack));
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
    summary: summary.flatMap(({ text, articleId, start, end }) => {
      const standing = byId.get(articleId);
      return standing === undefined ? [] : [{ text, ...citationOf(standing, pack), articleId, span: { start, end } }];
    }),
    sources: sources.map((source) => sourceLine(source, pack)),
  };
}

/** One article of a story. */
const sourceLine = ({ id, feedId, title, url, at }: StorySource, pack: Pick<Pack, "feeds">) => ({
  id,
  feed: feedName(feedId, pack),
  title,
  url,
  publishedAt: at,
  primary: primaryIn(pack)(feedId),
});

/** A quote with where it stands. */
export function quoteLine({ at, url, ...quote }: CitedQuote, pack: Pick<Pack, "feeds">) {
  return { ...quote, words: wordsOf(quote), ...citationOf({ feedId: quote.feedId, url, at }, pack) };
}
