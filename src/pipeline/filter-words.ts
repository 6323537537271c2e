import { namesOf } from "#model/axes.ts";
import { labelOfKey } from "#model/matter.ts";
import { labelOf, type Pack } from "#model/pack.ts";
import type { Filter } from "#model/subscription.ts";

/** Stages that are said one by one; of more it is shorter to say which are not asked for. */
const MOST_STAGES = 5;

/** What laws are called: those of the pack by name, others by number. */
export const lawNames = (keys: readonly string[], { facets }: Pick<Pack, "facets">): readonly string[] =>
  keys.map((key) => facets.instruments.find(({ id }) => id === key)?.name ?? labelOfKey(key));

/** Stages by their labels; of most of them, those that are left out. */
function stageText(chosen: readonly string[], { facets: { stages } }: Pack, say: Say): string[] {
  if (chosen.length === 0) return [];
  const labelled = stages.map((stage) => ({ id: stage.id, name: labelOf(stage) }));
  const others = labelled.filter(({ id }) => !chosen.includes(id)).map(({ id }) => id);
  const isMost = chosen.length > MOST_STAGES && others.length > 0 && others.length < chosen.length;
  const named = namesOf(isMost ? others : chosen, labelled)
    .map(say)
    .join(" or ");
  return [`${isMost ? "any stage but" : "stage"} ${named}`];
}

/** How a name is written where it is read. */
type Say = (name: string) => string;

/** A filter in words: `Audit scope or Penalties; in EU; stage Proposed`, or `everything; in EU`, so that it can be said what is followed. */
export function filterWords(filter: Filter, pack: Pack, say: Say = (name) => name): string {
  const any = (label: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${label}${names.map(say).join(" or ")}`];
  const isOfAll = filter.points.length === 0 && filter.stories.length === 0;
  const parts = [
    ...(isOfAll ? ["everything"] : any("", namesOf(filter.points, pack.points))),
    ...any("in ", namesOf(filter.places, pack.facets.places)),
    ...stageText(filter.stages, pack, say),
    ...any("actor ", namesOf(filter.actors, pack.facets.actors)),
    ...any("law ", lawNames(filter.laws, pack)),
    ...any("from ", namesOf(filter.sources, pack.feeds)),
    ...(filter.words.length === 0 ? [] : [`with ${filter.words.map((word) => `“${say(word)}”`).join(" and ")}`]),
    ...any("story ", filter.stories.map(String)),
    ...any(
      "not ",
      filter.not.map((one) => (typeof one === "string" ? one : `story ${one.storyId}`)),
    ),
  ];
  return parts.join("; ");
}
