import type { AnswerOf } from "#answers/question.ts";
import { story } from "#answers/story.ts";
import type { Pack } from "#model/pack.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { alternatesOf } from "#web/alternates.ts";
import { type Handler, pageOf, pathWith } from "#web/asking.ts";
import { dayList } from "#web/day-list.ts";
import { type Html, html } from "#web/html.ts";
import {
  citation,
  counted,
  day,
  moment,
  outside,
  PRIMARY,
  pagesIn,
  said,
  section,
  standing,
  statusLine,
} from "#web/parts.ts";
import { quoteList } from "#web/quote-list.ts";
import { pathOf } from "./matters.ts";

type Told = AnswerOf<typeof story>;

/** So many that a page of a story of hundreds of articles stays below 50 KB. */
const MOST_QUOTES = 30;
const MOST_SOURCES = 100;

/** `/stories/12`: one story as it stands, how it came there, and who tells it. */
export const storyPage =
  (id: string): Handler =>
  async (url, library, now) =>
    pageOf(await story.answer(library, { story: id, proofs: 0 }, now), (told) => ({
      title: told.title,
      alternates: alternatesOf(url),
      main: html`<article class="columns"><div>${head(told, library.pack)}</div>
${facts(told, library.pack, now)}
<div class="told">${timeline(told)}${tracks(told)}${quotes(told)}${sources(told, library.pack)}</div></article>`,
    }));

/** Where it stands, its title, its summary, and on what its sources differ. */
function head(told: Told, pack: Pack): Html {
  const numbers = new Map(told.sources.map(({ id }, at) => [id, at + 1]));
  const sentences = told.summary.map(
    (one) =>
      html`${said(one.text, one.language)}\u00a0${citation(one, `[${numbers.get(one.articleId) ?? one.source}${pagesIn(one)}]`)} `,
  );
  return html`<div class="intro">${statusLine(told, pack, [moment(told.lastArticleAt)])}<h1>${said(told.title)}</h1>
${sentences.length === 0 ? html`<p class="soft">Its sources give a headline and no more.</p>` : html`<p class="summary">${sentences}</p>`}
${told.conflicts.map(conflict)}</div>`;
}

const conflict = (figures: Told["conflicts"][number]): Html =>
  html`<p class="note"><b>Sources differ:</b> ${figures.map(
    (figure, at) => html`${at > 0 && " or "}${said(figure.text)} (${standing(figure)})`,
  )}</p>`;

/** What it is about and what comes next, beside the rest where there is room. */
function facts({ id, revision, openedAt, points, matters, days }: Told, pack: Pack, now: Date): Html {
  const names = points.map((each) => [each, pack.points.find((point) => point.id === each)?.name ?? each] as const);
  return html`<aside class="facts" aria-label="About this story">${
    days.length > 0 && html`<section><h2>Next dates</h2>${dayList(days, now, 3)}</section>\n`
  }${names.length > 0 && html`<section><h2>Friction points</h2><ul class="links">${names.map(([point, name]) => html`<li><a href="${pathWith("/", [["point", point]])}">${name}</a></li>`)}</ul></section>\n`}${
    matters.length > 0 &&
    html`<section><h2>Matters</h2><ul class="links">${matters.map(({ key, title }) => html`<li><a href="${pathOf(key)}">${said(title)}</a></li>`)}</ul></section>\n`
  }<section><h2>Story ${id}</h2><p class="small">Revision ${revision}, since ${day(openedAt)}</p><p class="links"><a href="/stories/${id}/why">Why it is here</a></p></section></aside>`;
}

/** What readers were told, the latest first. */
const timeline = ({ timeline: revisions }: Told): Html =>
  section(
    "Timeline",
    html`<ol class="line" reversed>${revisions
      .toReversed()
      .map(
        ({ revision, at, movements }) =>
          html`<li><p class="meta">${moment(at)} · revision ${revision}</p>${movements.map(movement)}</li>\n`,
      )}</ol>`,
  );

const movement = ({ text, sentence, citation: cited }: Told["timeline"][number]["movements"][number]): Html =>
  html`<p><b>${said(text)}</b></p>${sentence !== null && html`<p class="said">${said(sentence, cited?.language)}</p>`}${cited !== null && html`<p class="meta">${standing(cited)}</p>`}`;

/** The other developments of its dispute, side by side: two courts may rule opposite ways. */
const tracks = ({ tracks: others, dispute }: Told): Html | null =>
  others.length === 0
    ? null
    : section(
        "Parallel tracks",
        html`<p>${said(dispute)}: ${counted(others.length + 1, "development")}, each as it stands now.</p>
<ol class="rows">${others.map(
          (one) =>
            html`<li><a href="/stories/${one.story}">${said(one.title)}</a><p class="meta">${one.headline !== "" && html`${one.headline} · `}${day(one.openedAt)} – ${day(one.lastArticleAt)}</p></li>\n`,
        )}</ol>`,
      );

const quotes = ({ id, quotes: all }: Told): Html | null =>
  all.length === 0
    ? null
    : section(
        `Who said what${all.length > MOST_QUOTES ? `, the newest ${MOST_QUOTES} of ${all.length}` : ""}`,
        html`${quoteList(all.slice(0, MOST_QUOTES), { linked: false })}${all.length > MOST_QUOTES && elsewhere(id)}`,
      );

/** What a page that is light on a phone has no room for. */
const elsewhere = (id: number): Html => html`<p class="links"><a href="/api/v1/stories/${id}">All, as JSON</a></p>`;

/** The articles, by the numbers by which the summary cites them; of hundreds the newest, and those that are cited. */
function sources({ id, sources: all, summary }: Told, pack: Pack): Html {
  const cited = new Set(summary.map(({ articleId }) => articleId));
  const numbered = all.map((source, at) => ({ source, number: at + 1 }));
  const from = all.length - MOST_SOURCES;
  const shown = numbered.filter(({ source, number }) => number > from || cited.has(source.id));
  return section(
    `Sources (${all.length})`,
    html`<ol class="rows">${shown.map(({ source, number }) => {
      const { stage } = labelsOf({ stage: source.stage, certainty: null, places: [], points: [] }, pack);
      return html`<li><p><span class="soft">[${number}]</span> ${outside(source.title, source.url, source.language)}</p><p class="meta"><cite>${source.feed}</cite>${source.primary && html` ${PRIMARY}`}, ${moment(source.publishedAt)}${stage !== null && ` · ${stage}`}</p></li>\n`;
    })}</ol>${shown.length < all.length && elsewhere(id)}`,
  );
}
