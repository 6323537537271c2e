import type { GatheringName, StageName } from "./stages.ts";

/** For each stage what is repeated without end: what it looks for, what it nearly takes for that, and what never closes. */
export const UNITS: Readonly<Record<StageName, readonly string[]>> = {
  decode: ["é", "Ã©", "\u0081", "a"],
  "an element of a feed": [" ", "\t", "\n ", "@", "a@", "(", "a (b", "<a", "&amp;", "é", "]]>"],
  "an attribute of a feed": [" ", "'", "=", "a=", "/../", "%"],
  "markup of a feed": [
    "<title>",
    "<author>",
    "<a ",
    "<!--",
    "<![CDATA[",
    "<item>",
    "</",
    '<b c="',
    "<x:y xmlns:x='z'>",
  ],
  "xhtml of a feed": ["<b>", "</div>", "<summary>", "</", "<!--"],
  "a JSON Feed": [" ", "\t", "é", "\\", "a"],
  "markup of JSON": ["[", '{"a":', '"', '{"id":"1"},'],
  "what is no feed": ["<link ", "<base>", "<link rel=alternate href=a>", "<!doctype "],
  "plain text": [" ", "<", "<!--", "<script>", "</script ", "&", "<p>", '<a b="', "\n"],
  "a text that is played": [" ", "<", "<a ", "&amp;", "a. ", "\n "],
  language: ["a ", "the ", "1"],
  mojibake: ["Ã©", "é", "â€", "é "],
  tokens: ["u.", "U.S. ", "a’", "%", "a-", "1,"],
  sentences: ["u.", "A. ", "\n", "\n \n", "No. 1 ", "(a) ", "“", "a", "🇫🇷", "\u0301"],
  shingles: ["a ", "u."],
  "a date": [" ", "1", "1/", "(", "march ", "T", "1 de "],
  "an address": ["a=1&", "?", "/", "%", "&", "www."],
  normalize: [" ", "<b>", "&lt;", "é", "u."],
  tags: ["AI ", "regulator fine ", "u.", "not ", "fine of $1 million. ", "the ", "France, Germany, "],
  "cluster reading": ["a ", "1,", "Ab "],
  "dates that are told": ["deadline March 3 ", "2026-03-0", "until ", "may 1"],
  "figures that are told": ["$1 ", "1,", "1 ", "1 million "],
  "a sentence that is shortened": [" ", "(a b", "A ", "(a) ", "March 3, ", "according to a "],
  speech: ["Ab ", "said ", "“a ", "“", ", said Ab", "according to ", "a "],
  "boilerplate and quality": ["By Ab ", "share ", "the term ", " | ", "subscribe ", "“"],
  summary: ["a b c d e. ", "$1 ", "(a b", "u.", "“", "A said. "],
  "figures that are compared": ["$1 ", "1 dogs. ", "1,", "The fine of 12 dollars rose. ", "🇫🇷"],
  gate: ["fine ", "the agency ", "on Monday ", "“"],
  page: ["<p>a", "<a>b</a>", "<br>", "a", '<div class="date">1 March</div>', '<li class="related">', "1 March "],
  "a name in a page": ["share-", "a ", "post-", "_"],
  robots: ["disallow: /*a\n", "disallow: *\n", "user-agent: a\n", "a*", "\r"],
  "agents of a robots.txt": ["user-agent: *\n", "user-agent: policywire\n", "user-agent: *\nallow: /b\n"],
  "a header": [" ", "1", "max-age=", ", "],
  query: ["“", "-", "a ", '"a" ', " "],
  "a line on Discord": [" ", "\u0301", "\u200D", "*", "- ", "a", "1."],
  "a line in the terminal": [" ", "\u202E", "a "],
  "a cut": ["\u0301", "\u202E", "\u2066", "\u202A\u2069", "👩‍", "🇫🇷", "\u{1F468}"],
  OPML: ["<outline>", '<outline text="a" xmlUrl="b"/>', "<", "&amp;", "<a b='"],
};

/** For each gathering what the things in it say, by their number. */
export const TEXTS: Readonly<Record<GatheringName, readonly ((at: number) => string)[]>> = {
  "entries of a feed": [(at) => `a${at}`, () => "a"],
  "entries that are normalised": [(at) => `a${at}`, () => "a"],
  "parameters of an address": [(at) => `a${at}`, () => "a", (at) => `utm_${at}`],
  "figures of articles": [
    (at) => `The regulator fined the company over records and audits ${at * 17 + 3} dollars.`,
    (at) =>
      `The regulator fined the company over records, ${Array.from({ length: 20 }, (_, i) => `${at * 99 + i} audits`).join(", ")}.`,
  ],
  "movements of a story": [
    (at) => `The regulator raised the fine for records and audits to ${at * 17 + 3} dollars.`,
    (at) => `The regulator raised the fine number${at} to ${at * 17 + 3} dollars.`,
    (at) => `The hearing was postponed to March ${1 + (at % 28)}, ${2027 + (at % 900)}.`,
  ],
  "a card": [
    (at) => `The regulator fined company ${at} and said that audits in all of its ${at} offices would follow soon.`,
  ],
  "feeds of an OPML": [(at) => `a${at}`, () => "a"],
  "ids of feeds": [(at) => `a${at}`, () => "a"],
};

/** A text of about `size` characters that repeats a unit, with something before and behind it that it does not match. */
export const repeated = (unit: string, size: number): string => `ab${unit.repeat(Math.ceil(size / unit.length))}!x`;
