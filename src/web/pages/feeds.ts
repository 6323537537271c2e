import { feeds } from "#answers/feeds.ts";
import { alternatesOf } from "#web/alternates.ts";
import { type AnswerOf, givenIn, type Handler, pageOf } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { counted, moment, outside, PRIMARY } from "#web/parts.ts";

type FeedLine = AnswerOf<typeof feeds>["feeds"][number];

const isFailing = ({ health }: FeedLine): boolean => health === "failing" || health === "paused";

/** `/feeds`: the sources and how they are; the failing ones first, because silence is not "no news". */
export const feedsPage: Handler = async (url, library, now) =>
  pageOf(await feeds.answer(library, givenIn(url, feeds), now), ({ feeds: all, failing }) => ({
    title: "Feeds",
    at: "/feeds",
    alternates: alternatesOf(url),
    main: html`<div class="intro"><h1>${counted(all.length, "feed")}, ${failing} failing</h1>
<p>Silence is not “no news”: what a feed that fails would have brought is nowhere here.</p></div>
${failing > 0 && failures(all.filter(isFailing))}${table(all.filter((feed) => !isFailing(feed)))}`,
  }));

const failures = (failing: readonly FeedLine[]): Html =>
  html`<section class="part told"><h2>Failing</h2><ul class="rows">${failing.map(
    (feed) =>
      html`<li><p>${name(feed)}</p><p>${sentence(feed)}</p><p class="meta">${
        feed.lastReadAt === null ? "Never read" : html`Last read ${moment(feed.lastReadAt)}`
      }</p></li>\n`,
  )}</ul></section>`;

function sentence({ health, failingSince, failures: times, reason }: FeedLine): Html {
  const because = reason === null ? "" : `: ${reason}`;
  if (health === "paused") return html`Paused${because}`;
  const since = failingSince === null ? null : html` since ${moment(failingSince)}`;
  return html`Failing${since} (${counted(times, "time")})${because}`;
}

const table = (read: readonly FeedLine[]): Html =>
  html`<section class="part"><h2>Read</h2><table class="stack"><caption>${counted(read.length, "feed")}</caption><thead><tr><th scope="col">Source</th><th scope="col">Kind</th><th scope="col">Place</th><th scope="col">Last read</th></tr></thead>
<tbody>${read.map(
    (feed) =>
      html`<tr><th scope="row">${name(feed)}</th><td>${feed.kind}</td><td>${feed.place}</td><td>${feed.lastReadAt === null ? "not yet" : moment(feed.lastReadAt)}</td></tr>\n`,
  )}</tbody></table></section>`;

const name = ({ name: called, site, primary }: FeedLine): Html =>
  html`${outside(called, site)}${primary && html` ${PRIMARY}`}`;
