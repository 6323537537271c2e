import { latest } from "#answers/latest.ts";
import type { Pack } from "#model/pack.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf, pathWith } from "#web/asking.ts";
import { filters, narrowedTo, nothing } from "#web/filters.ts";
import { type Html, html } from "#web/html.ts";
import { freshnessLine, turning } from "#web/parts.ts";
import { byDay } from "#web/story-list.ts";

const CHOICES = ["point", "place", "stage", "since"] as const;

/** `/`: the newest developments, or those of a point, a place, a stage, a time. */
export const latestPage: Handler = async (url, library, now) =>
  pageOf(await latest.answer(library, givenIn(url, latest), now), ({ stories, cursor, freshness }) => {
    const { pack } = library;
    const to = narrowedTo(url, CHOICES, pack);
    return {
      title: to === "" ? "Policywire" : to,
      at: "/",
      alternates: alternatesOf(url),
      main: html`<div class="intro"><h1>${to === "" ? "Latest developments" : to}</h1>${pointAsked(url, pack)}${freshnessLine(freshness)}</div>
<div class="columns">${filters(url, CHOICES, pack)}<div>${
        stories.length === 0 ? nothing(url, html`Nothing moved here.`, CHOICES) : byDay(stories, pack)
      }${turning(url, cursor)}</div></div>`,
    };
  });

/** What is fought over, where one point alone is asked for. */
function pointAsked(url: URL, { points }: Pack): Html | null {
  const point = points.find(({ id }) => url.searchParams.get("point") === id);
  if (point === undefined) return null;
  return html`<p>${point.definition}</p><p class="small"><a href="/points#${point.id}">What the sides argue</a> · <a href="${pathWith("/trends", [["point", point.id]])}">Week by week</a></p>`;
}
