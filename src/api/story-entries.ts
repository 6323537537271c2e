import type { z } from "zod";
import type * as shapes from "#answers/shapes.ts";
import type { toldShape } from "#answers/story.ts";
import { nameOn, type Pack } from "#model/pack.ts";
import type { Frozen } from "#model/pack-files.ts";
import { escapeText } from "#text/entities.ts";
import { sentenceHtml, sourceHtml } from "./cited-html.ts";
import type { Entry } from "./view.ts";

/** Sources of a story that an entry names; the story's page has all. */
const MOST_SOURCES = 10;

type StoryLine = Frozen<z.output<typeof shapes.story>>;

/**
 * A name for good (RFC 4151), of whoever serves this site: `tag:news.example.org,2026:story/12`. The year is that in which these
 * names began, and never changes.
 */
export const tagUri = ({ hostname }: URL, name: string): string => `tag:${hostname},2026:${name}`;

/** A story as an entry: the same one for good, updated with each revision. */
export const storyEntry = (story: StoryLine, site: URL, pack: Pack): Entry => ({
  id: tagUri(site, `story/${story.id}`),
  title: story.title,
  url: `${site.origin}/stories/${story.id}`,
  source: story.url,
  published: new Date(story.openedAt),
  updated: new Date(story.revisedAt),
  tags: [
    ...story.points.map((id) => ({ id, name: nameOn("point", id, pack) })),
    ...story.places.map((id) => ({ id, name: nameOn("place", id, pack) })),
  ],
  html: storyHtml(story),
});

function storyHtml({ headline, summary, sources }: StoryLine): string {
  const listed = sources
    .slice(0, MOST_SOURCES)
    .map(({ feed: source, title, ...cited }) => `<li>${escapeText(title)} ${sourceHtml({ source, ...cited })}</li>`);
  const more = sources.length - listed.length;
  return [
    `<p>${escapeText(headline)}</p>`,
    ...summary.map(({ text, ...cited }) => sentenceHtml(text, cited)),
    `<ul>${listed.join("")}${more > 0 ? `<li>and ${more} more</li>` : ""}</ul>`,
  ].join("\n");
}

type ToldStory = StoryLine & Pick<Frozen<z.output<typeof toldShape>>, "timeline">;

/** The revisions of a story, each an entry: the newest first, with what moved and the sentences that show it. */
export const revisionEntries = (story: ToldStory, site: URL, pack: Pack): readonly Entry[] =>
  story.timeline.toReversed().map(({ revision, at, movements }) => ({
    ...storyEntry(story, site, pack),
    id: tagUri(site, `story/${story.id}/${revision}`),
    title: movements.map(({ text }) => text).join("; ") || story.title,
    source: movements.find(({ citation }) => citation !== null)?.citation?.url ?? story.url,
    published: new Date(at),
    updated: new Date(at),
    html: [
      `<p>${escapeText(story.title)}</p>`,
      ...movements.map(({ text, sentence, citation }) =>
        citation === null
          ? `<p>${escapeText(text)}</p>`
          : sentenceHtml(sentence === null ? text : `${text}: “${sentence}”`, citation),
      ),
    ].join("\n"),
  }));
