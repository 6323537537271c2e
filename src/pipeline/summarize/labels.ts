import { labelOf, type Pack } from "#model/pack.ts";
import type { Story } from "#model/story.ts";

/** Places and points that a line of a phone holds; `/story` names all. */
const MOST = 3;

/** Where a matter stands, where it plays and what it is about, in the words that readers are shown; null and nothing where no source says. */
export type Labels = {
  readonly stage: string | null;
  /** Said only where it warns: what readers may take as known needs no word. */
  readonly certainty: string | null;
  readonly places: readonly string[];
  readonly points: readonly string[];
};

export function labelsOf(
  { stage, certainty, places, points }: Pick<Story, "stage" | "certainty" | "places" | "points">,
  { facets, points: all }: Pick<Pack, "facets" | "points">,
): Labels {
  const reached = facets.stages.find(({ id }) => id === stage);
  const known = facets.certainties.find(({ id }) => id === certainty);
  const placeLabel = (place: string) => {
    const found = facets.places.find(({ id }) => id === place);
    return found === undefined ? place : labelOf(found);
  };
  return {
    stage: reached === undefined ? null : labelOf(reached),
    certainty: known === undefined || known.firm === true ? null : known.label,
    places: places.slice(0, MOST).map(placeLabel),
    points: points.slice(0, MOST).map((id) => all.find((point) => point.id === id)?.name ?? id),
  };
}
