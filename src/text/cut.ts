/**
 * Characters on either side of a cut that are looked at for where a character as people see it begins: flags and families take
 * twenty.
 */
const AROUND = 64;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Controls that turn the text behind them round, each with what ends it (Unicode Standard Annex 9). */
const CLOSERS: Readonly<Record<string, string>> = {
  "\u202A": "\u202C",
  "\u202B": "\u202C",
  "\u202D": "\u202C",
  "\u202E": "\u202C",
  "\u2066": "\u2069",
  "\u2067": "\u2069",
  "\u2068": "\u2069",
};
const POP = "\u202C";
const POP_ISOLATE = "\u2069";
const CONTROL = /[\u202A-\u202E\u2066-\u2069]/g;

/** What is open at some place of a text, innermost last, and how many of it are isolates. */
type Open = { readonly closers: string[]; isolates: number };

/** Reads one more unit of a text. */
function read(open: Open, unit: string): void {
  const closer = CLOSERS[unit];
  if (closer !== undefined) {
    open.closers.push(closer);
    open.isolates += Number(closer === POP_ISOLATE);
  } else if (unit === POP) {
    if (open.closers.at(-1) === POP) open.closers.pop();
  } else if (unit === POP_ISOLATE && open.isolates > 0) {
    // It ends what stands open within its isolate, too. What never opened is not looked for: all of `closers` would be read each
    // time.
    while (open.closers.pop() !== POP_ISOLATE);
    open.isolates--;
  }
}

/** What is still open at the end of a text, innermost first. */
function closersOf(text: string): string {
  const open: Open = { closers: [], isolates: 0 };
  for (const [control] of text.matchAll(CONTROL)) read(open, control);
  return open.closers.reverse().join("");
}

/** For each place of a text how many closers a cut there needs. */
function openAt(text: string): Int32Array {
  const counts = new Int32Array(text.length + 1);
  const open: Open = { closers: [], isolates: 0 };
  for (let at = 0; at < text.length; at++) {
    read(open, text[at]!);
    counts[at + 1] = open.closers.length;
  }
  return counts;
}

const isPaired = (text: string, at: number): boolean =>
  /^[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]$/.test(text.charAt(at - 1));

/** Two of these are a flag. Which two is told from where a run of them begins. */
const FLAG_LETTER = /^\uD83C[\uDDE6-\uDDFF]$/;
/** All flags there are, side by side; a longer run is cut anywhere, or whoever cuts it often would read all of it each time. */
const LONGEST_RUN = 1_040;

/** Where to begin looking for a character that ends at or before `at`: near, and within no flag. */
function nearBefore(text: string, at: number): number {
  const near = Math.max(0, at - AROUND);
  const from = near - Number(isPaired(text, near));
  let run = from;
  while (from - run < LONGEST_RUN && FLAG_LETTER.test(text.slice(Math.max(0, run - 2), run))) run -= 2;
  return (from - run) % 4 === 0 ? from : from - 2;
}

/** The last place at or before `at` where a character begins, as people see it; of one without end, where a code point does. */
export function boundaryBefore(text: string, at: number): number {
  const from = nearBefore(text, at);
  const begins = graphemes.segment(text.slice(from, at + AROUND)).containing(at - from)?.index ?? 0;
  if (begins > 0 || from === 0) return from + begins;
  return at - Number(isPaired(text, at));
}

/**
 * Text of at most `limit` UTF-16 units: whole, or cut where a character ends, what turns its direction closed, with `ending`
 * behind it. No surrogate is parted from its other half, and no joiner is left with nothing to join.
 */
export function cutText(text: string, limit: number, ending = "…"): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - ending.length);
  const counts = openAt(text.slice(0, room));
  let end = boundaryBefore(text, room);
  while (end > 0 && end + counts[end]! > room) {
    // Places that leave too little room are passed by their count alone: where a character begins is dear to find.
    while (end > 0 && end + counts[end]! > room) end--;
    end = boundaryBefore(text, end);
  }
  const kept = text.slice(0, end);
  return `${kept}${closersOf(kept)}${ending}`.slice(0, limit);
}
