import type { Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";

/** Names that fit one line of a phone; the rest are in the card. */
const MOST_NAMES = 3;

/** A name within a line begins small, unless it is an abbreviation. */
const inLine = (name: string) => (/^\p{Lu}{2}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1));

const named = (ids: readonly string[], among: readonly { readonly id: string; readonly name: string }[]): string =>
  ids
    .slice(0, MOST_NAMES)
    .map((id) => inLine(among.find((each) => each.id === id)?.name ?? id))
    .join(", ");

/**
 * `Threatened · reported, unconfirmed · US · audits, penalties`: where the matter stands, on whose word, where, and what
 * it is about. A part that no source shows is left out: a stage is never guessed.
 */
export function headlineOf(
  { stage, certainty, places, points }: Pick<Story, "stage" | "certainty" | "places" | "points">,
  { facets, points: all }: Pick<Pack, "facets" | "points">,
): string {
  const parts = [
    facets.stages.find(({ id }) => id === stage)?.name ?? "",
    facets.certainties.find(({ id }) => id === certainty)?.label ?? "",
    places.slice(0, MOST_NAMES).join(", "),
    named(points, all),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}
