import type { PageDocument } from "./dom.ts";

const DAY = /\b((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)(?:T?\s?(\d\d):?(\d\d))?/;

const META = [
  "article:published_time",
  "og:published_time",
  "og:article:published_time",
  "datepublished",
  "dc.date.issued",
  "dcterms.issued",
  "dcterms.created",
  "dc.date.created",
  "dc.date",
  "dcterms.date",
  "publish-date",
  "publish_date",
  "published_date",
  "publishdate",
  "pubdate",
  "publication_date",
  "article.published",
  "sailthru.date",
  "parsely-pub-date",
  "citation_publication_date",
  "date",
];

/** A day as `2026-11-24`, with the time and zone when the page gives them whole. */
function dayIn(text: string | null | undefined): string | null {
  const match = text == null ? null : DAY.exec(text);
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`;
}

function fromJsonLd(document: PageDocument): string | null {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const match = /"datePublished"\s*:\s*"([^"]+)"/i.exec(script.textContent ?? "");
    const day = dayIn(match?.[1]);
    if (day !== null) return day;
  }
  return null;
}

function fromMeta(document: PageDocument): string | null {
  const found = new Map<string, string>();
  for (const meta of document.querySelectorAll("meta[content]")) {
    const name = (
      meta.getAttribute("property") ??
      meta.getAttribute("name") ??
      meta.getAttribute("itemprop") ??
      ""
    ).toLowerCase();
    if (!found.has(name)) found.set(name, meta.getAttribute("content") ?? "");
  }
  for (const name of META) {
    const day = dayIn(found.get(name));
    if (day !== null) return day;
  }
  return null;
}

function fromTime(document: PageDocument): string | null {
  for (const selector of ["[itemprop=datePublished]", "time[pubdate]", "time[datetime]"]) {
    for (const element of document.querySelectorAll(selector)) {
      const day = dayIn(element.getAttribute("datetime") ?? element.getAttribute("content") ?? element.textContent);
      if (day !== null) return day;
    }
  }
  return null;
}

/** The day a page says it was published, from JSON-LD, meta elements, `<time>` or its address; null when it does not say. */
export function publicationDate(document: PageDocument, url: string): string | null {
  return fromJsonLd(document) ?? fromMeta(document) ?? fromTime(document) ?? dayIn(url);
}
