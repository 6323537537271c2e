import type { Article, Entry, FeedDocument } from "#model/article.ts";
import type { Feed, IdentityKind } from "#model/feed.ts";
import { languageOf } from "#text/language.ts";
import { mendText } from "#text/mojibake.ts";
import { plainLine, plainText } from "#text/plain-text.ts";
import { textHash } from "#text/text-hash.ts";
import { canonicalUrl } from "./canonical-url.ts";
import { chooseIdentity, type Identified, identify, keysOf } from "./identity.ts";

export type Normalized = {
  readonly articles: Article[];
  /** What identifies this feed's entries; pin it in the feed's state at the first poll. */
  readonly identity: IdentityKind;
};

/** A title made from text stays a line. */
const LONGEST_TITLE = 120;

/** No feed is older than the Web; dates before it are a server's zero. */
const EARLIEST = Date.UTC(1990, 0, 1);

function dateFrom(text: string | null): Date | null {
  const date = text === null ? null : new Date(text);
  return date === null || Number.isNaN(date.getTime()) || date.getTime() < EARLIEST ? null : date;
}

/** The fuller of the two texts that a feed may give. */
function textOf({ summary, content }: Entry): Pick<Article, "text" | "textFrom"> {
  const short = plainText(mendText(summary ?? ""));
  const full = plainText(mendText(content ?? ""));
  return full.length > short.length ? { text: full, textFrom: "content" } : { text: short, textFrom: "summary" };
}

/** An entry's title, or for those without one the beginning of its text. */
function titleOf(entry: Entry, text: string, feed: Feed): string {
  const title = plainLine(mendText(entry.title));
  if (title !== "") return title;
  const line = text.split("\n", 1)[0] ?? "";
  if (line === "") return feed.name;
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, "")} …`;
}

function toArticle(identified: Identified, identity: IdentityKind, feed: Feed, firstSeenAt: Date): Article {
  const { entry } = identified;
  const { text, textFrom } = textOf(entry);
  const title = titleOf(entry, text, feed);
  const url =
    [entry.link, entry.enclosures[0]?.url].find((link) => link != null && canonicalUrl(link) !== null) ?? feed.site;
  return {
    feedId: feed.id,
    keys: keysOf(identified, identity),
    url,
    canonicalUrl: canonicalUrl(url) ?? url,
    title,
    text,
    textFrom,
    author: entry.author === null ? null : plainLine(mendText(entry.author)) || null,
    publishedAt: dateFrom(entry.published) ?? dateFrom(entry.updated),
    updatedAt: dateFrom(entry.updated),
    firstSeenAt,
    language: languageOf(`${title}\n${text}`),
    textHash: textHash(title, text),
  };
}

/** A document's entries as articles, in its order. `identity` is what the feed's state has pinned, null at first sight. */
export function normalize(
  document: FeedDocument,
  feed: Feed,
  options: { readonly identity: IdentityKind | null; readonly firstSeenAt: Date },
): Normalized {
  const home = [feed.url, feed.site, ...(document.feed.link === null ? [] : [document.feed.link])];
  const entries = identify(document.entries, home);
  const identity = options.identity ?? chooseIdentity(entries);
  return { identity, articles: entries.map((entry) => toArticle(entry, identity, feed, options.firstSeenAt)) };
}
