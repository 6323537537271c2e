import type { Span } from "#model/tag.ts";
import type { Attribution } from "./attributions.ts";
import { endOfClause, reportEnds } from "./clause-ends.ts";
import { ASKING, clauseAfter, DAYS, isClause, REACH_OF_THAT } from "./clauses.ts";
import type { Item } from "./items.ts";
import { SUBORDINATES } from "./joining.ts";
import { mayRunOver, runsOver } from "./running-over.ts";
import { FEWEST_OF_CLAUSE, FINITE, isDay, setOf } from "./words.ts";

const HOURS = setOf("morning afternoon evening night");
/** A sentence that begins so has its clause behind the first comma, or tells of when something was said. */
const OPENS_ASIDE = setOf(
  "in on at as after before when while if with by for from during despite since because although though according asked to",
);
const AFTERWARDS = setOf(`on in at during after before ahead amid this last late early when while as ${DAYS}`);

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

/** "Reed, who recently said": not "Reed, who leads the board, said". */
function isRelative(items: readonly Item[]): boolean {
  const who = items.findLastIndex(({ text }) => text === "who");
  return who !== -1 && !items.slice(who + 1).some(({ parted }) => parted);
}

/** "How has the minister, who resigned, said it?" */
const isAsked = (text: string, items: readonly Item[]): boolean =>
  ASKING.has(items[0]!.text) && text.startsWith("?", items.at(-1)!.end);

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
