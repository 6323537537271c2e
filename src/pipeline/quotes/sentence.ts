import type { Span } from "#model/tag.ts";
import { isUnfinished } from "#text/unfinished.ts";
import { type Attribution, attributionsIn } from "./attributions.ts";
import type { Item } from "./items.ts";
import { positionOf } from "./position.ts";
import { FEWEST_WORDS, isTitle, quotedBy, wordsIn } from "./quoted.ts";
import { subjectOf } from "./subject-of.ts";
import type { Named } from "./who.ts";

/** What a sentence says that somebody said; `parts` as of a quote. */
export type Utterance = {
  readonly kind: "verbatim" | "position";
  readonly speaker: Named;
  readonly parts: readonly Span[];
  /** Its last part is not closed, or its sentence ends with the attribution: what is quoted next may go on with it. */
  readonly goesOn: boolean;
};

export function utterancesIn(text: string, items: readonly Item[]): readonly Utterance[] {
  const attributions = attributionsIn(text, items);
  if (attributions.length === 0) return announcedIn(text, items);
  if (FEEDS_OWN.test(text.slice(items[0]!.start, items.at(-1)!.end)) || isHeaded(text, items)) return [];
  const quoted = quotedBy(text, items, attributions);
  const quoting = new Set(quoted.keys());
  const isCut = isUnfinished(text, withMarks(text, items));
  const found: Utterance[] = [];
  for (const [at, attribution] of attributions.entries()) {
    const { speaker, verb } = attribution;
    // What stands where a text was cut may be half of it, a name as well.
    if (speaker === null || (isCut && attribution.inverted && attribution.to === items.length)) continue;
    const own = quoted.get(attribution) ?? [];
    if (own.length > 0) addQuoted(found, attribution, own, items);
    // What is added to a position is a part of it; behind words in marks it is one of its own.
    else if (verb.form !== "ongoing" || found.at(-1)?.kind === "verbatim") {
      const position = positionOf(text, items, attributions, at, quoting);
      if (position === null || !isClosed(text, items, position)) continue;
      // A text that has full stops and ends without one was cut.
      if (position.end >= text.trimEnd().length && STOPPED.test(text.slice(0, items[0]!.start))) continue;
      if ((isCut && position.end === items.at(-1)!.end) || CUT.test(text.slice(position.start, position.end))) continue;
      found.push({ kind: "position", speaker, parts: [position], goesOn: false });
    }
  }
  return found;
}

/** "🔒 Key points Harbour Labs says": where the heading ends is not known. */
const isHeaded = (text: string, [first]: readonly Item[]): boolean =>
  HEADED.test(text.slice(Math.max(0, first!.start - LONGEST_SIGN), first!.start));
const HEADED = /\p{Extended_Pictographic}/u;
/** UTF-16 units of a pictograph with its variation and a space. */
const LONGEST_SIGN = 5;

/** "The post Reed says that … appeared first on Westmark Watch." */
const FEEDS_OWN = /\bappeared first (?:on|in)\b/;

const STOPPED = /[.!?…]["”’)]{0,3}\s*$/;

/** A feed ends what it cut so, and more may stand behind it: "its… Read more". */
const CUT = /(?:…|\.\.\.)\s/;
const ENDING = / ?\[?[.…!?:;"”’)\]]*/y;

/** A sentence with the marks behind its last word. */
function withMarks(text: string, items: readonly Item[]): Span {
  ENDING.lastIndex = items.at(-1)!.end;
  ENDING.test(text);
  return { start: items[0]!.start, end: ENDING.lastIndex };
}

/** "Sorel was blunt: “…”": words behind a colon are those of whom the sentence is about, if that is a person. */
function announcedIn(text: string, items: readonly Item[]): readonly Utterance[] {
  const [before, last] = items.slice(-2);
  if (last?.quotation == null || before === undefined || before.quotation !== null) return [];
  if (!text.slice(before.end, last.start).includes(":") || isTitle(text, items, items.length - 1)) return [];
  const speaker = subjectOf(text, items);
  if (speaker === null || !speaker.proper || speaker.kind !== "person") return [];
  const { inner, goesOn } = last.quotation;
  return wordsIn(text, inner) < FEWEST_WORDS ? [] : [{ kind: "verbatim", speaker, parts: [inner], goesOn }];
}

/** Words of one speaker in one sentence are one quote. */
function addQuoted(
  found: Utterance[],
  { speaker, linked }: Attribution,
  own: readonly Item[],
  items: readonly Item[],
): void {
  const parts = own.map(({ quotation }) => quotation!.inner);
  const goesOn = own.at(-1)!.quotation!.goesOn || items.at(-1)!.quotation === null;
  const last = found.at(-1);
  if (linked && last?.kind === "verbatim" && last.speaker === speaker) {
    found[found.length - 1] = { ...last, parts: [...last.parts, ...parts], goesOn };
  } else found.push({ kind: "verbatim", speaker: speaker!, parts, goesOn });
}

const MARK = /["“”«»]/g;
/** One that opens where nothing closes it: an apostrophe stands in a word. */
const OPENING = /(?<![\p{L}\p{N}])‘\p{Lu}/u;

/** No quotation is cut by a span. */
function isClosed(text: string, items: readonly Item[], { start, end }: Span): boolean {
  const whole = items.filter((item) => item.quotation !== null && item.start >= start && item.end <= end);
  const said = text.slice(start, end);
  return (said.match(MARK)?.length ?? 0) <= 2 * whole.length && (whole.length > 0 || !OPENING.test(said));
}

/** Words behind a verb, at the end of a sentence that announces speech. */
const REACH_OF_ANNOUNCEMENT = 8;

/** Who is about to speak where a sentence ends so: "Responding to the report, Holt said:". */
export function spokenAhead(text: string, items: readonly Item[]): Named | null {
  const last = attributionsIn(text, items).at(-1);
  if (last === undefined || last.inverted || items.length - last.to > REACH_OF_ANNOUNCEMENT) return null;
  return last.speaker?.kind === "pronoun" ? null : last.speaker;
}
