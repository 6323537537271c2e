import type { Mood } from "#model/tag.ts";
import type { Document, Match } from "./document.ts";
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

const OPENING = /[“"«]/g;
const CLOSING = /[”"»]/g;

/** Inside quotation marks that open before the match and close after it, in its sentence. */
function quoted(match: Match, { article, sentences }: Document): boolean {
  const sentence = sentences[match.sentence]!;
  const text = article[match.field];
  const opened = text.slice(sentence.start, match.start).match(OPENING)?.length ?? 0;
  if (opened === 0) return false;
  const before = text.slice(sentence.start, match.start);
  const after = text.slice(match.end, sentence.end);
  const straight = before.match(/"/g)?.length ?? 0;
  if (straight % 2 === 1) return after.includes('"');
  const curlyOpen = (before.match(/[“«]/g)?.length ?? 0) - (before.match(/[”»]/g)?.length ?? 0);
  return curlyOpen > 0 && (after.match(CLOSING)?.length ?? 0) > 0;
}
