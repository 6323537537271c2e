import type { Entry, FeedDocument } from "#model/article.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#model/time.ts";
import { mendBytes } from "#text/mojibake.ts";
import { boundedEntry, boundedFeed } from "./bounds.ts";
import { readDate } from "./dates.ts";
import type { ListedName } from "./elements.ts";
import { absoluteLinks, addressIn } from "./links.ts";
import { fieldOf, listOf, type Mapped } from "./map.ts";
import type { Branch, Twig } from "./scan.ts";

const textOf = (twig: Twig | undefined): string => (typeof twig === "string" ? twig : (twig?._ ?? ""));

const attribute = (twig: Twig, name: string): string | undefined =>
  typeof twig === "string" ? undefined : twig.$[name];

const childOf = (twig: Twig, name: string): string => (typeof twig === "string" ? "" : textOf(twig[name]?.[0]));

/** The first occurrence of the first of these elements that says anything. */
function firstText(mapped: Mapped, ...names: readonly ListedName[]): string | null {
  for (const name of names) {
    for (const twig of listOf(mapped, name)) {
      const text = clean(textOf(twig));
      if (text !== null) return text;
    }
  }
  return null;
}

function clean(text: string | null | undefined): string | null {
  const trimmed = mendBytes(text ?? "").trim();
  return trimmed === "" ? null : trimmed;
}

const WEB = /^https?:\/\//i;

const address = (raw: string | null | undefined, base: string | null): string | null => addressIn(clean(raw), base);

/** The base of an element's own links. */
const baseOf = (twig: Twig, around: string | null): string | null => {
  const own = attribute(twig, "xml:base");
  return own === undefined ? around : (URL.parse(own, around ?? undefined)?.href ?? around);
};

/** Where an entry or a feed is to be read: its alternate link, in the dialect it speaks. */
function linkOf(mapped: Mapped, base: string | null): string | null {
  const links = listOf(mapped, "link");
  const plain = links.find((link) => clean(textOf(link)) !== null && attribute(link, "href") === undefined);
  const alternates = [...links, ...listOf(mapped, "atom:link")].filter((link) => {
    return (
      clean(attribute(link, "href")) !== null &&
      /^(?:alternate|http:\/\/www\.iana\.org\/assignments\/relation\/alternate|)$/i.test(attribute(link, "rel") ?? "")
    );
  });
  const page = alternates.find((link) => /html/.test(attribute(link, "type") ?? "html")) ?? alternates[0];
  if (plain !== undefined && (page === undefined || links.indexOf(page) === -1))
    return address(textOf(plain), baseOf(plain, base));
  if (page !== undefined) return address(attribute(page, "href"), baseOf(page, base));
  return null;
}

/** A link for entries that have none of their own: a permanent guid, or an id that is an address. */
function standInLink(mapped: Mapped, base: string | null): string | null {
  for (const guid of listOf(mapped, "guid")) {
    const text = clean(textOf(guid));
    if (text === null || attribute(guid, "ispermalink")?.toLowerCase() === "false") continue;
    // RSS calls it an address unless it says otherwise, and leaves the judging to us.
    return attribute(guid, "ispermalink") === undefined ? text : address(text, base);
  }
  for (const id of [
    clean(textOf(listOf(mapped, "id")[0])),
    clean(mapped["rdf:about"] as string | undefined),
    firstText(mapped, "dc:identifier"),
  ]) {
    if (id !== null && WEB.test(id)) return id;
  }
  return null;
}

/** `press@example.org (Jo Bloggs)` and `Jo Bloggs <press@example.org>` are Jo Bloggs. */
function personName(text: string | null): string | null {
  if (text === null) return null;
  return clean(nameBeside(text)) ?? text;
}

const MAIL = /^[^\s()<>@]+@[^\s()<>]+$/;

/** Found by looking for the last bracket: one pattern for both takes time that grows with the cube of a text made for it. */
function nameBeside(text: string): string | null {
  const opens = Math.max(text.lastIndexOf("("), text.lastIndexOf("<"));
  if (opens === -1 || !/[>)]$/.test(text)) return null;
  const before = text.slice(0, opens).trim();
  const within = text.slice(opens + 1, -1);
  if (MAIL.test(before) && text.charAt(opens) === "(" && !/[()]/.test(within)) return within;
  const name = before.replace(/^\(/, "").replace(/\)$/, "");
  return MAIL.test(within) && !/[<>()]/.test(name) ? name : null;
}

function authorOf(mapped: Mapped): string | null {
  for (const name of ["author", "atom:author"] as const) {
    for (const person of listOf(mapped, name)) {
      const text = clean(textOf(person)) ?? clean(childOf(person, "name")) ?? clean(childOf(person, "email"));
      if (text !== null) return personName(text);
    }
  }
  const other =
    clean(fieldOf(mapped, "creator")) ??
    firstText(mapped, "dc:author", "itunes:author", "dc:contributor", "media:credit");
  return personName(other);
}

function enclosuresOf(mapped: Mapped, base: string | null): Entry["enclosures"] {
  const found = new Map<string, Entry["enclosures"][number]>();
  const groups = listOf(mapped, "media:group").flatMap((group) =>
    typeof group === "string" ? [] : (group["media:content"] ?? []),
  );
  const links = [...listOf(mapped, "link"), ...listOf(mapped, "atom:link")].filter(
    (link) => attribute(link, "rel") === "enclosure",
  );
  for (const twig of [...listOf(mapped, "enclosure"), ...links, ...listOf(mapped, "media:content"), ...groups]) {
    const url = address(attribute(twig, "url") ?? attribute(twig, "href") ?? textOf(twig), baseOf(twig, base));
    if (url === null || found.has(url)) continue;
    const length = Number(attribute(twig, "length") ?? attribute(twig, "filesize") ?? Number.NaN);
    found.set(url, {
      url,
      type: attribute(twig, "type") ?? null,
      length: Number.isSafeInteger(length) && length > 0 ? length : null,
    });
  }
  return [...found.values()];
}

