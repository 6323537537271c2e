import { feeds } from "#answers/feeds.ts";
import type { AnswerOf } from "#answers/question.ts";
import { alternatesOf } from "#web/alternates.ts";
import { givenIn, type Handler, pageOf } from "#web/asking.ts";
import { type Html, html } from "#web/html.ts";
import { counted, moment, outside, PRIMARY, section } from "#web/parts.ts";

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
${failing > 0 && failures(all.filter(isFailing))}${section("Read", list(all.filter((feed) => !isFailing(feed))))}`,
  }));

const failures = (failing: readonly FeedLine[]): Html =>
  section(
    "Failing",
    html`<ul class="rows told">${failing.map(
      (feed) =>
        html`<li><p>${name(feed)}</p><p>${sentence(feed)}</p><p class="meta">${
          feed.lastReadAt === null ? "Never read" : html`Last read ${moment(feed.lastReadAt)}`
        }</p></li>\n`,
    )}</ul>`,
  );

function sentence({ health, failingSince, failures: times, reason }: FeedLine): Html {
  const because = reason === null ? "" : `: ${reason}`;
  if (health === "paused") return html`Paused${because}`;
  const since = failingSince === null ? null : html` since ${moment(failingSince)}`;
  return html`Failing${since} (${counted(times, "time")})${because}`;
}

const list = (read: readonly FeedLine[]): Html =>
  html`<ul class="rows pairs">${read.map(
    (feed) =>
      html`<li><p>${name(feed)}</p><p class="meta">${feed.kind} · ${feed.place} · ${
        feed.lastReadAt === null ? "not read yet" : html`read ${moment(feed.lastReadAt)}`
      }</p></li>\n`,
  )}</ul>`;

const name = ({ name: called, site, primary }: FeedLine): Html =>
  html`${outside(called, site)}${primary && html` ${PRIMARY}`}`;
