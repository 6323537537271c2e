import type { Span } from "#model/tag.ts";
import { RELATIVES } from "#text/english.ts";
import { isWriting, SPEAKING } from "#text/speaking.ts";
import type { Attribution } from "./attributions.ts";
import type { Item } from "./items.ts";
import { mayRunOver, runsOver } from "./running-over.ts";
import { SUBORDINATES } from "./subjects.ts";
import { CREDITS, DETERMINERS, FINITE, isDay, isName, isWhose, LONGEST_NAME, setOf } from "./words.ts";

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
const HOURS = setOf("morning afternoon evening night");
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
export const opensAside = (items: readonly Item[]): boolean =>
  OPENS_ASIDE.has(items[0]!.text) ||
  items.slice(1, REACH_OF_ASIDE).some(({ text }, at) => SPAN.test(items[at]!.text) && /^(?:after|before)$/.test(text));

const SPAN = /^(?:minute|hour|day|week|month|year|moment)s?$|^(?:shortly|soon)$/;
const REACH_OF_ASIDE = 5;

/** Behind what was said, with nothing but when and where behind it: "…, the agency said on Monday." */
export function trails(items: readonly Item[], { from, to, verb }: Attribution): boolean {
  // A summit "concluded".
  if (verb.use !== "position" || verb.verb === "conclude" || !items[from]!.parted || from === 0) return false;
  const next = items[to];
  if (next === undefined) return true;
  // "Asked about it, Reed said on Friday that …", "Risks like these, Reed said, have left …".
  const behind = items.slice(to, to + REACH_OF_THAT);
  const parted = behind.findIndex((item) => item.parted);
  const beside = parted === -1 ? behind : behind.slice(0, parted);
  if (beside.some(({ text }) => text === "that") || behind.some(({ quotation }) => quotation !== null)) return false;
  if (next.parted) return !FINITE.has(next.text);
  // "…, the agency announced Monday a programme".
  const after = isDay(next) ? items[to + (HOURS.has(items[to + 1]?.text ?? "") ? 2 : 1)] : next;
  return after === undefined || (after !== next && after.parted) || AFTERWARDS.has(after.text);
}

/**
 * What an attribution says that its speaker holds, in the sentence's own words; null where it says nothing. `quoting` are the
 * attributions of the sentence that have words in marks.
 */
export function positionOf(
  text: string,
  items: readonly Item[],
  attributions: readonly Attribution[],
  at: number,
  quoting: ReadonlySet<Attribution>,
): Span | null {
  const attribution = attributions[at]!;
  if (attribution.verb.use !== "position") return null;
  // "When Reed said it was over, the firm …" ends no one knows where.
  if (attribution.from === 1 && OPENS_ASIDE.has(items[0]!.text)) return null;
  const from = clauseAfter(text, items, attribution);
  if (from !== null) {
    const end = endOfClause(text, items, attributions.slice(at + 1), from, quoting);
    // "But while experts say that fears are overblown, they …"
    // "Reed, who said that she would resign, has …".
    const isAside =
      SUBORDINATES.has(items[attribution.from - 1]?.text ?? "") ||
      isRelative(items.slice(attribution.from, attribution.to));
    return isAside && items.slice(from + 1, end).some(({ parted }) => parted) ? null : spanOf(text, items, from, end);
  }
  if (!trails(items, attribution) || attributions.slice(0, at).some(({ speaker }) => speaker !== null)) return null;
  if (quoting.size > 0 || opensAside(items) || isAsked(text, items) || !isClause(items.slice(0, attribution.from)))
    return null;
  return spanOf(text, items, reportEnds(text, items, attribution.from), attribution.from);
}

/** Behind "A reader shares a report:", "The Westmark Gazette reports:" begins what somebody says. */
function reportEnds(text: string, items: readonly Item[], to: number): number {
  const colon = items.findIndex(
    ({ start, parted }, at) => at > 0 && at < to && parted && text.slice(items[at - 1]!.end, start).includes(":"),
  );
  const label = items.slice(0, Math.max(0, colon));
  // "Westmark: the harbour has closed"
  const isPlace = label.length <= LONGEST_PLACE && label.every((item) => item.capital && !CREDITS.has(item.text));
  return colon !== -1 && (isPlace || label.some((item) => REPORTS.has(item.text))) ? colon : 0;
}

const LONGEST_PLACE = 3;
const REPORTS = setOf("report reports reported writes quotes");

