import { REACHES, type Reach, type Support } from "#model/weights.ts";
import type { Member } from "./member.ts";

/** The surest of a story's voices decides how far it goes. */
export function reachOf(voices: readonly Member[], { digest, post }: Support): Reach {
  const surest = Math.max(0, ...voices.map(({ tagging }) => tagging.support));
  return surest >= post ? "post" : surest >= digest ? "digest" : "look-up";
}

export const isFurther = (one: Reach, other: Reach): boolean => REACHES.indexOf(one) > REACHES.indexOf(other);
