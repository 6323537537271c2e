import { dateOf } from "#model/article.ts";
import { copiesAmong } from "#text/shingles.ts";
import type { Member } from "./member.ts";

/**
 * The members that speak for themselves, earliest date first: of several copies of one text (a wire report under other
 * titles, a page dated anew) only the first, unless a primary source publishes it. What is held back does not speak,
 * unless nothing else does.
 */
export function voicesOf(members: readonly Member[]): readonly Member[] {
  const shown = members.filter(({ tagging }) => tagging.hold === null);
  const byDate = (shown.length > 0 ? shown : members).toSorted(
    (a, b) => dateOf(a.article).getTime() - dateOf(b.article).getTime() || a.article.id - b.article.id,
  );
  const copies = copiesAmong(byDate.map(({ article }) => article.text));
  return byDate.filter(({ primary }, at) => primary || !copies[at]);
}
