import type { Labels } from "./labels.ts";

/** A name within a line begins small, unless it is an abbreviation. */
const inLine = (name: string) => (/^\p{Lu}{2}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1));

/**
 * `Threatened · reported, unconfirmed · US · audits, penalties`: where the matter stands, how sure that is where it is not, where, and what
 * it is about. A part that no source shows is left out: a stage is never guessed.
 */
export function headlineOf({ stage, certainty, places, points }: Labels): string {
  const parts = [stage ?? "", certainty ?? "", places.join(", "), points.map(inLine).join(", ")];
  return parts.filter((part) => part !== "").join(" · ");
}
