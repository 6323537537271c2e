import type { Span } from "#model/tag.ts";
import type { Attribution } from "./attributions.ts";
import type { Item } from "./items.ts";
import { setOf } from "./words.ts";

const FINITE = setOf(
  "is are was were be been will would could can may might should must shall has have had does do did cannot can't won't isn't " +
    "aren't wasn't weren't wouldn't couldn't hasn't haven't doesn't didn't don't",
);
/** A clause begins so, whatever its verb. */
const SUBJECTS = setOf("it he she they we its their his her the a an these those no all some both");
/** "said so", "said nothing", "said to be". */
const NO_CLAUSE = setOf(
  "afterward afterwards to so nothing yes no goodbye more little much of about in on at with for before after as when while amid " +
    "during ahead since until because",
);
const DAYS = "monday tuesday wednesday thursday friday saturday sunday";
/** When and where it was said. */
const TIMES = setOf(`on last this week month year late early earlier yesterday today in a statement ${DAYS}`);
const OF_TIMES = setOf(`week month year ${DAYS}`);
/** What may stand between "said" and "that". */
const ADVERBIALS = setOf(
  "at to through during via from by before after afterward afterwards later again repeatedly publicly clearly that",
);
/** A clause without "that" has begun where one of these stands. */
const CLAUSE_BEGAN = setOf("he she it they we who which i and or but");
/** A sentence that begins so has its clause behind the first comma, or tells of when something was said. */
const OPENS_ASIDE = setOf(
  "in on at as after before when while if with by for from during despite since because although though according asked to",
);
const AFTERWARDS = setOf(`on in at during after before ahead amid this last late early when while as ${DAYS}`);

/** Words behind a verb among which "that" is looked for, and words of a clause among which its verb is. */
const REACH_OF_THAT = 8;
const REACH_OF_VERB = 14;
/** "they were wrong" */
const FEWEST_OF_CLAUSE = 3;

const isClause = (items: readonly Item[]): boolean =>
  items.length >= FEWEST_OF_CLAUSE &&
  items.slice(0, REACH_OF_VERB).some(({ text }) => FINITE.has(text) || (text.length > 4 && /(?:ed|s)$/.test(text)));

/** "In a letter", "Just days after the vote". */
const opensAside = (items: readonly Item[]): boolean =>
  OPENS_ASIDE.has(items[0]!.text) ||
  items.slice(1, REACH_OF_ASIDE).some(({ text }, at) => SPAN.test(items[at]!.text) && /^(?:after|before)$/.test(text));

const SPAN = /^(?:minute|hour|day|week|month|year|moment)s?$|^(?:shortly|soon)$/;
const REACH_OF_ASIDE = 5;

/** Behind what was said, with nothing but when and where behind it: "…, the agency said on Monday." */
export function trails(items: readonly Item[], { from, to, verb }: Attribution): boolean {
  // A summit "concluded".
  if (verb.use !== "position" || verb.verb === "conclude" || !items[from]!.parted || from === 0) return false;
  const next = items[to];
  return next === undefined || next.parted || AFTERWARDS.has(next.text);
}

/**
 * What an attribution says that its speaker holds, in the sentence's own words; null where it says nothing. `quoting` are the
 * attributions of the sentence that have words in marks.
 */
export function positionOf(
  items: readonly Item[],
  attributions: readonly Attribution[],
  at: number,
  quoting: ReadonlySet<Attribution>,
): Span | null {
  const attribution = attributions[at]!;
  if (attribution.verb.use !== "position") return null;
  // "When Reed said it was over, the firm …" ends no one knows where.
  if (attribution.from === 1 && OPENS_ASIDE.has(items[0]!.text)) return null;
  const from = clauseAfter(items, attribution);
  if (from !== null) return spanOf(items, from, endOfClause(items, attributions.slice(at + 1), from, quoting));
  if (!trails(items, attribution) || attributions.slice(0, at).some(({ speaker }) => speaker !== null)) return null;
  if (quoting.size > 0 || opensAside(items) || !isClause(items.slice(0, attribution.from))) return null;
  return spanOf(items, 0, attribution.from);
}

