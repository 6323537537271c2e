import { expect, test } from "vitest";
import type { Tagging } from "#model/tag.ts";
import { lawNamesIn, nameBeside } from "#pipeline/matters/names.ts";
import { pageOf } from "#pipeline/matters/pages.ts";
import { sightingsIn } from "#pipeline/matters/sightings.ts";
import { partsIn, partText } from "#pipeline/matters/standing.ts";
import { article } from "#support/samples.ts";
import { identifiersOf } from "#text/identifiers.ts";

const UNTAGGED: Tagging = { relevant: true, support: 1, hold: null, tags: [] };
const LAWS = {
  stages: [
    { id: "talks", name: "Talks", order: 1, cues: [], conditionalCap: false },
    { id: "law", name: "Law", order: 5, cues: [], conditionalCap: false },
  ],
  instruments: [
    { id: "frontier-law", name: "Frontier law", place: "US-CA", numbers: ["SB 53"], aliases: ["frontier law"] },
    { id: "machine-act", name: "Machine Act", numbers: ["Regulation (EU) 2031/1689", "2031/0106(COD)"], aliases: [] },
  ],
};
const seen = (title: string, text = "") =>
  sightingsIn(article({ title, text, textHash: title + text }), UNTAGGED, LAWS);
const keys = (title: string, text = "") => seen(title, text).map(({ key }) => key);

test.each([
  ["Idaho's governor signs SB 53", "US-ID bill SB53"],
  ["Governor signs SB 53", "US-ID bill SB53", "The bill binds developers. Idaho is the first state."],
  ["California lawmakers pass SB 53", "frontier-law"],
  ["House passes H.R. 1234", "bill HR1234 of 119"],
  ["Council adopts Regulation (EU) 2031/1689", "machine-act"],
  ["Vote on 2031/0106(COD)", "machine-act"],
  ["Court hears 3:31-cv-01234", "US docket 3:31-cv-01234"],
])("%s is about %s", (title, key, text = "") => {
  expect(keys(title, text)).toEqual([key]);
});

test("a bill of a state that nobody names, or of one of two, is no matter", () => {
  expect(keys("Governor signs SB 53")).toEqual([]);
  expect(keys("SB 53 becomes law in Idaho as Utah waits")).toEqual([]);
});

test("what a text cites once, far down, it is not about", () => {
  const far = `${"The senate sat late and heard the report. ".repeat(12)}It rests on Public Law 117-167.`;
  expect(keys("Senate hears report", far)).toEqual([]);
  expect(keys("Senate hears report", `${far} Public Law 117-167 pays.`)).toEqual(["act PL117-167"]);
});

test.each([
  ["SB 53, the Transparency in Frontier AI Act, is law.", "Transparency in Frontier AI Act"],
  ["The Safe Robots Act (H.R. 12) passed.", "Safe Robots Act"],
  ["H.R. 12 (also known as the Safe Robots Act) passed.", "Safe Robots Act"],
  ["H.R. 12, dubbed the “Safe Robots Act”, passed.", "Safe Robots Act"],
  ["Under the Safe Robots Act, or H.R. 12, firms report.", "Safe Robots Act"],
])("%s gives the number a name", (sentence, name) => {
  const [number] = identifiersOf(sentence);
  expect(nameBeside(sentence, number!)).toBe(name);
});

test.each([
  "H.R. 12 would repeal the Safe Robots Act.",
  "The senate passed H.R. 12 and the Safe Robots Act.",
  "Unlike the Safe Robots Act of last year, the bill H.R. 12 has no fines.",
])("%s does not", (sentence) => {
  const [number] = identifiersOf(sentence);
  expect(nameBeside(sentence, number!)).toBe(null);
});

test("names of laws are words with capitals up to what a law is called", () => {
  const text = "Under California's Safe Robots Act, and the Use of Sensors (Limits) Bill, it must Act. A Bill is sent.";
  expect(lawNamesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(["Safe Robots Act"]);
});

test.each([
  [
    "act 2031/1689",
    "Regulation (EU) 2031/1689",
    "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32031R1689",
  ],
  ["act 2002/58", "Directive 2002/58/EC", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32002L0058"],
  ["act 2031/1689", "(EU) 2031/1689", null],
  ["bill HR1234 of 121", "H.R. 1234", "https://www.congress.gov/bill/121st-congress/house-bill/1234"],
  ["bill SJRES18 of 119", "S.J.Res. 18", "https://www.congress.gov/bill/119th-congress/senate-joint-resolution/18"],
  ["notice 2031-01234", "FR Doc. 2031-01234", "https://www.federalregister.gov/d/2031-01234"],
  ["docket NIST-2031-0012", "NIST-2031-0012", "https://www.regulations.gov/docket/NIST-2031-0012"],
  ["US docket 24-1260", "No. 24-1260", null],
  ["case C-203/22", "C-203/22", "https://curia.europa.eu/juris/liste.jsf?num=C-203/22"],
  ["si 2031/419", "SI 2031/419", "https://www.legislation.gov.uk/uksi/2031/419"],
])("%s, written %s, has the page %s", (key, written, page) => {
  expect(pageOf(key, written)).toBe(page);
});

test("where a matter stands is told by a sentence that names it, or by the head of an article about it", () => {
  const text = "H.R. 12 was signed on Monday. The court hears others.";
  const from = text.indexOf("signed");
  const evidence = [
    {
      field: "text" as const,
      start: from,
      end: from + 6,
      phrase: "signed",
      sentence: { start: 0, end: 29 },
      rule: "signed",
      reading: "stated" as const,
    },
  ];
  const tags = [{ axis: "stage" as const, id: "law", strength: "strong" as const, primary: true, evidence }];
  const of = (title: string, said: string) =>
    sightingsIn(article({ title, text: said, textHash: said }), { ...UNTAGGED, tags }, LAWS);
  expect(of("Robots", text)[0]?.step).toEqual({ stage: "law", sentence: "H.R. 12 was signed on Monday." });
  const aside = `${"It was signed by many. ".repeat(30)}The house passed H.R. 12 on Monday. Others passed H.R. 12 too.`;
  expect(of("Robots", aside)[0]?.step).toBe(null);
});

const NOW_DAY = 20_781;
const stands = (sentence: string) => partsIn(sentence, sentence.indexOf("SB 77"), NOW_DAY).map(partText);

test.each([
  ["SB 77 is still in force, but a judge blocked its enforcement.", ["in force", "enforcement stayed"]],
  [
    "SB 77 entered into force in June and will be replaced from 1 January 2027.",
    ["in force", "replaced from 2027-01-01"],
  ],
  ["SB 77 takes effect on 30 June 2027.", ["in force from 2027-06-30"]],
  ["Enforcement of SB 77 was paused by the court.", ["enforcement stayed"]],
  ["Enforcement of SB 77 began on Monday.", ["enforced"]],
  ["SB 77 was struck down on Friday.", ["no longer in force"]],
  ["The old act was replaced by SB 77.", []],
  ["SB 77 could be repealed.", []],
  ["Developers ask that enforcement of SB 77 should be paused.", []],
  ["SB 77 is not in force.", []],
  ["Will SB 77 be replaced?", []],
])("%s says by part: %j", (sentence, parts) => {
  expect(stands(sentence)).toEqual(parts);
});

test("how a law stands is read of the sentences that name it", () => {
  const text = "Idaho's SB 77 is in force. Another bill was repealed.";
  expect(seen("Robots in Idaho", text)[0]?.parts).toEqual([
    { part: "force", says: "in force", day: null, sentence: "Idaho's SB 77 is in force." },
  ]);
});
