import type { Support } from "#model/weights.ts";
import type { Member } from "./member.ts";

/** How far a story goes by itself: the surest of its voices decides. */
export const REACHES = ["look-up", "digest", "post"] as const;
export type Reach = (typeof REACHES)[number];

export function reachOf(voices: readonly Member[], { digest, post }: Support): Reach {
  const surest = Math.max(0, ...voices.map(({ tagging }) => tagging.support));
  return surest >= post ? "post" : surest >= digest ? "digest" : "look-up";
}

export const isFurther = (one: Reach, other: Reach): boolean => REACHES.indexOf(one) > REACHES.indexOf(other);
