import { gunzipSync } from "node:zlib";
import { Parser } from "htmlparser2";
import type { Entry } from "#model/article.ts";
import type { Source } from "#model/feed.ts";
import { MOST_ITEMS } from "#model/limits.ts";
import { decode } from "#text/decode.ts";
import { escapeText } from "#text/entities.ts";
import { boundedEntry } from "../bounds.ts";
import { readDate } from "../dates.ts";
import { addressIn } from "../links.ts";
import type { Origin, ParseOutcome } from "../outcome.ts";
import { unread } from "./unread.ts";

/** As much as a document may have when it comes compressed by HTTP. */
const MOST_BYTES = 10 * 1024 * 1024;

/** A sitemap nests to five. */
const DEEPEST = 16;
/** Characters that are read before the depth that they lead to is judged. */
const READ_AT_ONCE = 4_096;

/** Parts of an index that are read: the newest. */
const MOST_PARTS = 5;

/** What a sitemap says of an address. */
type Listed = { loc: string; lastmod: string | null; title: string | null; published: string | null };
type Fact = keyof Listed;

/** Elements by what they stand in: pictures and films have addresses, titles and dates too. */
const FACTS: Readonly<Record<string, Fact>> = {
  "url loc": "loc",
  "url lastmod": "lastmod",
  "sitemap loc": "loc",
  "sitemap lastmod": "lastmod",
  "news title": "title",
  "news publication_date": "published",
};

/** Reads a sitemap, with what Google News added to it, or an index of sitemaps. */
export function readSitemapSource(
  body: Uint8Array,
  { contentType, url, at }: Origin,
  { under }: NonNullable<Source["sitemap"]> = {},
): ParseOutcome {
  const bytes = unzipped(body);
  if (bytes === null) return unread("The sitemap cannot be unpacked, or is larger than 10 MiB.");
  const isWanted = (loc: string) => under === undefined || loc.startsWith(under);
  const { root, listed, left } = scanned(decode(bytes, contentType), isWanted);
  if (root === "sitemapindex") return indexOf(listed, url, at);
  if (root !== "urlset")
    return unread("This is no sitemap. Look at its address, and mend `url` or `source` in feeds.yaml.");
  return { ...document(listed.map((one) => entryOf(one, url, at))), left };
}

const document = (entries: readonly Entry[]) => ({
  kind: "document" as const,
  document: { format: "sitemap", feed: { title: null, link: null }, entries, minIntervalMs: null },
});

/** The parts of an index, those first that changed last. */
function indexOf(listed: readonly Listed[], url: string | null, at: Date | undefined): ParseOutcome {
  const dated = listed.map(({ loc, lastmod }) => ({ address: addressIn(loc, url), date: readDate(lastmod, at) }));
  const parts = dated.toSorted((a, b) =>
    (a.date ?? "") < (b.date ?? "") ? 1 : (a.date ?? "") > (b.date ?? "") ? -1 : 0,
  );
  return {
    ...document([]),
    more: {
      addresses: parts.flatMap(({ address }) => address ?? []).slice(0, MOST_PARTS),
      dated: parts.every(({ date }) => date !== null),
    },
  };
}

/** The bytes themselves, or what gzip made them of; null when that is too much, or no gzip. */
function unzipped(body: Uint8Array): Uint8Array | null {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: MOST_BYTES });
  } catch {
    return null;
  }
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

type Scanned = { readonly root: string | null; readonly listed: readonly Listed[]; readonly left: number };

/** All that a sitemap or an index lists, of the pages only those that are wanted. */
function scanned(text: string, isWanted: (loc: string) => boolean): Scanned {
  const listed: Listed[] = [];
  const path: string[] = [];
  let root: string | null = null;
  let left = 0;
  let fact: Fact | undefined;
  let said = "";
  let one: Listed | null = null;
  const parser = new Parser(
    {
      onopentagname(name) {
        const local = localName(name).toLowerCase();
        root ??= local;
        if (local === "url" || local === "sitemap") one = { loc: "", lastmod: null, title: null, published: null };
        fact = FACTS[`${path.at(-1)} ${local}`];
        said = "";
        path.push(local);
      },
      ontext(data) {
        if (fact !== undefined) said += data;
      },
      onclosetag() {
        const local = path.pop();
        if (fact !== undefined && one !== null) one[fact] = said.trim();
        fact = undefined;
        if ((local !== "url" && local !== "sitemap") || one === null) return;
        if (local === "url" && !isWanted(one.loc)) left += 1;
        else if (one.loc !== "" && listed.length < MOST_ITEMS) listed.push(one);
        one = null;
      },
    },
    { xmlMode: true },
  );
  // Part by part, for the parser's own time grows with the square of the depth.
  for (let at = 0; at < text.length && path.length <= DEEPEST; at += READ_AT_ONCE)
    parser.write(text.slice(at, at + READ_AT_ONCE));
  return path.length > DEEPEST ? { root: null, listed: [], left } : { root, listed, left };
}

function entryOf({ loc, lastmod, title, published }: Listed, url: string | null, at: Date | undefined): Entry {
  const link = addressIn(loc, url);
  return boundedEntry({
    id: null,
    title: escapeText(title || wordsOf(link ?? loc)),
    link,
    published: readDate(published, at),
    updated: readDate(lastmod, at),
    author: null,
    summary: null,
    content: null,
    enclosures: [],
  });
}

/** What the last step of an address says in words, since a plain sitemap has no titles: `/news/model-audits-begin`. */
function wordsOf(address: string): string {
  const steps = (URL.parse(address)?.pathname ?? "").split("/").filter((step) => step !== "");
  const step = decoded(steps.at(-1) ?? "").replace(/\.[a-z]{2,5}$/i, "");
  const words = step.split(/[-_+.\s]/).filter((word) => word !== "");
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
