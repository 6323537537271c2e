import { deadlines } from "#answers/deadlines.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf } from "#web/asking.ts";
import { dayList } from "#web/day-list.ts";
import { filters, narrowedTo, nothing } from "#web/filters.ts";
import { html } from "#web/html.ts";
import { freshnessLine, turning } from "#web/parts.ts";

const CHOICES = ["point", "place", "within"] as const;

/** `/deadlines`: the days to come that articles set. */
export const deadlinesPage: Handler = async (url, library, now) =>
  pageOf(await deadlines.answer(library, givenIn(url, deadlines), now), ({ days, cursor, freshness }) => {
    const to = narrowedTo(url, CHOICES, library.pack);
    return {
      title: to === "" ? "Deadlines" : `Deadlines: ${to}`,
      at: "/deadlines",
      alternates: alternatesOf(url),
      main: html`<div class="intro"><h1>Deadlines${to !== "" && html`: ${to}`}</h1>
<p>Days to come that stand in a source, each with the sentence that sets it. What was moved or cancelled says so.</p>${freshnessLine(freshness)}</div>
<div class="columns">${filters(url, CHOICES, library.pack)}<div>${
        days.length === 0 ? nothing(url, html`No day of this time stands in a source.`, CHOICES) : dayList(days, now, 2)
      }${turning(url, cursor)}</div></div>`,
    };
  });
