import { isWeekday } from "#text/calendar.ts";
import type { Link } from "./cues.ts";

/** Words between a day and the word that ties it: the hour, the zone, what ends. */
const FILLER: ReadonlySet<string> = new Set(
  "the noon midnight am pm a.m a.m. p.m p.m. et est edt ct pt gmt cet cest eastern central pacific standard daylight time at end close of business or before than later".split(
    " ",
  ),
);

const LIMITS: ReadonlySet<string> = new Set("by until till before through due no not within deadline".split(" "));
const STARTS: ReadonlySet<string> = new Set("from starting beginning as".split(" "));
const EVENTS: ReadonlySet<string> = new Set("on for is be of at date".split(" "));
/** Characters before a day in which the word that ties it stands. */
const REACH = 80;

/** How a day is tied to the text that stands before it. */
export function linkOf(before: string): { readonly link: Link | "to" | "since"; readonly at: number } {
  const tail = before.slice(-REACH);
  const words = [...tail.matchAll(/[\p{L}\d][\p{L}\d.:]*/gu)];
  let event: number | null = null;
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at]![0].toLowerCase();
    const start = before.length - tail.length + words[at]!.index;
    if (LIMITS.has(word)) return { link: "limit", at: start };
    if (STARTS.has(word)) return { link: "start", at: start };
    if (word === "to") return { link: "to", at: start };
    if (word === "since" || word === "dated") return { link: "since", at: start };
    if (EVENTS.has(word)) event ??= start;
    else if (!FILLER.has(word) && !isWeekday(word) && !/^\d/.test(word)) break;
  }
  return event === null ? { link: "bare", at: before.length } : { link: "event", at: event };
}
