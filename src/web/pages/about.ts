import { labelOf, type Pack } from "#model/pack.ts";
import type { Handler } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { pageReply } from "#web/layout.ts";
import { section, stageOf } from "#web/parts.ts";

/** `/about`: how to read these pages, and how to have them elsewhere. */
export const aboutPage: Handler = async (_, { pack }) =>
  pageReply({
    title: "About",
    at: "/about",
    main: html`<div class="told"><div class="intro"><h1>About these pages</h1>
<p>Policywire reads ${pack.feeds.length} feeds on ${pack.name} and makes stories of their articles: one development is one story, however many tell it. A sentence stands here as it stands in its source, which is linked behind it.</p></div>
${section("Where a matter stands", stages(pack))}${section("How sure that is", certainties(pack))}${ELSEWHERE}</div>`,
  });

/** The colours are the same wherever cards are read. */
const stages = (pack: Pack): Html =>
  html`<p>Grey says that nothing is decided, green that the pressure eases; blue, yellow, orange and red how far a matter has come otherwise.</p>
<ul class="rows">${pack.facets.stages.map(
    (stage) => html`<li><p>${stageOf(stage.id, labelOf(stage), pack)}</p><p class="meta">${stage.name}</p></li>\n`,
  )}</ul>`;

const certainties = ({ facets }: Pack): Html =>
  html`<p>Said only where it warns: what readers may take as known needs no word.</p>
<ul class="rows">${facets.certainties
    .filter(({ firm }) => firm !== true)
    .map(({ label, name }) => html`<li><p>${label}</p><p class="meta">${name}</p></li>\n`)}</ul>`;

const ELSEWHERE = section(
  "Elsewhere",
  html`<p>Lists, searches, matters and stories have a feed (Atom, JSON Feed) at their foot, and most a calendar of their days, narrowed as the page is. The whole:</p>
<ul class="links"><li><a href="/latest.atom">The latest, as Atom</a></li><li><a href="/latest.json">The latest, as JSON Feed</a></li><li><a href="/deadlines.ics">Deadlines, as a calendar</a></li><li><a href="/feeds.opml">The feeds that are read, as OPML</a></li><li><a href="/api/v1/openapi.json">For programs: all look-ups as JSON</a></li></ul>
<p>Where a token is asked for, a feed reader or a calendar gives it as the password of any user, a program as a bearer token.</p>`,
);
