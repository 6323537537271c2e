import { DAY_MS } from "#model/time.ts";
import { dayIn } from "#text/calendar.ts";
import { ELEMENT, type PageDocument, type PageElement, type PageNode, TEXT } from "./dom.ts";

/** Names of meta elements that say when a page was published, surest first. */
const META = (
  "article:published_time og:published_time og:article:published_time datepublished dc.date.issued dcterms.issued " +
  "dcterms.created dc.date.created dc.created publish-date publish_date published_date publishdate published-date " +
  "pubdate sw-pubdate publication_date article.published sailthru.date parsely-pub-date cxenseparse:recs:publishtime " +
  "citation_publication_date citation_date release_date"
).split(" ");
/** Content systems put the day that a page was made, or built, into these. */
const LOOSE_META = ["dc.date", "dcterms.date", "date"];

/** A whole time with its zone, or the day alone. */
const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)/;
const instantIn = (text: string): string | null => INSTANT.exec(text)?.[0] ?? dayIn(text, { compact: true });

/** Classes and ids of elements that hold the date of publication, and of those that hold some date. */
const STRONG_NAME =
  /publish|pub-?date|post-?(?:ed|date|time|on)|(?:entry|article|story|news|item)-?(?:post)?-?date|date-?posted|erstell|veroeffentlich|created/i;
const WEAK_NAME = /date|time|stamp|meta|info|byline|datum|fecha|data|posted|stand|autor|author|subline|dateline/i;
/** Where other articles are listed. */
const LISTED = /related|sidebar|widget|teaser|recent|latest|comment|list-?item|more-/i;

/** A date counts only in a short element: a long one is prose about other days. */
const SHORT = 160;
/** Characters of text after the heading, and before it, in which a bare date is the article's. */
const AFTER_HEADING = 400;
const BEFORE_HEADING = 200;

/** Where a date was found, surest first. */
const RANKS = ["strong", "time", "weak", "near heading", "said to be published", "said to be edited"] as const;
type Found = {
  readonly rank: (typeof RANKS)[number];
  readonly at: number;
  readonly value: string;
  readonly listed: boolean;
};

const SAID_PUBLISHED = /publi|posted|veröffentlicht|erstellt|released|notizia del|filed|issued|\bam\b|\bon\b/i;
const SAID_EDITED = /(?:last|zuletzt|modifi|edited|updated|aktualisiert|geändert|stand:|served from)/i;

/** The beginning of an element's text: a whole page may stand in what is called a date. */
function textUpTo(node: PageNode, most: number): string {
  if (node.nodeType === TEXT) return (node.textContent ?? "").slice(0, most);
  let text = "";
  for (let child = node.firstChild; child !== null && text.length < most; child = child.nextSibling)
    text += textUpTo(child, most - text.length);
  return text;
}

/** Dates that readers see, each with its place in the text, and the place of the main heading. */
function visibleDates(document: PageDocument, monthFirst: boolean): { found: Found[]; heading: number | null } {
  const found: Found[] = [];
  let heading: number | null = null;
  let at = 0;
  const visit = (element: PageElement, listed: boolean): boolean => {
    const called = `${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""} ${element.getAttribute("itemprop") ?? ""}`;
    const here =
      listed ||
      (LISTED.test(called) && element.nodeName.toUpperCase() !== "BODY" && element.querySelector("h1") === null);
    const time = element.nodeName.toUpperCase() === "TIME";
    const strong = STRONG_NAME.test(called);
    if (!time && !strong && !WEAK_NAME.test(called)) return here;
    const attributes = ["datetime", "content", "data-date-time", "title"].map(
      (name) => element.getAttribute(name) ?? "",
    );
    const text = textUpTo(element, SHORT * 2);
    const written = attributes.find((value) => value.length < SHORT && instantIn(value) !== null);
    const value =
      written !== undefined
        ? instantIn(written)
        : text.length < SHORT * 2
          ? dayIn(text.trim().slice(0, SHORT), { monthFirst })
          : null;
    if (value !== null) found.push({ rank: strong ? "strong" : time ? "time" : "weak", at, value, listed: here });
    return here;
  };
  const walk = (node: PageNode, listed: boolean) => {
    if (node.nodeType === TEXT) {
      const text = node.textContent ?? "";
      const trimmed = text.trim();
      if (trimmed.length >= 6 && trimmed.length < SHORT && /\d/.test(trimmed)) {
        const value = dayIn(trimmed, { monthFirst });
        if (value !== null) {
          const rank = SAID_EDITED.test(trimmed)
            ? "said to be edited"
            : SAID_PUBLISHED.test(trimmed)
              ? "said to be published"
              : "near heading";
          found.push({ rank, at, value, listed });
        }
      }
      at += trimmed.length;
      return;
    }
    if (node.nodeType !== ELEMENT) return;
    const element = node as PageElement;
    const name = element.nodeName.toUpperCase();
    if (name === "SCRIPT" || name === "STYLE" || name === "SELECT" || name === "NOSCRIPT") return;
    if (name === "H1") heading ??= at;
    const here = visit(element, listed);
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child, here);
  };
  const body = document.querySelector("body");
  if (body !== null) walk(body, false);
  return { found, heading };
}

