import { occasionOf, type Window } from "./occasion.ts";

/** Words by which a sentence speaks of the weekday behind them as of one to come. */
const SCHEDULED =
  /\b(?:will|shall|due|set|scheduled|planned|slated|expected|expects?|plans?|going|(?:council|committee|panel|board|senate|house|parliament|assembly|commission|court) (?:votes|meets|hears))\b/gi;

/** A verb of the past, or what is over before: the weekday behind it is one that was. */
const DONE =
  /\b(?:was|were|said|told|wrote|took|held|heard|met|began|came|went|gave|won|lost|rose|fell|sent|after|earlier|\p{L}{2,12}ed)\b/iu;

/** What a matter does itself on the day for which it is scheduled ("the hearing will resume on Tuesday"), and what ties the day. */
const OCCURS: ReadonlySet<string> = new Set(
  "to be is are for on at by in the now next early late begin start open resume continue conclude close end expire lapse take place go come enter into effect force apply happen held due set scheduled planned slated expected heard issued published released announced made taken back".split(
    " ",
  ),
);

/** Characters between what is scheduled and its weekday. */
const CLAUSE = 60;

/** Whether the words before a weekday speak of it as one to come, and of the matter as what is on it. */
export function isWeekdayAhead(window: Window): boolean {
  const { lead } = window;
  const scheduled = [...lead.matchAll(SCHEDULED)].at(-1);
  if (scheduled === undefined || /\b(?:the|an?) $/i.test(lead)) return false;
  const between = lead.slice(scheduled.index + scheduled[0].length);
  if (between.length > CLAUSE || DONE.test(between)) return false;
  // What stands before "will" is on that day only where nothing else is said to be done then.
  return (
    (between.match(/\p{L}+/gu) ?? []).every((word) => OCCURS.has(word.toLowerCase())) ||
    isNamedIn(window, scheduled.index)
  );
}

const isNamedIn = (window: Window, from: number): boolean => {
  const lead = window.lead.slice(from);
  return occasionOf({ ...window, before: lead, lead }) !== null;
};
