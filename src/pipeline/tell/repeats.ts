import type { Story } from "#model/story.ts";
import { DAY_MS } from "#model/time.ts";
import type { Ladder } from "./standing.ts";

/** Days for which readers remember what they were told of a matter. */
const REMEMBERED_DAYS = 14;

type Standing = Pick<Story, "id" | "stage" | "certainty" | "places" | "openedAt">;

/**
 * Whether a story tells those who heard another of its dispute nothing: it is comment on a matter that they know, or says of it that it
 * reached a stage which it reaches once, in the same place; that is comment on an act too, which does not join the story of the act
 * for what else it says. What several offices may do about one matter (open an inquiry, sue) repeats nothing.
 */
export function repeats(story: Standing, other: Standing, ladder: Ladder): boolean {
  if (other.id === story.id) return false;
  const apart = Math.abs(story.openedAt.getTime() - other.openedAt.getTime());
  if (apart > REMEMBERED_DAYS * DAY_MS) return false;
  if (isComment(story, ladder)) return true;
  return (
    isReachedOnce(story, ladder) &&
    other.stage === story.stage &&
    other.places.some((place) => story.places.includes(place))
  );
}

/** Whether a story may repeat another at all: most never do, whatever else their dispute has. */
export const mayRepeat = (story: Pick<Story, "stage" | "certainty">, ladder: Ladder): boolean =>
  isComment(story, ladder) || isReachedOnce(story, ladder);

const isReachedOnce = ({ stage }: Pick<Story, "stage">, { stages }: Ladder): boolean =>
  stages.find(({ id }) => id === stage)?.once === true;

/** Whether it is what somebody thinks of the matter: that moves nothing. */
export const isComment = ({ certainty }: Pick<Story, "certainty">, { certainties }: Ladder): boolean =>
  certainties.find(({ id }) => id === certainty)?.comment === true;