/** The surest of the visible dates; among equals the one nearest to the heading. */
function bestVisible({ found, heading }: ReturnType<typeof visibleDates>): Found | null {
  const from = heading ?? 0;
  const near = ({ rank, at }: Found) =>
    rank !== "near heading" || (heading !== null && at - from < AFTER_HEADING && from - at < BEFORE_HEADING);
  const order = (x: Found) => (x.listed ? 1e10 : 0) + RANKS.indexOf(x.rank) * 1e9 + Math.abs(x.at - from);
  return found.filter(near).sort((a, b) => order(a) - order(b))[0] ?? null;
}

function fromJsonLd(document: PageDocument): string | null {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const said = script.textContent ?? "";
    const published = said.lastIndexOf('"datePublished"');
    const match = /"(?:datePublished|dateCreated|uploadDate)"\s*:\s*"([^"]+)"/.exec(
      said.replace(/"(?:dateCreated|uploadDate)"/g, (name, at: number) => (at < published ? '"_"' : name)),
    );
    const value = match === null ? null : instantIn(match[1]!);
    if (value !== null) return value;
  }
  return null;
}

function metaOf(document: PageDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const meta of document.querySelectorAll("meta[content]")) {
    const name = meta.getAttribute("property") ?? meta.getAttribute("name") ?? meta.getAttribute("itemprop") ?? "";
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), meta.getAttribute("content") ?? "");
  }
  return found;
}

function fromMeta(meta: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = instantIn(meta.get(name) ?? "");
    if (value !== null) return value;
  }
  return null;
}

/** A page that gives its time in UTC may show its readers the day before or after, which is the day it is known by. */
const isUtc = (value: string) => /(?:Z|[+-]00:?00|^.{10})$/.test(value);
const apart = (a: string, b: string) => Math.abs(Date.parse(a.slice(0, 10)) - Date.parse(b.slice(0, 10)));

/**
 * When a page says that it was published, as it says it: an instant with its zone, or a day. Looked for in meta
 * elements, JSON-LD, the address, and the dates that readers see, nearest to the heading. Null when it does not say.
 */
export function publicationDate(document: PageDocument, url: string): string | null {
  const meta = metaOf(document);
  const declared = fromMeta(meta, META) ?? fromJsonLd(document) ?? dayInAddress(url);
  if (declared !== null && !isUtc(declared)) return declared;
  const visible = bestVisible(visibleDates(document, writesMonthFirst(document, url)));
  const named = visible !== null && !visible.listed && ["strong", "time", "weak"].includes(visible.rank);
  if (declared !== null) return named && apart(declared, visible.value) === DAY_MS ? visible.value : declared;
  return (named ? visible.value : fromMeta(meta, LOOSE_META)) ?? visible?.value ?? null;
}

/** Americans write `03/04` for the 4th of March. */
function writesMonthFirst(document: PageDocument, url: string): boolean {
  const language = document.querySelector("html")?.getAttribute("lang")?.toLowerCase().replace("_", "-") ?? "";
  return /^(?:en|en-us|)$/.test(language) && !/\/en-(?!us)[a-z]{2}\//i.test(url);
}

/** The path alone: a query may hold today's date. Eight digits are a day when they are a whole step of it. */
function dayInAddress(url: string): string | null {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  return dayIn(path, { compact: /\/(?:19|20)\d{6}\//.test(path) });
}
