import type { z } from "zod";
import type * as shapes from "#answers/shapes.ts";
import { pagesText } from "#model/citation.ts";
import { type Pack, toneOf } from "#model/pack.ts";
import type { Frozen } from "#model/pack-files.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { dateText, dayText } from "#text/calendar.ts";
import { webAddress } from "#text/web-address.ts";
import { pathWith } from "./asking.ts";
import { type Html, html } from "./html.ts";

/** A value of an answer, by the shape that it has there. */
type Of<Shape extends keyof typeof shapes> = Frozen<z.output<(typeof shapes)[Shape]>>;

export type StoryLine = Of<"story">;
export type Citation = Of<"citation">;
export type QuoteLine = Of<"quote">;

/** Words of a source in their language, where that is known; their direction of writing ends with them. */
export const said = (text: string, language: string | null = null): Html =>
  html`<bdi${language !== null && language !== "en" && html` lang="${language}"`}>${text}</bdi>`;

/** A link to a source; its text alone where the address is none that a reader may be sent to. */
export function outside(text: string, address: string, language: string | null = null): Html {
  const href = webAddress(address);
  const words = said(text, language);
  return href === null ? words : html`<a href="${href}" rel="external noopener noreferrer">${words}</a>`;
}

/** `24 Nov 2026, 08:00 UTC` */
export const moment = (iso: string): Html => html`<time datetime="${iso}">${dateText(new Date(iso))}</time>`;

/** `24 Nov 2026` */
export const day = (iso: string): Html => html`<time datetime="${iso.slice(0, 10)}">${dayText(new Date(iso))}</time>`;

/** Parts of a line, with dots between them; null where there is none. */
export function parts(pieces: readonly (Html | null)[], className = "meta"): Html | null {
  const shown = pieces.filter((piece) => piece !== null);
  if (shown.length === 0) return null;
  return html`<p class="${className}">${shown.map((piece, at) => html`${at > 0 && " · "}${piece}`)}</p>`;
}

export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? noun : `${noun}s`}`;

/** Where a matter stands: a word, with its colour. */
export const stageOf = (stageId: string, label: string, pack: Pack): Html =>
  html`<b class="stage tone-${toneOf(stageId, pack.facets)}">${label}</b>`;

type Status = Pick<StoryLine, "stage" | "certainty" | "places" | "points">;

/** `Threatened · reported, unconfirmed · EU`, and what the caller knows besides. */
export function statusLine(story: Status, pack: Pack, more: readonly Html[] = []): Html | null {
  const { stage, certainty, places } = labelsOf(story, pack);
  const known = [
    stage === null ? null : stageOf(story.stage ?? "", stage, pack),
    certainty === null ? null : html`${certainty}`,
    places.length === 0 ? null : html`${places.join(", ")}`,
  ];
  return parts([...known, ...more]);
}

/** `[2]`: where the words before it stand. */
export const citation = ({ source, url, publishedAt }: Citation, name: string): Html => {
  const href = webAddress(url);
  const title = `${source}, ${dayText(new Date(publishedAt))}`;
  return href === null
    ? html`<span class="cite" title="${title}">${name}</span>`
    : html`<a class="cite" href="${href}" title="${title}" rel="external noopener noreferrer">${name}</a>`;
};

/** `, p. 3` of what stands on a page of a document. */
export const pagesIn = ({ pages }: Pick<Citation, "pages">): string =>
  pages === undefined ? "" : `, ${pagesText(pages)}`;

/** `Commission notices (primary), p. 3, 24 Nov 2026`: who says it, and when. */
export const standing = (citation: Citation): Html =>
  html`<cite>${outside(citation.source, citation.url)}</cite>${citation.primary && html` ${PRIMARY}`}${pagesIn(citation)}, ${day(citation.publishedAt)}`;

/** Of a regulator, a court or a legislature itself. */
export const PRIMARY = html`<span class="tag">primary</span>`;

type Freshness = Of<"freshness">;

/** Since when news is read, and when it last was: silence is not "no news". */
export function freshnessLine({ since, last, feeds, failing }: Freshness): Html {
  if (since === null || last === null) return html`<p class="small soft">No feed has been read yet.</p>`;
  const fail = failing === 0 ? "" : ` ${failing} of ${counted(feeds, "feed")} cannot be read just now.`;
  return html`<p class="small soft">Policywire reads since ${day(since)}; feeds were last read ${moment(last)}.${fail} <a href="/feeds">Feeds</a></p>`;
}

/** Links to the next page and to the first. */
export function turning(url: URL, cursor: string | null): Html | null {
  const others = [...url.searchParams].filter(([name]) => name !== "cursor");
  const first = url.searchParams.has("cursor")
    ? html`<a href="${pathWith(url.pathname, others)}" rel="first">To the first page</a>`
    : null;
  const next =
    cursor === null
      ? null
      : html`<a href="${pathWith(url.pathname, [...others, ["cursor", cursor]])}" rel="next">Older</a>`;
  return first === null && next === null ? null : html`<nav class="turn" aria-label="Pages">${[first, next]}</nav>`;
}

/** A part of a page under its heading. */
export const section = (title: string, content: Html): Html =>
  html`<section class="part"><h2>${title}</h2>${content}</section>\n`;

/** How deep a heading stands: below the title of its page, or of a part of it. */
export type Level = 2 | 3;

export const heading = (level: Level, content: Html): Html =>
  level === 2 ? html`<h2>${content}</h2>` : html`<h3>${content}</h3>`;
