import type { Span } from "#model/tag.ts";
import { monthNamed } from "#text/calendar.ts";
import { type Ranges, without } from "./ranges.ts";

/**
 * `BRUSSELS (Newswire) — `, `WASHINGTON, March 3 - `, `Paris, 3 March 2026 – `, `(Newswire) — `, `March 3, 2026 - `: a place in capitals, or
 * one with a date or an agency behind it. `Paris — the capital — …` is none: what follows must begin a sentence.
 */
const DATELINE = new RegExp(
  [
    "^(?:",
    "\\p{Lu}[\\p{Lu}.’' -]{2,30}(?:,\\s[\\p{L}.]{2,20}){0,2}(?:,?\\s\\p{L}{3,9}\\.?\\s\\d{1,2}(?:,\\s\\d{4})?)?\\s?(?:\\([^()]{2,30}\\))?",
    "|\\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}+){0,2}(?:,\\s(?:\\d{1,2}\\.? \\p{L}{3,9}|\\p{L}{3,9} \\d{1,2})(?:,? \\d{4})?\\s?(?:\\([^()]{2,30}\\))?|\\s?\\(\\p{L}[^()]{1,30}\\))",
    "|\\(\\p{Lu}[^()]{1,30}\\)",
    "|\\p{Lu}\\p{L}{2,8}\\.? \\d{1,2}, \\d{4}|\\d{1,2} \\p{Lu}\\p{L}{2,8} \\d{4}",
    ')(?:\\s?[—–]|\\s--?)\\s*(?=[\\p{Lu}“"\\d])',
  ].join(""),
  "u",
);

/** `(a) Membership.—(1) In general.--`: the numbers and captions of a law. */
const CAPTION =
  /^(?:(?:SEC(?:TION)?|Sec(?:tion)?)\.?\s*\d+[A-Z]?\.\s*)?(?:[`‘“"']*\(\w{1,5}\)\s*)*(?:\p{Lu}[\p{L}\s,;’'-]{1,80}\.\s?(?:[—–]|--)\s*)?(?:\(\w{1,5}\)\s*)*(?:\p{Lu}[\p{L}\s,;’'-]{1,80}\.\s?(?:[—–]|--)\s*)?/u;

/** `8. The Board …`, `(12) In the view of …`: the number of a paragraph, which names it and says nothing. No day of a month. */
const NUMBERED = /^(?:\d{1,3}[.)]|\(\d{1,3}\))\s+(?=["“‘]?\p{Lu}\p{L}*\s)/u;

/** An aside that can go without a trace: several words or a citation, no brackets inside. `subsection (f)` is no aside. */
const ASIDE = /\s?\(([^()]{4,150})\)/gu;
const TELLS_ASIDE = /\S{2}\s|^\d{4}$|^(?:pictured|above|left|right|inset)$/u;
/** What an aside may not take with it: denials, doubts and conditions. */
const KEPT_ASIDE = /\b(?:not|never|no|denie[sd]|den(?:y|ies)|alleged(?:ly)?|unconfirmed|if|unless|except)\b/iu;

/** A trailing note that a paper said it, which the citation says already. Never an anonymous source: that is a hedge. */
const PAPER =
  /,\s+(?:according to|as) (?:a|an|the) (?:[\p{L}’'-]+ )?(?:press release|news release|statement|filing|announcement|notice|transcript|release)(?=\.["”’]?$)/u;

/** The formula that ends a bill's long title. */
const OTHER_PURPOSES = /,? and for other purposes(?=\.["”’]?$)/u;

/** The space that a link leaves before the mark behind it: `the Courier , a weekly`, `Northlake ’s model`. */
const LOOSE = /(?<=[\p{L}\p{N}”"’)])\s(?=,\s|\.(?:\s[^.\s]|$)|[’']s\s)/gu;

/** A call to read on that a feed has glued to the last words. */
const READ_ON =
  /\s(?:Continue reading|Keep reading|Read (?:the )?(?:[Ff]ull|[Mm]ore|[Rr]est|[Ww]hole|[Oo]riginal|[Ee]ntire))\b[^!?…]{0,60}$/u;

const DASH = /[—–-]/;
/** Characters within which a dateline ends. */
const LONGEST_OPENING = 160;
const ENDS = /(?:release|statement|filing|announcement|notice|transcript|purposes)\.["”’]?$/;

/** The length of the number that a sentence begins with as its paragraph does. */
function numberOf(sentence: string): number {
  const number = NUMBERED.exec(sentence)?.[0].length ?? 0;
  const [next = ""] = sentence.slice(number).split(" ", 1);
  return number > 0 && monthNamed(next) === null ? number : 0;
}

/** The parts of a sentence that can be cut without touching what it says, in order. */
function cutsOf(sentence: string): Span[] {
  const cuts: Span[] = [];
  const opening = DASH.test(sentence.slice(0, LONGEST_OPENING))
    ? (DATELINE.exec(sentence) ?? CAPTION.exec(sentence))
    : CAPTION.exec(sentence);
  const head = opening?.[0].length || numberOf(sentence);
  if (head > 0) cuts.push({ start: 0, end: head });
  // Searching for what is not there costs most of the time: a plain look first.
  for (const match of sentence.includes("(") ? sentence.matchAll(ASIDE) : []) {
    const end = match.index + match[0].length;
    if (
      match.index >= head &&
      end < sentence.length - 1 &&
      match.index > 0 &&
      TELLS_ASIDE.test(match[1]!) &&
      !KEPT_ASIDE.test(match[0])
    ) {
      cuts.push({ start: match.index, end });
    }
  }
  for (const { index } of sentence.matchAll(LOOSE)) {
    if (!cuts.some(({ start, end }) => index >= start && index < end)) cuts.push({ start: index, end: index + 1 });
  }
  cuts.sort((a, b) => a.start - b.start);
  const ending = ENDS.test(sentence.slice(-40))
    ? (PAPER.exec(sentence) ?? OTHER_PURPOSES.exec(sentence))
    : READ_ON.exec(sentence);
  if (ending !== null && ending.index >= (cuts.at(-1)?.end ?? 0)) {
    cuts.push({ start: ending.index, end: ending.index + ending[0].length });
  }
  return cuts;
}

/** The ranges of a sentence that are kept once datelines, asides and mentions of the paper are cut. */
export function shorten(source: string, sentence: Span): Ranges {
  const cuts = cutsOf(source.slice(sentence.start, sentence.end));
  return without(
    sentence,
    cuts.map(({ start, end }) => ({ start: sentence.start + start, end: sentence.start + end })),
  );
}
