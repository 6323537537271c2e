import { type Pack, stagesAndSteps } from "#model/pack.ts";
import { MOVEMENT_KINDS, type Movement } from "#model/story.ts";
import { dayText } from "#text/calendar.ts";

type Names = Pick<Pack, "facets" | "points" | "feeds">;

/** The movement that readers want to hear of first, or null when the story only opened. */
export function mostTelling(movements: readonly Movement[]): Movement | null {
  const told = movements.filter(({ kind }) => kind !== "opened");
  return told.toSorted((a, b) => MOVEMENT_KINDS.indexOf(a.kind) - MOVEMENT_KINDS.indexOf(b.kind))[0] ?? null;
}

/** What moved, in our own words, which hold nothing but names of the pack and figures and days of the source: `Threatened → Proposed`. */
export function changeLine({ kind, from, to }: Movement, { facets, points, feeds }: Names): string {
  const nameIn = (among: readonly { readonly id: string; readonly name: string }[], id: string | null) =>
    id === null ? null : (among.find((each) => each.id === id)?.name ?? id);
  const stages = stagesAndSteps(facets);
  const labels = facets.certainties.map(({ id, label }) => ({ id, name: label }));
  switch (kind) {
    case "stage":
    case "standing":
      return arrow(nameIn(stages, from), nameIn(stages, to), "No stage reported any more");
    case "reversal":
      return to === null ? "Reversed" : `Reversed: ${arrow(nameIn(stages, from), nameIn(stages, to), "")}`;
    case "certainty":
      return arrow(nameIn(labels, from), nameIn(labels, to), "No longer attributed");
    case "party":
      return `Now acting: ${to ?? ""}`;
    case "primary":
      return `Primary source: ${nameIn(feeds, to) ?? "published"}`;
    case "point":
      return `Also about: ${nameIn(points, to) ?? ""}`;
    case "date":
      return `Date: ${arrow(dayOf(from), dayOf(to), "withdrawn")}`;
    case "figure":
      return `Figure: ${arrow(from, to, "withdrawn")}`;
    case "opened":
      return to === null ? "New story" : `New story: ${nameIn(stages, to)}`;
  }
}

const arrow = (from: string | null, to: string | null, gone: string): string =>
  to === null ? gone : from === null ? to : `${from} → ${to}`;

/** Of a day as movements keep it, `2027-01-14`. */
const dayOf = (day: string | null): string | null => (day === null ? null : dayText(new Date(day)));
