import { escapeText, escapeWithin, link, timestamp } from "#discord/escape.ts";
import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";
import type { Filter } from "#model/subscription.ts";
import { addressesOf } from "#store/articles.ts";
import type { Db } from "#store/database.ts";

const MAX_TITLE = 150;

/** One story a paragraph: linked title; stage, certainty, points and places; its number and age. */
export async function storyLines(db: Db, stories: readonly Story[], pack: Pack): Promise<string[]> {
  const urls = await addressesOf(
    db,
    stories.map(({ leadArticleId }) => leadArticleId),
  );
  return stories.map((story) => {
    const title = link(escapeWithin(story.title, MAX_TITLE), urls.get(story.leadArticleId) ?? "");
    const articles = story.articleCount === 1 ? "1 article" : `${story.articleCount} articles`;
    return `**${title}**\n${[...statusOf(story, pack), ...namesOf(story.points, pack.points), ...story.places].map(escapeText).join(" · ")}\nStory ${story.id} · ${articles} · ${timestamp(story.lastArticleAt)}`;
  });
}

/** Stage and certainty in words. */
export function statusOf(story: Story, { facets }: Pack): string[] {
  const stage = facets.stages.find(({ id }) => id === story.stage)?.name;
  const certainty = facets.certainties.find(({ id }) => id === story.certainty)?.label;
  return [stage, certainty].flatMap((word) => word ?? []);
}

export const namesOf = (ids: readonly string[], named: readonly { readonly id: string; readonly name: string }[]) =>
  ids.map((id) => named.find((one) => one.id === id)?.name ?? id);

/** A filter in words: `Audit scope or Penalties; in EU; stage Proposed`. */
export function filterText(filter: Filter, pack: Pack): string {
  const any = (label: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${label}${names.map(escapeText).join(" or ")}`];
  const parts = [
    ...any("", namesOf(filter.points, pack.points)),
    ...any("in ", namesOf(filter.places, pack.facets.places)),
    ...any("stage ", namesOf(filter.stages, pack.facets.stages)),
    ...any("actor ", namesOf(filter.actors, pack.facets.actors)),
    ...any("from ", namesOf(filter.sources, pack.feeds)),
    ...(filter.words.length === 0 ? [] : [`with ${filter.words.map((word) => `“${escapeText(word)}”`).join(" and ")}`]),
    ...any("story ", filter.stories.map(String)),
    ...any("not ", filter.not),
  ];
  return parts.length === 0 ? "everything" : parts.join("; ");
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
