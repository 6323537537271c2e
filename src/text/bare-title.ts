import type { Span } from "#model/tag.ts";
import { tokenize } from "./tokens.ts";

/** Words that a label has at most: `Court notice`, `The Westmark Daily Gazette`. */
const MOST_WORDS = 4;

/** Words that must be left for a title. */
const FEWEST_LEFT = 3;

/** What may be a label at the front: in brackets, or before a colon, a bar or a dash; in `UPDATE 1-Iowa` no space is behind it. */
const FRONT =
  /^(?:\[[^\][]{1,60}\]|\([^()]{1,60}\)|(?:[^:|–—[\](){}-]|-(?=\p{L}|\d)){1,60}(?:[:|](?=\s)|\s[–—-]{1,3}(?=\s)|-(?=\p{Lu})))/u;

/** What may be one at the end: in brackets, or behind a bar or a dash that stands alone. */
const BACK = /(?:\[[^\][]{1,60}\]|\([^()]{1,60}\)|(?<=\s)[|–—-]{1,3}\s(?:[^|–—-]|-(?=\p{L}|\d)){1,60})$/u;

/**
 * Where a title stands without what an outlet puts before or behind it: `Rel: `, `[Video] `, `UPDATE 1-`, ` | The Gazette`,
 * ` (updated)`. `isTold` says of such words whether they are the article's own: `Iowa: governor signs bill` begins with no label.
 */
export function bareTitle(title: string, isTold: (label: string) => boolean): Span {
  const end = title.trimEnd().length;
  const front = FRONT.exec(title)?.[0].length ?? 0;
  const start = isLabel(title.slice(0, front), title.slice(front), isTold) ? front : 0;
  const rest = title.slice(start, end);
  const back = BACK.exec(rest)?.index ?? rest.length;
  return { start, end: isLabel(rest.slice(back), rest.slice(0, back), isTold) ? start + back : end };
}

const isLabel = (label: string, left: string, isTold: (label: string) => boolean): boolean =>
  label !== "" && tokenize(label).count <= MOST_WORDS && tokenize(left).count >= FEWEST_LEFT && !isTold(label);
