import { decodeHTML } from "entities";
import { isTagAt, readTag } from "#text/markup.ts";

type Range = readonly [start: number, end: number];

/** Where the characters of an article's text stand in what its feed gave, HTML or plain: to cite the one by the other. */
export type Places = (ranges: readonly Range[]) => readonly Range[];

/** Characters by which two texts find each other again behind something that only one of them has. */
const ANCHOR = 12;

/** A text that was mended in more places than this is another text: looking on would take too long. */
const MOST_MISSES = 100;

const ENTITY = /&(?:#\w{1,8}|\w{1,31});?/y;

/**
 * `text` is what reading `given` as a feed's text makes of it. Characters that `given` writes otherwise (`&eacute;`) have no
 * place.
 */
export function placesIn(given: string, text: string): Places {
  if (given === text) return (ranges) => ranges;
  const places = placeEach(given, text);
  return (ranges) => {
    const found: [number, number][] = [];
    for (const [start, end] of ranges) {
      for (let at = start; at < end; at += 1) {
        const place = places[at] ?? NOWHERE;
        if (place === NOWHERE) continue;
        const last = found.at(-1);
        if (last?.[1] === place) last[1] = place + 1;
        else found.push([place, place + 1]);
      }
    }
    return found;
  };
}

const NOWHERE = -1;

const isSpace = (text: string, at: number): boolean => /\s/.test(text.charAt(at));

/** For each character of `text` its place in `given`, both read once from left to right. */
function placeEach(given: string, text: string): Int32Array {
  const places = new Int32Array(text.length).fill(NOWHERE);
  let at = 0;
  let misses = 0;
  for (let i = 0; i < text.length; ) {
    if (at >= given.length) break;
    if (given.charAt(at) === "<" && isTagAt(given, at)) {
      const tag = readTag(given, at);
      if (tag === null) break;
      at = tag.end;
      continue;
    }
    ENTITY.lastIndex = at;
    const entity = given.charAt(at) === "&" ? ENTITY.exec(given)?.[0] : undefined;
    const decoded = entity === undefined ? given.charAt(at) : decodeHTML(entity);
    const length = entity !== undefined && decoded !== entity ? entity.length : 1;
    const letter = length === 1 ? given.charAt(at) : decoded;
    if (text.startsWith(letter, i)) {
      // An ampersand begins its own entity.
      if (given.startsWith(letter, at)) places[i] = at;
      i += letter.length;
      at += length;
    } else if (/^\s+$/.test(letter)) {
      // White space that was settled: one of several, or a line break that became a space.
      at += length;
      if (isSpace(text, i) && !isSpace(given, at)) i += 1;
    } else if (isSpace(text, i)) {
      // A break between paragraphs, which a tag made.
      i += 1;
    } else {
      // Something was mended or left out: go on where both say the same again.
      const next = misses > MOST_MISSES ? -1 : given.indexOf(text.slice(i, i + ANCHOR), at);
      if (next !== -1) at = next;
      else {
        i += 1;
        misses += 1;
      }
    }
  }
  return places;
}
