import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import { labelOf, type Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import { type Filter, MOST_OF_PERSON, MOST_OF_SERVER, MOST_READERS_OF_SERVER } from "#model/subscription.ts";
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

/** Stages that are said one by one; of more it is shorter to say which are not asked for. */
const MOST_STAGES = 5;

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

export const namesOf = (ids: readonly string[], named: readonly { readonly id: string; readonly name: string }[]) =>
  ids.map((id) => named.find((one) => one.id === id)?.name ?? id);

/** Stages by their labels; of most of them, those that are left out. */
function stageText(chosen: readonly string[], { facets: { stages } }: Pack): string[] {
  if (chosen.length === 0) return [];
  const labelled = stages.map((stage) => ({ id: stage.id, name: labelOf(stage) }));
  const others = labelled.filter(({ id }) => !chosen.includes(id)).map(({ id }) => id);
  const isMost = chosen.length > MOST_STAGES && others.length > 0 && others.length < chosen.length;
  const named = namesOf(isMost ? others : chosen, labelled)
    .map(escapeText)
    .join(" or ");
  return [`${isMost ? "any stage but" : "stage"} ${named}`];
}

/**
 * A filter in words: `Audit scope or Penalties; in EU; stage Proposed`, or `everything; in EU`, so that it can be said what is followed.
 * What is longer than `limit` is cut.
 */
export function filterText(filter: Filter, pack: Pack, limit = MAX_FILTER): string {
  const any = (label: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${label}${names.map(escapeText).join(" or ")}`];
  const isOfAll = filter.points.length === 0 && filter.stories.length === 0;
  const parts = [
    ...(isOfAll ? ["everything"] : any("", namesOf(filter.points, pack.points))),
    ...any("in ", namesOf(filter.places, pack.facets.places)),
    ...stageText(filter.stages, pack),
    ...any("actor ", namesOf(filter.actors, pack.facets.actors)),
    ...any("from ", namesOf(filter.sources, pack.feeds)),
    ...(filter.words.length === 0 ? [] : [`with ${filter.words.map((word) => `“${escapeText(word)}”`).join(" and ")}`]),
    ...any("story ", filter.stories.map(String)),
    ...any(
      "not ",
      filter.not.map((one) => (typeof one === "string" ? one : `story ${one.storyId}`)),
    ),
  ];
  return cutText(parts.join("; "), limit);
}

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
