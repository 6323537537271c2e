import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { type Filter, MOST_OF_PERSON, MOST_OF_SERVER, MOST_READERS_OF_SERVER } from "#model/subscription.ts";
import { filterWords } from "#pipeline/filter-words.ts";
import { headlineOf } from "#pipeline/summarize/headline.ts";
import { labelsOf } from "#pipeline/summarize/labels.ts";
import { addressesOf } from "#store/articles.ts";
import type { Db } from "#store/engine/database.ts";
import { storiesById } from "#store/stories.ts";
import { cutText } from "#text/cut.ts";
import type { Context } from "./command.ts";
import type { Listed } from "./paging.ts";

const MAX_TITLE = 150;

/** What a story is about, in one line. */
const MAX_ABOUT = 300;

/** A filter in words: room for some forty names, and for two of them in a message. */
const MAX_FILTER = 600;

/** One story a paragraph: linked title; stage, certainty, points and places; its number and age. */
export async function storyLines(db: Db, stories: readonly Story[], pack: Pack): Promise<string[]> {
  const urls = await addressesOf(
    db,
    stories.map(({ leadArticleId }) => leadArticleId),
  );
  return stories.map((story) => {
    const title = link(escapeWithin(story.title, MAX_TITLE), urls.get(story.leadArticleId) ?? "");
    const articles = story.articleCount === 1 ? "1 article" : `${story.articleCount} articles`;
    return `**${title}**\n${aboutOf(story, pack)}\nStory ${story.id} · ${articles} · ${timestamp(story.lastArticleAt)}`;
  });
}

/** Stories that a page of a list holds. */
const STORIES_A_PAGE = 5;

/** A list of these stories, as they stand when it is read. */
export function storyList(
  title: string,
  stories: readonly Story[],
  shareable: boolean,
  { db, pack }: Pick<Context, "db" | "pack">,
): Listed {
  const ids = stories.map(({ id }) => id);
  const read = async () => ({ title, entries: await storyLines(db, await storiesById(db, ids), pack) });
  return { read, perPage: STORIES_A_PAGE, shareable };
}

/** Stage, what is uncertain, places and points in one line. */
export const aboutOf = (story: Story, pack: Pack): string => escapeWithin(headlineOf(labelsOf(story, pack)), MAX_ABOUT);

/** Stage, and how sure that is where it is not. */
export function statusOf(story: Story, pack: Pack): string[] {
  const { stage, certainty } = labelsOf(story, pack);
  return [stage, certainty].flatMap((word) => word ?? []);
}

/** A filter in words (see `filterWords`); what is longer than `limit` is cut. */
export const filterText = (filter: Filter, pack: Pack, limit = MAX_FILTER): string =>
  cutText(filterWords(filter, pack, escapeText), limit);

/** Why nothing more can be followed. */
export function fullText(who: "person" | "readers" | "server"): string {
  const full = {
    person: `You follow ${MOST_OF_PERSON} stories and requests, as many as one person may. \`/following\`, in a direct message to Policywire, ends some.`,
    readers: `Readers here follow ${MOST_READERS_OF_SERVER} stories in threads, as many as a server may. A direct message is still possible.`,
    server: `This server follows ${MOST_OF_SERVER} requests, as many as one may. \`/following\` removes some, and \`replace\` takes the place of one.`,
  };
  return `Nothing was saved. ${full[who]}`;
}

/** As many lines, in order, as fit into `limit` characters with `gap` between them. */
export function fitting(lines: readonly string[], limit: number, gap = "\n"): string {
  let text = "";
  for (const line of lines) {
    const longer = text === "" ? line : `${text}${gap}${line}`;
    if (longer.length > limit) break;
    text = longer;
  }
  return text;
}
