import { type Html, html } from "./html.ts";
import { type QuoteLine, said, standing } from "./parts.ts";

/** Who said what, each with the side that it argues for and where it stands, and its story where `linked`. */
export const quoteList = (quotes: readonly QuoteLine[], { linked }: { readonly linked: boolean }): Html =>
  html`<ul class="rows">${quotes.map((quote) => entry(quote, linked))}</ul>`;

function entry(quote: QuoteLine, linked: boolean): Html {
  const { kind, speaker, office, stance, storyId } = quote;
  const words = said(quote.words, quote.language);
  const who = html`<b>${said(speaker)}</b>${office !== null && html`, ${said(office)}`}`;
  const side = stance === null ? null : html` <span class="tag">${stance.side}</span>`;
  const text =
    kind === "verbatim"
      ? html`<blockquote><p>“${words}”</p></blockquote>`
      : html`<p class="said">said that ${words}</p>`;
  const story = storyId === null || !linked ? null : html` · <a href="/stories/${storyId}">Story ${storyId}</a>`;
  return html`<li><p>${who}${side}</p>${text}<p class="meta">${standing(quote)}${story}</p></li>\n`;
}
