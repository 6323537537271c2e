import type { Story } from "#model/story.ts";
import { DAY_MS } from "#model/time.ts";
import type { Ladder } from "./standing.ts";

/** Days for which readers remember that a matter got somewhere. */
const REMEMBERED_DAYS = 14;

type Standing = Pick<Story, "id" | "stage" | "places" | "openedAt">;

/**
 * Whether a story says of a dispute what another of its stories has said: that the matter reached a stage which it reaches once, in the
 * same place. It is comment on an act that was told, which does not join the story of the act for what else it says. What several
 * offices may do about one matter (open an inquiry, sue) repeats nothing.
 */
export function repeats(story: Standing, other: Standing, ladder: Ladder): boolean {
  if (other.id === story.id || other.stage !== story.stage || !isReachedOnce(story, ladder)) return false;
  const apart = Math.abs(story.openedAt.getTime() - other.openedAt.getTime());
  return apart <= REMEMBERED_DAYS * DAY_MS && other.places.some((place) => story.places.includes(place));
}

/** Whether a story is at a stage that a matter reaches once: no other repeats anything. */
export const isReachedOnce = ({ stage }: Pick<Story, "stage">, { stages }: Ladder): boolean =>
  stages.find(({ id }) => id === stage)?.once === true;
