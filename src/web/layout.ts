import { ICON_PATH, STYLE_PATH } from "./assets.ts";
import { type Html, html } from "./html.ts";
import type { Reply, Shell } from "./reply.ts";

/** A view of the same for other programs. */
export type Alternate = { readonly type: string; readonly href: string; readonly title: string };

/** What a page shows between its head and its foot. */
export type Page = {
  readonly title: string;
  /** Which entry of the menu it belongs to. */
  readonly at?: string;
  readonly alternates?: readonly Alternate[];
  /** Without a menu: who has no token yet can go nowhere. */
  readonly shut?: boolean;
  /** Asked for again at once. */
  readonly again?: boolean;
  /** Begins with its `h1`. */
  readonly main: Html;
};

const MENU = [
  ["/", "Latest"],
  ["/deadlines", "Deadlines"],
  ["/quotes", "Quotes"],
  ["/trends", "Trends"],
  ["/points", "Points"],
  ["/places", "Places"],
  ["/matters", "Matters"],
  ["/feeds", "Feeds"],
  ["/search", "Search"],
] as const;

/** Every page asks anew whether it still stands as it was; what it shows is for who asked. */
export const pageReply = (page: Page, status = 200, headers: Reply["headers"] = {}): Reply => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-cache", ...headers },
  body: (shell) => documentOf(page, shell).toString(),
});

/** One sentence on why there is no page, and where to go on. */
export const faultPage = (status: number, title: string, sentence: string, headers: Reply["headers"] = {}): Reply => {
  const main = html`<div class="intro"><h1>${title}</h1><p>${sentence}</p><p><a href="/">The latest developments</a></p></div>`;
  return { ...pageReply({ title, main }, status, { "cache-control": "no-store", ...headers }), says: sentence };
};

export const noSuchPage = (sentence = "There is no page at this address."): Reply =>
  faultPage(404, "Nothing here", sentence);

const documentOf = ({ title, at = "", alternates = [], shut = false, again = false, main }: Page, shell: Shell): Html =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title === "Policywire" ? title : `${title} · Policywire`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${again && html`<meta http-equiv="refresh" content="0">\n`}<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" type="image/svg+xml" href="${ICON_PATH}">
${alternates.map(({ type, href, title: name }) => html`<link rel="alternate" type="${type}" title="${name}" href="${href}">\n`)}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="masthead">${shut ? html`<span class="name">Policywire</span>` : html`<a class="name" href="/">Policywire</a>${menu(at)}`}</header>
<main id="content" tabindex="-1">
${main}
</main>
${!shut && foot(alternates, shell)}</body>
</html>
`;

const menu = (at: string): Html =>
  html`<details class="menu unfold"><summary>Menu</summary><nav aria-label="Main"><ul>${MENU.map(
    ([path, name]) => html`<li><a href="${path}"${path === at && html` aria-current="page"`}>${name}</a></li>`,
  )}</ul></nav></details>`;

const foot = (alternates: readonly Alternate[], { signsOut }: Shell): Html =>
  html`<footer class="bottom"><p class="feeds">${alternates.map(
    ({ href, title }) => html`<a href="${href}">${title}</a>`,
  )}<a href="/about">About</a></p>${
    signsOut && html`<form method="post" action="/sign-out"><button class="plain">Sign out</button></form>`
  }</footer>
`;
