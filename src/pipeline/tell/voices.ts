import { dateOf } from "#model/article.ts";
import { isCopy, type Sketch, sketchOf } from "#text/shingles.ts";
import { tokenize } from "#text/tokens.ts";
import type { Member } from "./member.ts";

/** Characters of a text in which a copy shows. */
const TEXT_READ = 3_600;

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
  const heard: Sketch[] = [];
  return byDate.filter(({ article, primary }) => {
    const sketch = sketchOf(tokenize(article.text.slice(0, TEXT_READ)));
    const copy = heard.some((earlier) => isCopy(earlier, sketch));
    heard.push(sketch);
    return primary || !copy;
  });
}
