import { type Tokens, tokenize } from "./tokens.ts";

/** Words in a shingle: four in a row are seldom written twice by chance. */
const SHINGLE = 4;

/** Characters of a text in which the words read stand. */
const TEXT_READ = 3_600;

/** Words read: enough to know a copy by, and few enough to cost nothing. */
const WORDS_READ = 300;

/** Shingles kept of a text. The smallest hashes are a fair sample of all. */
const KEPT = 48;

/** Shingles below which a text is too short to be called a copy of another. */
const FEWEST = 12;

/** Share of shingles in common from which one text is a copy of the other, allowing for an edited first paragraph. */
const COPY_SHARE = 0.6;

const MIX = 0x9e3779b1;

/** A fingerprint of a text's opening: hashes of some of its four-word runs, ascending. */
export type Sketch = Int32Array;

export function sketchOf({ count, keys }: Tokens): Sketch {
  const hashes = new Set<number>();
  for (let end = SHINGLE; end <= Math.min(count, WORDS_READ); end++) {
    let hash = 0;
    for (let at = end - SHINGLE; at < end; at++) hash = Math.imul((hash << 5) ^ (hash >>> 27) ^ keys[at]!, MIX);
    hashes.add(hash);
  }
  return Int32Array.from(hashes).sort().slice(0, KEPT);
}

/** Share of the shorter sketch that stands in the other, among the hashes that both could hold: 0 to 1. */
function sharedShare(a: Sketch, b: Sketch): number {
  if (a.length === 0 || b.length === 0) return 0;
  // Past the last hash of a full sketch nothing is known of its text.
  const end = Math.min(
    a.length < KEPT ? Number.POSITIVE_INFINITY : a.at(-1)!,
    b.length < KEPT ? Number.POSITIVE_INFINITY : b.at(-1)!,
  );
  let shared = 0;
  let inA = 0;
  let inB = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const left = i < a.length ? a[i]! : Number.POSITIVE_INFINITY;
    const right = j < b.length ? b[j]! : Number.POSITIVE_INFINITY;
    if (Math.min(left, right) > end) break;
    if (left === right) shared++;
    if (left <= right) {
      inA++;
      i++;
    }
    if (right <= left) {
      inB++;
      j++;
    }
  }
  return shared / Math.max(1, Math.min(inA, inB));
}

/** Whether two texts are one report: a wire copy under another title, or a page published anew. */
export const isCopy = (a: Sketch, b: Sketch): boolean =>
  Math.min(a.length, b.length) >= FEWEST && sharedShare(a, b) >= COPY_SHARE;

/** Of each text, whether it is a copy of one before it. */
export function copiesAmong(texts: readonly string[]): readonly boolean[] {
  const sketches = texts.map((text) => sketchOf(tokenize(text.slice(0, TEXT_READ))));
  return sketches.map((sketch, at) => sketches.slice(0, at).some((earlier) => isCopy(earlier, sketch)));
}
