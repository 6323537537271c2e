import type { z } from "zod";
import type { matterShape } from "#answers/matters.ts";
import type * as shapes from "#answers/shapes.ts";
import { nameOn, type Pack } from "#model/pack.ts";
import type { Frozen } from "#model/pack-files.ts";
import { saidText } from "#model/quote.ts";
import { dayText } from "#text/calendar.ts";
import { escapeText } from "#text/entities.ts";
import { sentenceHtml } from "./cited-html.ts";
import { tagUri } from "./story-entries.ts";
import type { Entry } from "./view.ts";

/** Of a matter, the day on which its first article came in: its story is told by the feed of the matter itself. */
export function matterEntry(matter: Frozen<z.output<typeof matterShape>>, site: URL): Entry {
  const { key, title, kind, page, articleCount, firstSeenAt } = matter;
  const seen = new Date(firstSeenAt ?? 0);
  const articles = articleCount === 1 ? "1 article" : `${articleCount} articles`;
  return {
    id: tagUri(site, `matter/${encodeURIComponent(key)}`),
    title,
    url: `${site.origin}/matter?${new URLSearchParams({ matter: key })}`,
    source: page,
    published: seen,
    updated: seen,
    tags: [{ id: kind, name: kind }],
    html: `<p>${escapeText(title)}: ${articles}, the first of ${dayText(seen)}.</p>`,
  };
}

/** What somebody said, with the article that it stands in; it leads to the story where there is one. */
export function quoteEntry(quote: Frozen<z.output<typeof shapes.quote>>, site: URL, pack: Pack): Entry {
  const { articleId, number, speaker, office, words, stance, storyId, url, publishedAt } = quote;
  const at = new Date(publishedAt);
  const said = saidText(quote, words);
  return {
    id: tagUri(site, `quote/${articleId}/${number}`),
    title: `${speaker}: ${said}`,
    url: storyId === null ? `${site.origin}/quotes` : `${site.origin}/stories/${storyId}`,
    source: url,
    published: at,
    updated: at,
    tags: stance === null ? [] : [{ id: stance.pointId, name: nameOn("point", stance.pointId, pack) }],
    html: [
      sentenceHtml(`${office === null ? speaker : `${speaker}, ${office}`}: ${said}`, quote),
      ...(stance === null ? [] : [`<p>Argues for: ${escapeText(stance.side)}</p>`]),
    ].join("\n"),
  };
}
