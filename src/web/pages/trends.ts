import { trend } from "#answers/trend.ts";
import { labelOf, type Pack } from "#model/pack.ts";
import type { Trend } from "#model/trend.ts";
import { altOf, chartOf } from "#pipeline/trend/describe.ts";
import { givenIn, type Handler, pageOf, pathWith } from "#web/asking.ts";
import { chart } from "#web/chart.ts";
import { filters } from "#web/filters.ts";
import { type Html, html } from "#web/html.ts";
import { type Page, pageReply } from "#web/layout.ts";
import { day } from "#web/parts.ts";

const CHOICES = ["point", "place", "back"] as const;

/** `/trends`: how much moves on a friction point, week by week. */
export const trendsPage: Handler = async (url, library, now) => {
  const { pack } = library;
  if (!url.searchParams.has("point")) return pageReply(choosing(pack));
  return pageOf(await trend.answer(library, givenIn(url, trend), now), ({ title, lines, readSince, weeks, point }) => {
    const found: Trend = {
      readSince: readSince === null ? null : new Date(readSince),
      weeks: weeks.map(({ week, ...rest }) => ({ ...rest, from: new Date(week) })),
    };
    return {
      title,
      at: "/trends",
      main: html`<div class="intro"><h1>${title}</h1>${lines.map((line) => html`<p>${line}</p>`)}<p class="small"><a href="${pathWith("/", [["point", point]])}">The stories</a></p></div>
<div class="columns">${filters(url, CHOICES, pack)}<div><figure>${LEGEND}${chart(chartOf(found), altOf(found))}</figure>${table(found, pack)}</div></div>`,
    };
  });
};

const LEGEND = html`<figcaption class="small soft"><span class="key bar">developments</span> <span class="key moved">movements</span> paler: not all of the week is known</figcaption>`;

/** The same numbers, the newest first, from the first week of which anything is known. */
function table(found: Trend, pack: Pack): Html {
  const partial = chartOf(found).map((week) => week.partial);
  const first = found.weeks.findIndex((week, at) => !partial[at] || week.developments + week.movements > 0);
  const rows = found.weeks.map(
    ({ from, developments, movements, stages }, at) =>
      html`<tr><th scope="row">${day(from.toISOString())}${partial[at] === true && html` <span class="tag">part</span>`}${
        stages.length > 0 &&
        html`<p class="meta">to ${[...new Set(stages)].map((stage) => stageLabel(stage, pack)).join(", ")}</p>`
      }</th><td class="number">${developments}</td><td class="number">${movements}</td></tr>\n`,
  );
  return html`<table><caption>Week by week, each from its Monday (UTC), with the stages that were come to</caption><thead><tr><th scope="col">Week</th><th scope="col" class="number">Developments</th><th scope="col" class="number">Movements</th></tr></thead>
<tbody>${rows.slice(Math.max(first, 0)).toReversed()}</tbody></table>`;
}

const stageLabel = (id: string, { facets }: Pack): string => {
  const stage = facets.stages.find((each) => each.id === id);
  return stage === undefined ? id : labelOf(stage);
};

const choosing = ({ points }: Pack): Page => ({
  title: "Trends",
  at: "/trends",
  main: html`<div class="intro"><h1>Trends</h1><p>How much moves on a friction point, week by week.</p></div>
<ul class="rows told">${points.map(({ id, name }) => html`<li><a href="${pathWith("/trends", [["point", id]])}">${name}</a></li>\n`)}</ul>`,
});
