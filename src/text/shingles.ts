import type { Tokens } from "./tokens.ts";

/** Words in a shingle: four in a row are seldom written twice by chance. */
const SHINGLE = 4;

/** Words read: enough to know a copy by, and few enough to cost nothing. */
const WORDS_READ = 300;

/** Shingles kept of a text. The smallest hashes are a fair sample of all. */
const KEPT = 48;

/** Shingles below which a text is too short to be called a copy of another. */
const FEWEST = 12;

/** Share of shingles in common from which one text is a copy of the other, allowing for an edited first paragraph. */
const COPY_SHARE = 0.6;

const MIX = 0x9e3779b1;

/** No hash is larger. */
const LARGEST = 0x7fffffff;

/** A fingerprint of a text's opening: hashes of some of its four-word runs, ascending. */
export type Sketch = Int32Array;

export function sketchOf({ count, keys }: Tokens): Sketch {
  const hashes = new Int32Array(Math.max(0, Math.min(count, WORDS_READ) - SHINGLE + 1));
  for (let from = 0; from < hashes.length; from++) {
    let hash = 0;
    for (let at = from; at < from + SHINGLE; at++) hash = Math.imul((hash << 5) ^ (hash >>> 27) ^ keys[at]!, MIX);
    hashes[from] = hash;
  }
  hashes.sort();
  let kept = 0;
  for (let at = 0; at < hashes.length && kept < KEPT; at++) {
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[kept++] = hashes[at]!;
  }
  return hashes.slice(0, kept);
}

/** Share of the shorter sketch that stands in the other, among the hashes that both could hold: 0 to 1. */
function sharedShare(a: Sketch, b: Sketch): number {
  const end = Math.min(knownTo(a), knownTo(b));
  const [inA, inB] = [countTo(a, end), countTo(b, end)];
  let shared = 0;
  for (let i = 0, j = 0; i < inA && j < inB; ) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared / Math.max(1, Math.min(inA, inB));
}

/** Past the last hash of a full sketch nothing is known of its text. */
const knownTo = (sketch: Sketch): number => (sketch.length < KEPT ? LARGEST : sketch[KEPT - 1]!);

function countTo(sketch: Sketch, end: number): number {
  let count = sketch.length;
  while (count > 0 && sketch[count - 1]! > end) count--;
  return count;
}

/** Whether two texts are one report: a wire copy under another title, or a page published anew. */
export const isCopy = (a: Sketch, b: Sketch): boolean =>
  Math.min(a.length, b.length) >= FEWEST && sharedShare(a, b) >= COPY_SHARE;

/** What two texts of one sketch have in common, and no others; null of a text that is too short to have copies. */
export const sketchKey = (sketch: Sketch): string | null => (sketch.length < FEWEST ? null : sketch.join());
