import type { deadlines } from "#answers/deadlines.ts";
import type { AnswerOf } from "#answers/question.ts";
import { DAY_MS } from "#model/time.ts";
import { dayOf } from "#text/calendar.ts";
import { type Html, html } from "./html.ts";
import { counted, day, heading, type Level, said, standing } from "./parts.ts";

type DayLine = AnswerOf<typeof deadlines>["days"][number];

/** Days to come in order, each with the sentence that sets it; below a heading that names no story, with the story's title. */
export const dayList = (days: readonly DayLine[], now: Date, level: Level): Html =>
  html`<ol class="rows">${days.map((each) => entry(each, now, level))}</ol>`;

function entry(
  { day: on, what, state, quote, sources: [first, ...others], storyId, title }: DayLine,
  now: Date,
  level: Level,
): Html {
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const story = html`<p class="small"><a href="/stories/${storyId}">${said(title)}</a></p>`;
  return html`<li${state === "cancelled" && html` class="off"`}>${heading(level, html`${day(on)} · ${what}`)}<p class="meta">${ahead(on, now)}</p>
<p class="said">“${said(quote)}”</p><p class="meta">${first !== undefined && standing(first)}${more}</p>${level === 2 && story}</li>\n`;
}

/** `in 17 days` */
function ahead(on: string, now: Date): string {
  const days = Date.parse(on) / DAY_MS - dayOf(now);
  return days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${counted(days, "day")}`;
}