/** "Reed, who recently said": not "Reed, who leads the board, said". */
function isRelative(items: readonly Item[]): boolean {
  const who = items.findLastIndex(({ text }) => text === "who");
  return who !== -1 && !items.slice(who + 1).some(({ parted }) => parted);
}

/** Where the clause begins that an attribution opens. */
export function clauseAfter(
  text: string,
  items: readonly Item[],
  { from, to, verb, inverted }: Attribution,
): number | null {
  if (inverted) {
    // "According to Reed, the rule …".
    const opens = verb.verb === "according" && from === 0 && items[to]?.parted === true;
    return opens && !RELATIVES.has(items[to]!.text) && isClause(items.slice(to)) ? to : null;
  }
  const that = thatAfter(items, to, !TELLING.has(verb.verb));
  // "says that’s not right", "said that is final": it is the subject.
  if (that !== null && (FINITE.has(items[that + 1]?.text ?? "") || isWhose(text, items[that]!))) return null;
  if (that !== null) return items.length - that > FEWEST_OF_CLAUSE ? that + 1 : null;
  if (verb.verb === "tell") return toldClause(items, to);
  return verb.verb === "say" ? bareClause(items, to) : null;
}

/** With these stands who was told. */
const TELLING = setOf("tell warn caution");
/** "responded to claims that": it is others who say so. */
const CLAIMS = setOf(
  "claims claim allegations reports report fears news suggestions concerns criticism accusations idea notion fact " +
    "announcement announcements assertion assertions warning warnings prediction argument arguments complaint complaints view belief promise",
);

/** The "that" which opens what was said; behind "said" nothing but when, where and to whom stands before it. */
function thatAfter(items: readonly Item[], to: number, adverbially: boolean): number | null {
  // "warned of laws that limit": it is the laws that do.
  if (items[to]?.text === "of") return null;
  // "announced a policy that requires" says what the policy does.
  if (adverbially && !ADVERBIALS.has(items[to]?.text ?? "") && !isTime(items, to)) return null;
  for (let i = to; i < Math.min(items.length, to + REACH_OF_THAT); i++) {
    const { text, quotation, parted } = items[i]!;
    if (quotation !== null || (parted && i > to)) return null;
    if (text === "that") return i > to && CLAIMS.has(items[i - 1]!.text) ? null : i;
    if (
      FINITE.has(text) ||
      CLAUSE_BEGAN.has(text) ||
      (i > to && SPEAKING.get(text)?.form === "past") ||
      (text.length > 4 && text.endsWith("ed"))
    )
      return null;
  }
  return null;
}

/** "said on Friday it would appeal" */
function bareClause(items: readonly Item[], to: number): number | null {
  let at = to;
  while (at < items.length && isTime(items, at)) at++;
  const first = items[at];
  if (first === undefined || first.parted || first.quotation !== null || NO_CLAUSE.has(first.text)) return null;
  // "said a lot of things", "the tool that she said will help", "the agency says The law …" behind a headline.
  if ((first.text === "a" && items[at + 1]?.text === "lot") || FINITE.has(first.text)) return null;
  if (first.capital && DETERMINERS.has(first.text)) return null;
  // "said in a statement carried by the Gazette"
  if (first.text.endsWith("ed") && /^(?:on|by|to|in|at|with|after|via|from)$/.test(items[at + 1]?.text ?? ""))
    return null;
  return isClause(items.slice(at)) || (items.length - at > FEWEST_OF_CLAUSE && SUBJECTS.has(first.text)) ? at : null;
}

function isTime(items: readonly Item[], at: number): boolean {
  const [text = "", next = ""] = [items[at]?.text, items[at + 1]?.text];
  if (text === "a") return next === "statement";
  if (text === "in" && next === "a") return items[at + 2]?.text === "statement";
  // "said on the stand"
  if (text === "on") return items[at + 1]?.capital === true || /^\d/.test(next);
  return TIMES.has(text) && (!/^(?:this|last|in)$/.test(text) || OF_TIMES.has(next));
}

/** "told reporters how they feel" */
const ASKING = setOf("how what why if whether when where who");

/** "How has the minister, who resigned, said it?" */
const isAsked = (text: string, items: readonly Item[]): boolean =>
  ASKING.has(items[0]!.text) && text.startsWith("?", items.at(-1)!.end);

