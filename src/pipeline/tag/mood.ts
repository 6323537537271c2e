import type { Mood } from "#model/tag.ts";
import type { Document, Match, Sentence } from "./document.ts";
import type { MoodCue } from "./mood-cues.ts";

/** Words between a denial and what it denies: `does not provide the basis for a private right of action`. */
const NEGATION_REACH = 6;
/** Plain `no` and `without` deny what comes next, give or take an adjective. */
const NO_REACH = 1;

/** What the sentence does to the thing that `match` names. */
export function moodOf(match: Match, document: Document): Mood {
  const beside = document.bySentence[match.sentence]!;
  const cues = beside.filter(({ rule }) => rule.role.kind === "reading");
  if (cues.some((cue) => denies(cue, match))) return "negated";
  if (quoted(match, document)) return "quoted";
  const has = (kind: MoodCue) => cues.some((cue) => cueOf(cue) === kind && !within(cue, match));
  if (has("condition")) return "hypothetical";
  if (has("demand")) return "demanded";
  if (has("proposal")) return "proposed";
  return "stated";
}

const cueOf = ({ rule }: Match): MoodCue | null => (rule.role.kind === "reading" ? rule.role.cue : null);

const within = (inner: Match, outer: Match): boolean => inner.from >= outer.from && inner.to <= outer.to;

function denies(cue: Match, match: Match): boolean {
  if (cueOf(cue) !== "negation" || cue.to >= match.from) return false;
  const between = match.from - cue.to - 1;
  return between <= (cue.rule.operands.length > 1 ? NEGATION_REACH : NO_REACH);
}

/** Inside quotation marks that open before the match and close after it, in its sentence. */
function quoted(match: Match, { article, sentences }: Document): boolean {
  const { straight, opening, closing } = marksIn(sentences[match.sentence]!, article[match.field]);
  const open = before(straight, match.start);
  if (open % 2 === 1) return straight.at(-1)! >= match.end;
  const isOpen = before(opening, match.start) > before(closing, match.start);
  return isOpen && ((closing.at(-1) ?? -1) >= match.end || (straight.at(-1) ?? -1) >= match.end);
}

/**
 * Where the quotation marks of a sentence stand, in order: those that are the same at both ends, those that open, those that
 * close.
 */
type Marks = { readonly straight: number[]; readonly opening: number[]; readonly closing: number[] };

/** Read once a sentence, however many matches stand in it. */
const known = new WeakMap<Sentence, Marks>();

function marksIn(sentence: Sentence, text: string): Marks {
  const found = known.get(sentence);
  if (found !== undefined) return found;
  const marks: Marks = { straight: [], opening: [], closing: [] };
  for (const { 0: mark, index } of text.slice(sentence.start, sentence.end).matchAll(/["“”«»]/g)) {
    const kind = mark === '"' ? marks.straight : "“«".includes(mark) ? marks.opening : marks.closing;
    kind.push(sentence.start + index);
  }
  known.set(sentence, marks);
  return marks;
}

/** How many of these places lie before another. */
function before(places: readonly number[], at: number): number {
  let low = 0;
  for (let high = places.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (places[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
