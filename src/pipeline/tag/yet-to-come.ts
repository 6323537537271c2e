import { titleFrames } from "#text/reading.ts";
import type { Findings } from "./features.ts";
import type { Rules } from "./rules.ts";

/**
 * Whether a title's own act is not done but wanted or considered: "Ministers to sign code". A developer's is: what it says that it will
 * require is decided by it.
 */
export function isYetToCome({ document }: Findings, { government }: Rules): boolean {
  const first = titleFrames(document.article).find(({ act }) => act !== "say");
  if (first === undefined || first.modality === "done" || first.modality === "denied") return false;
  const { actor } = first;
  const isDevelopers = document.matches.some(
    ({ rule: { role }, field, start, end }) =>
      field === "title" &&
      role.kind === "actor" &&
      !government.has(role.owner) &&
      actor !== null &&
      start < actor.end &&
      actor.start < end,
  );
  return !isDevelopers;
}
