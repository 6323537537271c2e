import { Parser } from "htmlparser2";
import { DEEPEST_PAGE, LONGEST_PAGE, MOST_ELEMENTS } from "#model/limits.ts";

/** Characters that are read before what they hold is judged. */
const COUNTED_AT_ONCE = 4_096;

/** Whether a page is small and flat enough to be made a tree of: building one is what a hostile page makes dear. */
export function isReadable(html: string): boolean {
  if (html.length > LONGEST_PAGE) return false;
  let elements = 0;
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentagname() {
      elements += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
    },
    onclosetag() {
      depth -= 1;
    },
  });
  // Part by part, for the parser's own time grows with the square of the depth: what is too deep is not read to its end.
  for (let at = 0; at < html.length; at += COUNTED_AT_ONCE) {
    parser.write(html.slice(at, at + COUNTED_AT_ONCE));
    if (elements > MOST_ELEMENTS || deepest > DEEPEST_PAGE) return false;
  }
  parser.end();
  return elements <= MOST_ELEMENTS && deepest <= DEEPEST_PAGE;
}
