import type { Span } from "#model/tag.ts";
import { type Attribution, attributionsIn } from "./attributions.ts";
import type { Item } from "./items.ts";
import type { Named } from "./speaker.ts";

/** What a sentence says that somebody said; `parts` as of a quote. */
export type Utterance = {
  readonly kind: "verbatim" | "position";
  readonly speaker: Named;
  readonly parts: readonly Span[];
  /** Its last part is not closed, or its sentence ends with the attribution: what is quoted next may go on with it. */
  readonly goesOn: boolean;
};

/** Words of a quotation that says something by itself; fewer are a scare quote or a name. */
const FEWEST_WORDS = 4;
/** Speech that stands beside "she said" may be shorter: "It's a mess". */
const FEWEST_SPOKEN = 2;

export function utterancesIn(text: string, items: readonly Item[]): readonly Utterance[] {
  const attributions = attributionsIn(text, items);
  if (attributions.every(({ speaker }) => speaker === null)) return [];
  const quoted = quotedBy(text, items, attributions);
  const found: Utterance[] = [];
  for (const [at, attribution] of attributions.entries()) {
    if (attribution.speaker === null) continue;
    const own = quoted.get(attribution) ?? [];
    if (own.length > 0) addQuoted(found, attribution, own, items);
    else if (!attribution.linked || attribution.verb.form !== "ongoing") {
      const position = positionOf(items, attributions, at, quoted);
      if (position !== null) {
        found.push({ kind: "position", speaker: attribution.speaker, parts: [position], goesOn: false });
      }
    }
  }
  return found;
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

/** The quotations of a sentence by who says them. Those that say nothing by themselves are left out. */
function quotedBy(
  text: string,
  items: readonly Item[],
  attributions: readonly Attribution[],
): ReadonlyMap<Attribution, readonly Item[]> {
  const by = new Map<Attribution, Item[]>();
  for (const [at, item] of items.entries()) {
    if (item.quotation === null) continue;
    const beside = attributions.find(({ from, linked }) => from === at + 1 && !linked);
    const before = attributions.findLast(({ to }) => to <= at);
    const after = attributions.find(({ from }) => from > at);
    const owner = beside ?? before ?? (after !== undefined && trails(items, after) ? after : undefined);
    if (owner === undefined || owner.speaker === null) continue;
    const spoken = beside !== undefined || (before !== undefined && (item.parted || (by.get(owner)?.length ?? 0) > 0));
    const words = wordsIn(text, item.quotation.inner);
    if (words < (spoken ? 1 : FEWEST_WORDS) || isTitle(text, items, at)) continue;
    const own = by.get(owner) ?? [];
    own.push(item);
    by.set(owner, own);
  }
  for (const [owner, own] of by) {
    const words = own.reduce((sum, { quotation }) => sum + wordsIn(text, quotation!.inner), 0);
    if (words < FEWEST_SPOKEN) by.delete(owner);
  }
  return by;
}

const wordsIn = (text: string, { start, end }: Span): number =>
  text.slice(start, end).match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;

const NAMING = new Set([
  "called",
  "titled",
  "entitled",
  "named",
  "dubbed",
  "headlined",
  "labelled",
  "labeled",
  "wrote",
  "read",
  "reads",
]);
const SMALL_WORD = /^\p{Ll}/u;

/** "Those Who Watch the Watchers"; a report called "Machines at work". */
function isTitle(text: string, items: readonly Item[], at: number): boolean {
  const { quotation, parted } = items[at]!;
  const { start, end } = quotation!.inner;
  if (!parted && NAMING.has(items[at - 1]?.text ?? "") && !/[.!?,]$/.test(text.slice(start, quotation!.end - 1))) {
    if (items[at - 1]!.text !== "wrote") return true;
  }
  const long =
    text
      .slice(start, end)
      .match(/[\p{L}\p{N}][^\s]*/gu)
      ?.filter((word) => word.length > 3) ?? [];
  return long.length > 1 && !long.some((word) => SMALL_WORD.test(word));
}

/** Behind what was said, with nothing but when and where behind it: "…, the agency said on Monday." */
function trails(items: readonly Item[], { from, to, verb }: Attribution): boolean {
  if (!verb.takesPosition || !items[from]!.parted || from === 0) return false;
  const next = items[to];
  return next === undefined || next.parted || AFTERWARDS.has(next.text);
}

const AFTERWARDS = new Set(
  "on in at during after this last late early monday tuesday wednesday thursday friday saturday sunday when as".split(
    " ",
  ),
);
const REACH_OF_THAT = 8;

/** What an attribution without words in marks says that its speaker holds; null where it says nothing. */
function positionOf(
  items: readonly Item[],
  attributions: readonly Attribution[],
  at: number,
  quoted: ReadonlyMap<Attribution, readonly Item[]>,
): Span | null {
  const attribution = attributions[at]!;
  if (!attribution.verb.takesPosition) return null;
  const from = clauseAfter(items, attribution);
  if (from !== null) return spanOf(items, from, endOfClause(items, attributions, at, from));
  if (!trails(items, attribution) || attributions.slice(0, at).some(({ speaker }) => speaker !== null)) return null;
  if (quoted.size > 0 || OPENS_ASIDE.has(items[0]!.text) || !isClause(items.slice(0, attribution.from))) return null;
  return spanOf(items, 0, attribution.from);
}

/** A sentence that begins so has its clause behind the first comma. */
const OPENS_ASIDE = new Set(
  "in on at as after before when while if with by for from during despite since because although though according asked to".split(
    " ",
  ),
);
const FINITE = new Set(
  (
    "is are was were be been will would could can may might should must shall has have had does do did cannot can't won't isn't aren't " +
    "wasn't weren't wouldn't couldn't hasn't haven't doesn't didn't don't"
  ).split(" "),
);
const NO_CLAUSE = new Set("to so nothing yes no goodbye more little much of about in on at with for".split(" "));
const TIMES = new Set(
  "on last this week month year late early yesterday today monday tuesday wednesday thursday friday saturday sunday in a statement earlier".split(
    " ",
  ),
);
/** Words of a clause among which its verb is looked for. */
const REACH_OF_VERB = 14;

/** "they were wrong" */
const FEWEST_OF_CLAUSE = 3;

const isClause = (items: readonly Item[]): boolean =>
  items.length >= FEWEST_OF_CLAUSE &&
  items.slice(0, REACH_OF_VERB).some(({ text }) => FINITE.has(text) || (text.length > 4 && /(?:ed|s)$/.test(text)));

/** Where the clause begins that an attribution opens. */
function clauseAfter(items: readonly Item[], { from, to, verb, inverted }: Attribution): number | null {
  if (inverted) {
    // "According to Reed, the rule …".
    return verb.verb === "according" && from === 0 && items[to]?.parted === true && isClause(items.slice(to))
      ? to
      : null;
  }
  for (let i = to; i < Math.min(items.length, to + REACH_OF_THAT); i++) {
    if (items[i]!.quotation !== null || (items[i]!.parted && i > to)) break;
    if (items[i]!.text === "that" && items.length - i > FEWEST_OF_CLAUSE) return i + 1;
    if (FINITE.has(items[i]!.text)) break;
  }
  if (verb.verb === "tell") return toldClause(items, to);
  if (verb.verb !== "say") return null;
  let at = to;
  while (
    at < items.length &&
    TIMES.has(items[at]!.text) &&
    !(items[at]!.text === "a" && items[at + 1]?.text !== "statement") &&
    !opensClause(items, at)
  )
    at++;
  const first = items[at];
  if (first === undefined || (first.parted && at === to) || first.quotation !== null || NO_CLAUSE.has(first.text))
    return null;
  return isClause(items.slice(at)) || (items.length - at > FEWEST_WORDS && SUBJECTS.has(first.text)) ? at : null;
}

/** A clause begins so, whatever its verb. */
const SUBJECTS = new Set("it he she they we its their his her the a an these those no all some both".split(" "));

/** "this" and "last" may begin a clause or say when. */
const opensClause = (items: readonly Item[], at: number): boolean =>
  /^(?:this|last|in)$/.test(items[at]!.text) &&
  !/^(?:week|month|year|a|monday|tuesday|wednesday|thursday|friday)$/.test(items[at + 1]?.text ?? "");

/** "told drivers it would seek a ban". */
function toldClause(items: readonly Item[], to: number): number | null {
  for (let i = to + 1; i < Math.min(items.length, to + 5); i++) {
    if (items[i]!.parted || items[i]!.quotation !== null) return null;
    if (/^(?:it|he|she|they)$/.test(items[i]!.text)) return isClause(items.slice(i)) ? i : null;
  }
  return null;
}

/** Before the next who speaks, joined to this one by "and", or at the end of the sentence. */
function endOfClause(items: readonly Item[], attributions: readonly Attribution[], at: number, from: number): number {
  for (const { from: next, speaker, verb } of attributions.slice(at + 1)) {
    if (speaker === null || verb.form === "ongoing" || next <= from) continue;
    return /^(?:and|but|while)$/.test(items[next - 1]!.text) ? next - 1 : next;
  }
  return items.length;
}

function spanOf(items: readonly Item[], from: number, to: number): Span | null {
  if (to - from < FEWEST_OF_CLAUSE) return null;
  return { start: items[from]!.start, end: items[to - 1]!.end };
}

/** Who is about to speak where a sentence ends so: "Responding to the report, Holt said:". */
export const spokenAhead = (text: string, items: readonly Item[]): Named | null => {
  const last = attributionsIn(text, items).findLast(
    ({ to, inverted }) => !inverted && items.length - to <= REACH_OF_THAT,
  );
  return last?.speaker?.kind === "pronoun" ? null : (last?.speaker ?? null);
};