/** Where the clause begins that an attribution opens. */
export function clauseAfter(items: readonly Item[], { from, to, verb, inverted }: Attribution): number | null {
  if (inverted) {
    // "According to Reed, the rule …".
    const opens = verb.verb === "according" && from === 0 && items[to]?.parted === true;
    return opens && isClause(items.slice(to)) ? to : null;
  }
  const that = thatAfter(items, to, !TELLING.has(verb.verb));
  if (that !== null) return items.length - that > FEWEST_OF_CLAUSE ? that + 1 : null;
  if (verb.verb === "tell") return toldClause(items, to);
  return verb.verb === "say" ? bareClause(items, to) : null;
}

/** With these stands who was told. */
const TELLING = setOf("tell warn caution");
/** "responded to claims that": it is others who say so. */
const CLAIMS = setOf(
  "claims claim allegations reports report fears news suggestions concerns criticism accusations idea notion fact",
);

/** The "that" which opens what was said; behind "said" nothing but when, where and to whom stands before it. */
function thatAfter(items: readonly Item[], to: number, adverbially: boolean): number | null {
  // "announced a policy that requires" says what the policy does.
  if (adverbially && !ADVERBIALS.has(items[to]?.text ?? "") && !isTime(items, to)) return null;
  for (let i = to; i < Math.min(items.length, to + REACH_OF_THAT); i++) {
    const { text, quotation, parted } = items[i]!;
    if (quotation !== null || (parted && i > to)) return null;
    if (text === "that") return i > to && CLAIMS.has(items[i - 1]!.text) ? null : i;
    if (FINITE.has(text) || CLAUSE_BEGAN.has(text) || (text.length > 4 && text.endsWith("ed"))) return null;
  }
  return null;
}

/** "said on Friday it would appeal" */
function bareClause(items: readonly Item[], to: number): number | null {
  let at = to;
  while (at < items.length && isTime(items, at)) at++;
  const first = items[at];
  if (first === undefined || first.parted || first.quotation !== null || NO_CLAUSE.has(first.text)) return null;
  return isClause(items.slice(at)) || (items.length - at > FEWEST_OF_CLAUSE && SUBJECTS.has(first.text)) ? at : null;
}

function isTime(items: readonly Item[], at: number): boolean {
  const [text = "", next = ""] = [items[at]?.text, items[at + 1]?.text];
  if (text === "a") return next === "statement";
  if (text === "in" && next === "a") return items[at + 2]?.text === "statement";
  return TIMES.has(text) && (!/^(?:this|last|in)$/.test(text) || OF_TIMES.has(next));
}

/** "told drivers it would seek a ban" */
function toldClause(items: readonly Item[], to: number): number | null {
  for (let i = to + 1; i < Math.min(items.length, to + 5); i++) {
    if (items[i]!.parted || items[i]!.quotation !== null) return null;
    if (/^(?:it|he|she|they)$/.test(items[i]!.text)) return isClause(items.slice(i)) ? i : null;
  }
  return null;
}

/** Behind a comma with these goes on what others say or do. */
const OTHERS = setOf("while according");
const JOINING = setOf("and but while after as when because although though since");

/** Before the next who speaks, or before ", adding" where words in marks follow; else at the end of the sentence. */
function endOfClause(
  items: readonly Item[],
  later: readonly Attribution[],
  from: number,
  quoting: ReadonlySet<Attribution>,
): number {
  const aside = items.findIndex((item, at) => at > from && item.parted && OTHERS.has(item.text));
  const end = aside === -1 ? items.length : aside;
  for (const attribution of later) {
    const { from: next, speaker, verb } = attribution;
    if (next >= end) break;
    if (speaker === null || next <= from || (verb.form === "ongoing" && !quoting.has(attribution))) continue;
    return JOINING.has(items[next - 1]!.text) ? next - 1 : next;
  }
  return end;
}

function spanOf(items: readonly Item[], from: number, to: number): Span | null {
  return to - from < FEWEST_OF_CLAUSE ? null : { start: items[from]!.start, end: items[to - 1]!.end };
}
