import type { Pack } from "#model/pack.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { dayText } from "#text/calendar.ts";
import { type Html, html } from "./html.ts";
import { citation, counted, heading, type Level, pagesIn, parts, type StoryLine, said, statusLine } from "./parts.ts";

/** Stories below the day of their newest article. */
export const byDay = (stories: readonly StoryLine[], pack: Pack): Html =>
  html`${[...Map.groupBy(stories, ({ lastArticleAt }) => lastArticleAt.slice(0, 10))].map(
    ([day, ofDay]) =>
      html`<section class="day" aria-labelledby="d${day}"><h2 id="d${day}"><time datetime="${day}">${dayText(new Date(day))}</time></h2>${storyList(ofDay, pack, 3)}</section>\n`,
  )}`;

export const storyList = (stories: readonly StoryLine[], pack: Pack, level: Level): Html =>
  html`<ul class="list">${stories.map((story) => entry(story, pack, level))}</ul>`;

/** Where it stands, its title, the first sentence of its summary with its source, and what it is about. */
function entry(story: StoryLine, pack: Pack, level: Level): Html {
  const [first] = story.summary;
  const { points } = labelsOf(story, pack);
  const outlets = new Set(story.sources.map(({ feed }) => feed)).size;
  return html`<li>${statusLine(story, pack)}${heading(level, html`<a class="title" href="/stories/${story.id}">${said(story.title)}</a>`)}${
    first !== undefined &&
    html`<p class="told">${said(first.text, first.language)} ${citation(first, `${first.source}${pagesIn(first)}`)}</p>`
  }${parts([...points.map((point) => html`${point}`), html`${counted(outlets, "source")}`], "about")}</li>\n`;
}
