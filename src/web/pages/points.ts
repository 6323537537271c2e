import { places, points } from "#answers/points.ts";
import { givenIn, type Handler, pageOf, pathWith } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { day } from "#web/parts.ts";

/** `/points`: what is fought over, by whom, and how much moves on each. */
export const pointsPage: Handler = async (url, library, now) =>
  pageOf(await points.answer(library, givenIn(url, points), now), ({ points: all }) => ({
    title: "Friction points",
    at: "/points",
    main: html`<div class="intro"><h1>Friction points</h1><p>What the two sides are fighting over.</p></div>
<ul class="list told">${all.map(
      ({ id, name, definition, sides, ...moved }) =>
        html`<li id="${id}"><h2><a class="title" href="${pathWith("/", [["point", id]])}">${name}</a></h2>${movedLine(moved)}<p>${definition}</p>
<dl class="sides">${sides.map((side) => html`<div><dt>${side.name}</dt><dd>${side.argues}</dd></div>`)}</dl>
<p class="small"><a href="${pathWith("/trends", [["point", id]])}">Week by week<span class="unseen">: ${name}</span></a></p></li>\n`,
    )}</ul>`,
  }));

/** `/places`: where it is fought over. */
export const placesPage: Handler = async (url, library, now) =>
  pageOf(await places.answer(library, givenIn(url, places), now), ({ places: all }) => ({
    title: "Places",
    at: "/places",
    main: html`<div class="intro"><h1>Places</h1><p>Where it is fought over, the liveliest first.</p></div>
<ul class="rows told">${all
      .toSorted((a, b) => b.stories - a.stories)
      .map(
        ({ id, name, ...moved }) =>
          html`<li><a href="${pathWith("/", [["place", id]])}">${name}</a>${movedLine(moved)}</li>\n`,
      )}</ul>`,
  }));

type Moved = { readonly stories: number; readonly last: string | null };

const movedLine = ({ stories, last }: Moved): Html =>
  last === null
    ? html`<p class="meta">Nothing in the last 30 days</p>`
    : html`<p class="meta">${stories === 1 ? "1 story" : `${stories.toLocaleString("en-GB")} stories`} in the last 30 days, the newest of ${day(last)}</p>`;
