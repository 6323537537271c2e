import type { Member } from "./member.ts";

/** Characters of text from which an article is a full report and not a brief. */
const FULL_REPORT = 1_200;

/**
 * The leading source, whose own title readers see: a primary source before press, a full report before a brief, the
 * earlier before the later. `voices` are at least one, earliest first.
 */
export function leaderOf(voices: readonly Member[]): Member {
  const leader = voices.toSorted((a, b) => rank(b) - rank(a))[0];
  if (!leader) throw new Error("a story has at least one article");
  return leader;
}

const rank = ({ primary, article }: Member): number => 2 * Number(primary) + Number(article.text.length >= FULL_REPORT);
