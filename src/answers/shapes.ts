import { z } from "zod";

/*
 * What answers are made of, once for all of them: TypeScript's types, the JSON schemas of the interface and those of the tools follow
 * from here.
 */

/** Null where there is none. */
const text = z.string();
export const nullable = text.nullable();
export const count = z.int();
export const moment = z.iso.datetime().describe("A time, in UTC.");
export const day = z.iso.date();
export const texts = z.array(text);

/** ISO 639-1. */
const language = text.nullable();

const span = z.object({ start: count, end: count });

export const pages = z
  .object({ from: count, to: count })
  .optional()
  .describe(
    "Of a PDF: the pages on which it stands, counted from 1; `url` opens the first. Left out of what has none.",
  );

/** Where words stand: every sentence and fact has one. */
export const citation = z.object({
  source: text.describe("The name of the source."),
  primary: z.boolean().describe("Whether it is the source itself: a regulator, a court, a legislature."),
  url: text.describe("The address at which it stands."),
  publishedAt: moment.describe("When the article is from; where it gives no time, when it was first seen."),
  language: language.describe("The language of the words, where that is known."),
  pages,
});

/** A sentence to the letter, with where it stands. */
const citedSentence = citation.extend({
  text,
  articleId: count,
  span: span.describe("Where it stands in the article's text, in UTF-16 units."),
});

/** One article of a story. */
export const source = z.object({
  id: count,
  feed: text.describe("The name of the source."),
  title: text,
  url: text,
  publishedAt: moment.describe("When the article is from; where it gives no time, when it was first seen."),
  primary: z.boolean().describe("Whether it is the source itself: a regulator, a court, a legislature."),
  language: language.describe("The language of the article, where that is known."),
});

/** A story as lists have it. */
export const story = z.object({
  id: count,
  sagaId: count.describe("The running dispute that it belongs to."),
  title: text.describe("The leading source's own title."),
  url: nullable.describe("The leading source's page."),
  headline: text.describe("Where it stands, what is not sure of it, where, and what it is about."),
  articleCount: count,
  stage: nullable,
  certainty: nullable,
  points: texts,
  places: texts,
  actors: texts,
  revision: count.describe("1 when it opens; each movement adds one."),
  revisedAt: moment.describe("When readers were last told of a movement."),
  openedAt: moment,
  lastArticleAt: moment,
  closedAt: moment.nullable(),
  summary: z.array(citedSentence),
  sources: z.array(source),
});

/** How fresh the store is: silence is not "no news". */
export const freshness = z
  .object({ since: moment.nullable(), last: moment.nullable(), feeds: count, failing: count })
  .describe("Since when feeds are read, when one last was, and how many fail: silence is not `no news`.");

export const nextPage = nullable.describe("Leads to the next page; null on the last one.");

/** A page of stories. */
export const storyPage = z.object({ stories: z.array(story), cursor: nextPage, freshness });

const stance = z.object({ pointId: text, side: text }).nullable();

/** What somebody said. */
export const quote = citation.extend({
  articleId: count,
  number: count.describe("Its place among the article's quotes, from 0."),
  kind: z.enum(["verbatim", "position"]).describe("Words in marks, or what they are said to have said."),
  speaker: text,
  office: nullable,
  words: text.describe("The parts in one line."),
  parts: texts.describe("The words as they stand in the article, in order."),
  stance: stance.describe("The side of a friction point that it argues for."),
  title: text.describe("The article's title."),
  feedId: text,
  storyId: count.nullable(),
});
