import { hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Article, Entry, FeedDocument } from "#model/article.ts";
import type { Feed, IdentityKind } from "#model/feed.ts";
import {
  LONGEST_AUTHOR,
  LONGEST_LINK,
  LONGEST_MADE_TITLE,
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_ENTRIES,
} from "#model/limits.ts";
import { cutText } from "#text/cut.ts";
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
  /** One of each entry that was read, known or not. */
  readonly fingerprints: readonly string[];
};

/** 66 bits: of a feed's entries no two will ever share one by chance. */
const FINGERPRINT_CHARACTERS = 11;

/** No feed is older than the Web; dates before it are a server's zero. */
const EARLIEST = Date.UTC(1990, 0, 1);

function dateFrom(text: string | null): Date | null {
  const date = text === null ? null : new Date(text);
  return date === null || Number.isNaN(date.getTime()) || date.getTime() < EARLIEST ? null : date;
}

/** The fuller of the two texts that a feed may give. */
function textOf({ summary, content }: Entry): Pick<Article, "text" | "textFrom"> {
  const short = plainText(mendText(cutText(summary ?? "", LONGEST_TEXT, "")));
  const full = plainText(mendText(cutText(content ?? "", LONGEST_TEXT, "")));
  return full.length > short.length ? { text: full, textFrom: "content" } : { text: short, textFrom: "summary" };
}

/** HTML as one line of so many characters; four times as many of HTML hold all of it that is text. */
const lineOf = (html: string, limit: number): string => cutText(plainLine(mendText(cutText(html, 4 * limit))), limit);

/** An entry's title, or for those without one the beginning of its text. */
function titleOf(entry: Entry, text: string, feed: Feed): string {
  const title = lineOf(entry.title, LONGEST_TITLE);
  if (title !== "") return title;
  const line = text.split("\n", 1)[0] ?? "";
  if (line === "") return feed.name;
  if (line.length <= LONGEST_MADE_TITLE) return line;
  const cut = cutText(line, LONGEST_MADE_TITLE, "");
  const space = cut.lastIndexOf(" ");
  return `${space === -1 ? cut : cut.slice(0, space)} …`;
}

function toArticle(identified: Identified, identity: IdentityKind, feed: Feed, firstSeenAt: Date): Article {
  const { entry } = identified;
  const { text, textFrom } = textOf(entry);
  const title = titleOf(entry, text, feed);
  const url =
    [entry.link, entry.enclosures[0]?.url].find(
      (link) => link != null && link.length <= LONGEST_LINK && canonicalUrl(link) !== null,
    ) ?? feed.site;
  return {
    feedId: feed.id,
    keys: keysOf(identified, identity),
    url,
    canonicalUrl: canonicalUrl(url) ?? url,
    title,
    text,
    textFrom,
    author: entry.author === null ? null : lineOf(entry.author, LONGEST_AUTHOR) || null,
    publishedAt: dateFrom(entry.published) ?? dateFrom(entry.updated),
    updatedAt: dateFrom(entry.updated),
    firstSeenAt,
    language: languageOf(`${title}\n${text}`) ?? feed.language ?? null,
    textHash: textHash(title, text),
  };
}

/** What tells an entry from what it says after any edit. */
const fingerprintOf = (entry: Entry): string =>
  hash("sha256", JSON.stringify(entry), "base64url").slice(0, FINGERPRINT_CHARACTERS);

/** The newest entries of a document that has too many. */
function newest(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  const dateOf = ({ published, updated }: Entry): string => published ?? updated ?? "";
  return entries
    .toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : dateOf(a) > dateOf(b) ? -1 : 0))
    .slice(0, MOST_ENTRIES);
}

/**
 * A document's entries as articles, in its order, without those whose fingerprints are `known`. `identity` is what the feed's
 * state has pinned, null at first sight. Lets other work have its turn after each entry: a long document does not hold the event
 * loop.
 */
export async function normalize(
  document: FeedDocument,
  feed: Feed,
  options: {
    readonly identity: IdentityKind | null;
    readonly firstSeenAt: Date;
    readonly known?: ReadonlySet<string> | undefined;
  },
): Promise<Normalized> {
  const home = [feed.url, feed.site, ...(document.feed.link === null ? [] : [document.feed.link])];
  const entries = identify(newest(document.entries), home);
  const identity = options.identity ?? chooseIdentity(entries);
  const articles: Article[] = [];
  const fingerprints: string[] = [];
  for (const identified of entries) {
    const fingerprint = fingerprintOf(identified.entry);
    fingerprints.push(fingerprint);
    if (!options.known?.has(fingerprint)) articles.push(toArticle(identified, identity, feed, options.firstSeenAt));
    await setImmediate();
  }
  return { identity, articles, fingerprints };
}
