import { matter, matters } from "#answers/matters.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf, pathWith } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { counted, day, outside, said, stageOf, standing, turning } from "#web/parts.ts";

/** `/matters`: the bills, acts, cases and dockets that articles are about. */
export const mattersPage: Handler = async (url, library, now) =>
  pageOf(await matters.answer(library, givenIn(url, matters), now), ({ matters: all, cursor }) => ({
    title: "Matters",
    at: "/matters",
    alternates: alternatesOf(url),
    main: html`<div class="intro"><h1>Matters</h1><p>Bills, acts, cases and dockets by number, those of most articles first.</p>
<form class="seek narrow" role="search" action="/matters"><input type="search" name="query" aria-label="Number or name" value="${url.searchParams.get("query") ?? ""}" maxlength="${LONGEST_TYPED}"><button>Find</button></form></div>
${
  all.length === 0
    ? html`<p>No article is about such a matter.</p>`
    : html`<ul class="rows told">${all.map(
        ({ key, title, articleCount }) =>
          html`<li><a href="${pathOf(key)}">${said(title)}</a><p class="meta">${counted(articleCount, "article")}</p></li>\n`,
      )}</ul>`
}${turning(url, cursor)}`,
  }));

export const pathOf = (key: string): string => pathWith("/matter", [["matter", key]]);

/** `/matter?matter=US-CA+bill+SB53`: how it stands, how it came there, and its stories. */
export const matterPage: Handler = async (url, library, now) =>
  pageOf(await matter.answer(library, givenIn(url, matter), now), (one) => ({
    title: one.title,
    at: "/matters",
    alternates: alternatesOf(url),
    main: html`<div class="intro"><h1>${said(one.title)}</h1>
<p class="meta">${counted(one.articleCount, "article")}${one.page !== null && html` · ${outside("Its page at its source", one.page)}`}</p></div>
${part(
  "How it stands",
  one.standing.map(
    (each) =>
      html`<li><p>${each.text}</p><p class="said">${said(each.sentence)}</p><p class="meta">${standing(each)}</p></li>\n`,
  ),
  "rows",
)}
${part(
  "How it came there",
  one.steps.map(
    (each) =>
      html`<li><p>${stageOf(each.stage, each.name, library.pack)} · ${day(each.publishedAt)}</p><p class="said">${said(each.sentence)}</p><p class="meta">${standing(each)}</p></li>\n`,
  ),
  "line",
)}
${part(
  "Stories",
  one.stories.map(
    (each) =>
      html`<li><a href="/stories/${each.story}">${said(each.title)}</a><p class="meta">${day(each.lastArticleAt)}</p></li>\n`,
  ),
  "rows",
)}`,
  }));

const part = (title: string, entries: readonly Html[], className: string): Html | null =>
  entries.length === 0
    ? null
    : html`<section class="part told"><h2>${title}</h2><ul class="${className}">${entries}</ul></section>`;
