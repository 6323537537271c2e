import { hash } from "node:crypto";
import type { Entry, FeedDocument } from "#model/article.ts";
import { LONGEST_AUTHOR, LONGEST_LINK, LONGEST_TEXT, LONGEST_TITLE, MOST_ENCLOSURES } from "#model/limits.ts";
import { cutText } from "#text/cut.ts";

/** HTML may be so many times as long as its text. */
const MARKUP = 4;

const cutOrNone = (text: string | null, limit: number, ending?: string): string | null =>
  text === null ? null : cutText(text, limit, ending);

/** What means nothing unless it is whole. */
const wholeOrNone = (text: string | null, limit: number): string | null =>
  text !== null && text.length > limit ? null : text;

/** An entry with no more of anything than is used of it, however much its feed says: what is handed on is bounded. */
export const boundedEntry = (entry: Entry): Entry => ({
  ...entry,
  // Two long ids must not become one.
  id: entry.id === null || entry.id.length <= LONGEST_LINK ? entry.id : `sha256:${hash("sha256", entry.id)}`,
  title: cutText(entry.title, MARKUP * LONGEST_TITLE),
  link: wholeOrNone(entry.link, LONGEST_LINK),
  author: cutOrNone(entry.author, MARKUP * LONGEST_AUTHOR),
  summary: cutOrNone(entry.summary, LONGEST_TEXT, ""),
  content: cutOrNone(entry.content, LONGEST_TEXT, ""),
  enclosures: entry.enclosures
    .filter(({ url }) => url.length <= LONGEST_LINK)
    .slice(0, MOST_ENCLOSURES)
    .map((enclosure) => ({ ...enclosure, type: wholeOrNone(enclosure.type, LONGEST_TITLE) })),
});

/** The same for what a feed says of itself. */
export const boundedFeed = ({ title, link }: FeedDocument["feed"]): FeedDocument["feed"] => ({
  title: cutOrNone(title, MARKUP * LONGEST_TITLE),
  link: wholeOrNone(link, LONGEST_LINK),
});
