import type { z } from "zod";
import type { Plain } from "#answers/question.ts";
import type { citation } from "#answers/shapes.ts";
import { pagesText } from "#model/citation.ts";
import { dayText } from "#text/calendar.ts";
import { escapeText } from "#text/entities.ts";

/** Where something stands. */
type Citation = Plain<z.output<typeof citation>>;

/** A sentence with its source behind it, escaped: `The council met. (Harbour Gazette, 2 Mar 2026)`. */
export const sentenceHtml = (text: string, cited: Citation): string =>
  `<p>${escapeText(text)} ${sourceHtml(cited)}</p>`;

export function sourceHtml({ source, primary, url, publishedAt, pages }: Citation): string {
  const named = `${linkHtml(source, url)}${primary ? ", primary source" : ""}`;
  const place = pages === undefined ? named : `${named}, ${pagesText(pages)}`;
  return `<cite>(${place}, ${dayText(new Date(publishedAt))})</cite>`;
}

/** A link, where it leads to a page. */
const linkHtml = (text: string, url: string): string =>
  /^https?:\/\//i.test(url)
    ? `<a href="${escapeText(url).replaceAll('"', "&quot;")}">${escapeText(text)}</a>`
    : escapeText(text);