const PUBLISHED: readonly ListedName[] = [
  "pubdate",
  "published",
  "issued",
  "dcterms:issued",
  "dc:date",
  "atom:published",
  "created",
  "dcterms:created",
  "dcterms:available",
];
const UPDATED: readonly ListedName[] = ["updated", "modified", "dcterms:modified", "dc:modified", "atom:updated"];

/** The first of these elements whose date can be read. */
function firstDate(mapped: Mapped, names: readonly ListedName[], at: Date | undefined): string | null {
  for (const name of names) {
    for (const twig of listOf(mapped, name)) {
      const date = readDate(textOf(twig), at);
      if (date !== null) return date;
    }
  }
  return null;
}

const mediaText = (mapped: Mapped, name: ListedName): string | null => {
  const inGroup = [...listOf(mapped, "media:group"), ...listOf(mapped, "media:content")].map((group) =>
    clean(childOf(group, name)),
  );
  return firstText(mapped, name) ?? inGroup.find((text) => text !== null) ?? null;
};

function contentOf(mapped: Mapped): string | null {
  const own = listOf(mapped, "content").find(
    (content) => attribute(content, "src") === undefined && clean(textOf(content)) !== null,
  );
  return (
    firstText(mapped, "content:encoded", "encoded") ??
    clean(textOf(own)) ??
    firstText(mapped, "atom:content", "fullitem", "xhtml:body", "body", "xhtml:div", "div") ??
    (listOf(mapped, "description").length > 0 ? firstText(mapped, "summary") : null)
  );
}

const linkedFrom = (page: string | null, html: string | null): string | null =>
  html === null ? null : absoluteLinks(html, page);

/** What all items of a document share: its base, its author for those without one, and when it was read. */
type Around = { readonly base: string | null; readonly author: string | null; readonly at: Date | undefined };

/** One item as we call it. */
function entryOf(mapped: Mapped, { base: documentBase, author, at }: Around): Entry {
  const base = clean(textOf(listOf(mapped, "xml:base")[0])) ?? documentBase;
  const link = linkOf(mapped, base) ?? standInLink(mapped, base);
  // What an entry says is read on its page.
  const page = link !== null && WEB.test(link) ? link : base;
  const source = listOf(mapped, "source").find((twig): twig is Branch => typeof twig !== "string");
  return boundedEntry({
    id:
      firstText(mapped, "guid", "id", "atom:id") ??
      clean(mapped["rdf:about"] as string | undefined) ??
      firstText(mapped, "dc:identifier"),
    title:
      clean(fieldOf(mapped, "title")) ?? mediaText(mapped, "media:title") ?? firstText(mapped, "itunes:title") ?? "",
    link,
    published: firstDate(mapped, PUBLISHED, at),
    updated: firstDate(mapped, UPDATED, at),
    author:
      authorOf(mapped) ?? (source === undefined ? null : clean(childOf(source["author"]?.[0] ?? "", "name"))) ?? author,
    summary: linkedFrom(
      page,
      firstText(mapped, "description", "summary", "dc:description", "abstract", "atom:summary") ??
        mediaText(mapped, "media:description") ??
        firstText(mapped, "itunes:summary", "itunes:subtitle"),
    ),
    content: linkedFrom(page, contentOf(mapped)),
    enclosures: enclosuresOf(mapped, base),
  });
}

const PERIODS_MS: Readonly<Record<string, number>> = {
  hourly: HOUR_MS,
  daily: DAY_MS,
  weekly: 7 * DAY_MS,
  monthly: 30 * DAY_MS,
  yearly: 365 * DAY_MS,
};

/** The feed's wish for the time between polls: `ttl` in minutes, or RSS 1.0's syndication module. */
function minIntervalOf(feed: Mapped): number | null {
  const ttl = Number(clean(fieldOf(feed, "ttl")) ?? Number.NaN);
  if (ttl > 0) return ttl * MINUTE_MS;
  const period = PERIODS_MS[firstText(feed, "sy:updateperiod")?.toLowerCase() ?? ""];
  const frequency = Number(firstText(feed, "sy:updatefrequency") ?? 1);
  return period === undefined ? null : Math.round(period / (frequency > 0 ? frequency : 1));
}

/** What rss-parser mapped, in our words. */
export function toDocument(
  format: string,
  feed: Mapped,
  items: readonly Mapped[],
  { url, at }: { readonly url: string | null; readonly at: Date | undefined },
): FeedDocument {
  const own = clean(textOf(listOf(feed, "xml:base")[0]));
  const link = linkOf(feed, own ?? url);
  // RSS does not say what its links are relative to, and its editors think of the site; Atom means the document itself.
  const site = link !== null && WEB.test(link) ? link : null;
  const base = own ?? (format.startsWith("atom") ? (url ?? site) : (site ?? url));
  const author =
    firstText(feed, "managingEditor") === null ? authorOf(feed) : personName(firstText(feed, "managingEditor"));
  return {
    format,
    feed: boundedFeed({ title: clean(fieldOf(feed, "title")), link }),
    entries: items.map((item) => entryOf(item, { base, author, at })),
    minIntervalMs: minIntervalOf(feed),
  };
}