/** "told drivers it would seek a ban" */
function toldClause(items: readonly Item[], to: number): number | null {
  for (let i = to + 1; i < Math.min(items.length, to + 5); i++) {
    if (items[i]!.parted || items[i]!.quotation !== null) return null;
    if (ASKING.has(items[i]!.text)) return null;
    if (/^(?:it|he|she|they)$/.test(items[i]!.text)) return isClause(items.slice(i)) ? i : null;
  }
  return null;
}

/** Behind a comma with these goes on what others say or do. */
const OTHERS = setOf("but while according citing");
/** ", calling it a mistake" */
const isCalling = ({ text }: Item): boolean =>
  SPEAKING.get(text)?.form === "ongoing" && SPEAKING.get(text)?.use === "calls";
const JOINING = setOf("and but while after as when because although though since");

/** Where who reported it all stands at the end: ", the Westmark Gazette has reported". */
function reportedFrom(items: readonly Item[], from: number): number {
  const at = items.findLastIndex(({ parted }, i) => parted && i > from);
  const reported = items.findIndex(({ text }, i) => at !== -1 && i > at && REPORTING.test(text));
  const isTail = reported > at && reported - at <= LONGEST_NAME && items.length - reported <= LONGEST_TIME;
  return isTail && items.slice(at, reported).some((item) => isName(item) || isWriting(item.text)) ? at : items.length;
}

/** Where it was said is told behind it: "… would fail in an interview with the Gazette". */
function occasionFrom(items: readonly Item[], from: number): number {
  const at = items.findIndex(
    ({ text }, i) =>
      i >= from + FEWEST_OF_CLAUSE &&
      /^(?:in|at|during)$/.test(text) &&
      /^an?$/.test(items[i + 1]?.text ?? "") &&
      items.slice(i + 2, i + 4).some((item) => !item.parted && OCCASIONS.has(item.text)),
  );
  return at === -1 ? items.length : at;
}

/** "… fears a ban; staff leave the firm": a headline's second part is of nobody. */
function semicolonFrom(text: string, items: readonly Item[], from: number): number {
  const at = items.findIndex(
    ({ start, parted }, i) => i > from && parted && text.slice(items[i - 1]!.end, start).includes(";"),
  );
  return at === -1 ? items.length : at;
}

const OCCASIONS = setOf(
  "interview statement letter speech lawsuit filing briefing conference hearing memo tweet email",
);
const REPORTING = /^(?:report(?:s|ed)|show(?:s|ed)?|reveal(?:s|ed)?)$/;
/** "reported earlier this week" */
const LONGEST_TIME = 4;

/** Before the next who speaks, or before ", adding" where words in marks follow; else at the end of the sentence. */
function endOfClause(
  text: string,
  items: readonly Item[],
  later: readonly Attribution[],
  from: number,
  quoting: ReadonlySet<Attribution>,
): number {
  const aside = items.findIndex((item, at) => at > from && item.parted && (OTHERS.has(item.text) || isCalling(item)));
  const end = Math.min(
    aside === -1 ? items.length : aside,
    reportedFrom(items, from),
    occasionFrom(items, from),
    semicolonFrom(text, items, from),
  );
  for (const attribution of later) {
    const { from: next, speaker, verb } = attribution;
    if (next >= end) break;
    if (speaker === null || next <= from || (verb.form === "ongoing" && !quoting.has(attribution))) continue;
    return JOINING.has(items[next - 1]!.text) ? next - 1 : next;
  }
  return end;
}

function spanOf(text: string, items: readonly Item[], from: number, to: number): Span | null {
  const own = items.slice(from, to);
  const isFirst = text.slice(0, items[0]!.start).trim() === "";
  return own.length < FEWEST_OF_CLAUSE || runsOver(text, own) || (isFirst && mayRunOver(text, own))
    ? null
    : withClosing(text, {
        start: own[0]!.start - Number(/[$£€¥‘]/.test(text.charAt(own[0]!.start - 1))),
        end: own.at(-1)!.end,
      });
}

const PAIRS = ["()", "‘’"];

/** A span with the bracket, the mark or the possessive that closes behind it; null where none closes there. */
function withClosing(text: string, { start, end }: Span): Span | null {
  const said = text.slice(start, end);
  if (/^['’]s\b/.test(text.slice(end, end + 3))) return withClosing(text, { start, end: end + 2 });
  const pair = PAIRS.find(
    ([opening, closing]) => said.includes(opening!) && !said.includes(closing!, said.lastIndexOf(opening!)),
  );
  if (pair === undefined) return { start, end };
  return text.charAt(end) === pair[1] ? { start, end: end + 1 } : null;
}
