import { isWriting, SPEAKING } from "#text/speaking.ts";
import type { Attribution } from "./attributions.ts";
import type { Item } from "./items.ts";
import { CREDITS, FEWEST_OF_CLAUSE, isName, LONGEST_NAME, setOf } from "./words.ts";

/** Behind a comma with these goes on what others say or do. */
const OTHERS = setOf("but while according citing");

/** ", calling it a mistake" */
const isCalling = ({ text }: Item): boolean =>
  SPEAKING.get(text)?.form === "ongoing" && SPEAKING.get(text)?.use === "calls";

const JOINING = setOf("and but while after as when because although though since");

/** Before the next who speaks, or before ", adding" where words in marks follow; else at the end of the sentence. */
export function endOfClause(
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

/** Where who reported it all stands at the end: ", the Westmark Gazette has reported". */
function reportedFrom(items: readonly Item[], from: number): number {
  const at = items.findLastIndex(({ parted }, i) => parted && i > from);
  const reported = items.findIndex(({ text }, i) => at !== -1 && i > at && REPORTING.test(text));
  const isTail = reported > at && reported - at <= LONGEST_NAME && items.length - reported <= LONGEST_TIME;
  return isTail && items.slice(at, reported).some((item) => isName(item) || isWriting(item.text)) ? at : items.length;
}

const REPORTING = /^(?:report(?:s|ed)|show(?:s|ed)?|reveal(?:s|ed)?)$/;

/** "reported earlier this week" */
const LONGEST_TIME = 4;

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

const OCCASIONS = setOf(
  "interview statement letter speech lawsuit filing briefing conference hearing memo tweet email",
);

/** "… fears a ban; staff leave the firm": a headline's second part is of nobody. */
function semicolonFrom(text: string, items: readonly Item[], from: number): number {
  const at = items.findIndex(
    ({ start, parted }, i) => i > from && parted && text.slice(items[i - 1]!.end, start).includes(";"),
  );
  return at === -1 ? items.length : at;
}

/** Behind "A reader shares a report:", "The Westmark Gazette reports:" begins what somebody says. */
export function reportEnds(text: string, items: readonly Item[], to: number): number {
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
