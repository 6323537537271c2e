import { stemmer } from "stemmer";

/**
 * The words of a text, in order, as parallel arrays: `text.slice(starts[i], ends[i])` is word `i` as it stands.
 * Hyphens and slashes part words; `U.S.` is one word; a possessive `'s` is left out; `%` is a word.
 * `keys` and `checks` are two 32-bit hashes of the word (dots dropped, case kept): equal words have equal pairs.
 */
export type Tokens = {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly keys: Int32Array;
  readonly checks: Int32Array;
};

/** Everything else is 0 and parts words. */
const WORD = 1;
const APOSTROPHE = 2;
const DOT = 3;
const PERCENT = 4;
/** Soft hyphens, joiners, marks of direction: they part no word. */
const INVISIBLE = 5;

const INVISIBLES =
  "\u00AD\u061C\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";
const UNSEEN = new RegExp(`[.${INVISIBLES}]`, "g");

/** What each UTF-16 unit is to the tokenizer, by lookup: 64 KB that save a regular expression per character. */
const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const word = /[\p{L}\p{N}\p{M}]/u;
  for (let unit = 0; unit < table.length; unit += 1) if (word.test(String.fromCharCode(unit))) table[unit] = WORD;
  for (const mark of ["'", "’", "ʼ"]) table[mark.charCodeAt(0)] = APOSTROPHE;
  for (const mark of INVISIBLES) table[mark.charCodeAt(0)] = INVISIBLE;
  table[".".charCodeAt(0)] = DOT;
  table["%".charCodeAt(0)] = PERCENT;
  return table;
}

const SMALL_S = 115;
const BIG_S = 83;
const PLAIN_APOSTROPHE = 39;

/** FNV-1a's prime and offset for the first hash; a Murmur constant for the second, so that they err apart. */
const KEY_SEED = 0x811c9dc5 | 0;
const KEY_PRIME = 0x01000193;
const CHECK_SEED = 0x2c1b3c6d | 0;
const CHECK_PRIME = 0x5bd1e995;

/** Units a word takes with the space after it, at the least that prose ever comes to; more words make the arrays grow. */
const UNITS_A_WORD = 3;

export function tokenize(text: string): Tokens {
  const length = text.length;
  let room = Math.ceil(length / UNITS_A_WORD) + 1;
  // One memory for the four: most texts are short, and each memory is the collector's to free.
  const { buffer } = new Int32Array(4 * room);
  let starts = new Int32Array(buffer, 0, room);
  let ends = new Int32Array(buffer, 4 * room, room);
  let keys = new Int32Array(buffer, 8 * room, room);
  let checks = new Int32Array(buffer, 12 * room, room);
  let count = 0;
  let i = 0;
  while (i < length) {
    let unit = text.charCodeAt(i);
    let kind = CLASSES[unit]!;
    if (kind !== WORD && kind !== PERCENT) {
      i += 1;
      continue;
    }
    const start = i;
    let key = KEY_SEED;
    let check = CHECK_SEED;
    for (;;) {
      key = Math.imul(key ^ unit, KEY_PRIME);
      check = Math.imul(check, CHECK_PRIME) + unit;
      i += 1;
      if (kind === PERCENT || i >= length) break;
      unit = text.charCodeAt(i);
      kind = CLASSES[unit]!;
      if (kind === INVISIBLE) {
        const next = seenAfter(text, i);
        unit = text.charCodeAt(next);
        kind = CLASSES[unit] ?? 0;
        if (next >= length || kind !== WORD) break;
        i = next;
      }
      if (kind === WORD) continue;
      if (kind === APOSTROPHE && joins(text, i)) unit = PLAIN_APOSTROPHE;
      else if (kind === DOT && dotted(text, start, i)) {
        // The dots of an initialism are passed over.
        i += 1;
        unit = text.charCodeAt(i);
        kind = i < length ? CLASSES[unit]! : 0;
        if (kind !== WORD) break;
      } else break;
    }
    if (count === room) {
      room *= 2;
      starts = grown(starts, room);
      ends = grown(ends, room);
      keys = grown(keys, room);
      checks = grown(checks, room);
    }
    starts[count] = start;
    ends[count] = i;
    keys[count] = key;
    checks[count] = check;
    count += 1;
    // The `s` of a possessive is not a word.
    if (CLASSES[text.charCodeAt(i)] === APOSTROPHE && CLASSES[text.charCodeAt(i + 1)] === WORD) i += 2;
  }
  return { count, starts, ends, keys, checks };
}

function grown(from: Int32Array, room: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(room);
  to.set(from);
  return to;
}

/** Where something is seen again. */
function seenAfter(text: string, at: number): number {
  let next = at;
  while (CLASSES[text.charCodeAt(next)] === INVISIBLE) next += 1;
  return next;
}

/** Does the apostrophe at `at` go on with its word (`doesn't`), and not begin a possessive? */
function joins(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (CLASSES[next] !== WORD) return false;
  return (next !== SMALL_S && next !== BIG_S) || CLASSES[text.charCodeAt(at + 2)] === WORD;
}

/** Is the dot at `at` part of an initialism such as `U.S.` or `e.g.`: single letters, a dot after each? */
function dotted(text: string, start: number, at: number): boolean {
  const letters = at - start;
  if (letters === 1) {
    return (
      CLASSES[text.charCodeAt(at + 1)] === WORD && CLASSES[text.charCodeAt(at + 2)] === DOT && isLetter(text, start)
    );
  }
  // A dot within a word is one of these: where there was one two units before, every second unit has been one.
  return at - 2 > start && CLASSES[text.charCodeAt(at - 2)] === DOT;
}

const isLetter = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit > 57 || unit < 48;
};

/** Most words are so, and as they are compared. */
const PLAIN = /^[A-Za-z0-9]*$/;

/** Word `i` as it is compared: dots of an initialism and what nobody sees dropped, apostrophes straight, case kept. */
export function wordAt(text: string, tokens: Tokens, i: number): string {
  const surface = text.slice(tokens.starts[i], tokens.ends[i]);
  return PLAIN.test(surface) ? surface : surface.replace(UNSEEN, "").replace(/[’ʼ]/g, "'");
}

const MARKS = /\p{M}+/gu;

/** The words of a text as they stand. */
export function wordsOf(text: string): readonly string[] {
  const tokens = tokenize(text);
  return Array.from({ length: tokens.count }, (_, i) => wordAt(text, tokens, i));
}

/** Lower case without accents: what stems, prefixes and exact forms compare. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  // Only what lies past ASCII can carry an accent.
  return /^[\x20-\x7e]*$/.test(lower) ? lower : lower.normalize("NFD").replace(MARKS, "");
}

/** A stem shorter than this is one that Porter's rules cut too far: `uses` and `us` would be one word. */
const SHORTEST_STEM = 3;

/** The Porter stem of a folded word. */
export function stem(folded: string): string {
  const stemmed = stemmer(folded);
  if (stemmed.length >= SHORTEST_STEM || folded.length <= SHORTEST_STEM) {
    return stemmed.length < SHORTEST_STEM ? folded : stemmed;
  }
  return folded.endsWith("ing") ? `${folded.slice(0, -3)}e` : folded.replace(/[sd]$/, "");
}
