import { RELATIVES } from "#text/english.ts";
import { SPEAKING } from "#text/speaking.ts";
import type { Attribution } from "./attributions.ts";
import type { Item } from "./items.ts";
import { DETERMINERS, FEWEST_OF_CLAUSE, FINITE, isWhose, setOf } from "./words.ts";

/** A clause begins so, whatever its verb. */
const SUBJECTS = setOf("it he she they we its their his her the a an these those no all some both");

/** "said so", "said nothing", "said to be". */
const NO_CLAUSE = setOf(
  "afterward afterwards to so nothing yes no goodbye more little much of about in on at with for before after as when while amid " +
    "during ahead since until because",
);

export const DAYS = "monday tuesday wednesday thursday friday saturday sunday";

/** When and where it was said. */
const TIMES = setOf(`on last this week month year late early earlier yesterday today in a statement ${DAYS}`);

const OF_TIMES = setOf(`week month year ${DAYS}`);

/** What may stand between "said" and "that". */
const ADVERBIALS = setOf(
  "at to through during via from by before after afterward afterwards later again repeatedly publicly clearly that",
);

/** A clause without "that" has begun where one of these stands. */
const CLAUSE_BEGAN = setOf("he she it they we who which i and or but");

/** Words behind a verb among which "that" is looked for, and words of a clause among which its verb is. */
export const REACH_OF_THAT = 8;

const REACH_OF_VERB = 14;

export const isClause = (items: readonly Item[]): boolean =>
  items.length >= FEWEST_OF_CLAUSE &&
  items.slice(0, REACH_OF_VERB).some(({ text }) => FINITE.has(text) || (text.length > 4 && /(?:ed|s)$/.test(text)));

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
export const ASKING = setOf("how what why if whether when where who");

/** "told drivers it would seek a ban" */
function toldClause(items: readonly Item[], to: number): number | null {
  for (let i = to + 1; i < Math.min(items.length, to + 5); i++) {
    if (items[i]!.parted || items[i]!.quotation !== null) return null;
    if (ASKING.has(items[i]!.text)) return null;
    if (/^(?:it|he|she|they)$/.test(items[i]!.text)) return isClause(items.slice(i)) ? i : null;
  }
  return null;
}
