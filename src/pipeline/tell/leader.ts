import { dateOf } from "#model/article.ts";
import type { Member } from "./member.ts";

/** Characters of text from which an article is a full report and not a brief. */
const FULL_REPORT = 1_200;

/**
 * The leading source, whose own title readers see: a primary source before press, an article that may be shown before
 * one that is held back, a full report before a brief, the earlier before the later.
 */
export function leaderOf(members: readonly Member[]): Member {
  const [first, ...rest] = members;
  if (!first) throw new Error("a story has at least one article");
  return rest.reduce((leader, member) => (precedence(member, leader) < 0 ? member : leader), first);
}

function precedence(a: Member, b: Member): number {
  return (
    Number(a.tagging.hold !== null) - Number(b.tagging.hold !== null) ||
    Number(b.primary) - Number(a.primary) ||
    Number(b.article.text.length >= FULL_REPORT) - Number(a.article.text.length >= FULL_REPORT) ||
    dateOf(a.article).getTime() - dateOf(b.article).getTime() ||
    a.article.id - b.article.id
  );
}
