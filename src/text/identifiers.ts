/**
 * What names one bill, case or act, each with how it is written and what it is filed under, so that "SB 1047" and "Senate Bill 1047"
 * are one. `isSpare` forms are two letters and a number, which are as often other things: they count in a text about making law.
 */
type Written = {
  readonly pattern: RegExp;
  readonly filed: (parts: readonly string[]) => string;
  readonly isSpare?: true;
};

/** What stands behind an amount, a version or a score, and behind no number of a bill. */
const AMOUNT = "(?![.,:]?\\d| ?%| (?:per ?cent|hundred|thousand|million|billion|trillion|crore|lakh|[mb]n)\\b)";

const BILL = `\\d{1,5}(?:-\\d{1,4})?\\b${AMOUNT}`;

const billOf = ([letters = "", number = ""]: readonly string[]) => `bill ${letters.replace(".", "")}${number}`;
const actOf = (year: string, number: string) => `act ${year.length === 2 ? `19${year}` : year}/${Number(number)}`;

const WRITTEN: readonly Written[] = [
  // Bills: S.B. 24-205, H.R. 2; SB 1047, HR 2, HF 4.
  { pattern: new RegExp(`\\b([SHA]\\.B|H\\.R|[HS]\\.F|L\\.D)\\. ?(${BILL})`, "g"), filed: billOf },
  { pattern: new RegExp(`\\b([SHA]B|HR|[HS]F|LD)[ -]?(${BILL})`, "g"), filed: billOf, isSpare: true },
  {
    pattern: new RegExp(`\\b(Senate|House|Assembly) [Bb]ill (?:No\\. )?(${BILL})`, "g"),
    filed: ([chamber = "", number = ""]) => `bill ${chamber.charAt(0)}B${number}`,
  },
  // Dockets of courts: 3:24-cv-01234, No. 24-1689; 10-15 may be a range.
  { pattern: /\b(\d:\d{2}-[a-z]{2}-\d{3,6})\b/g, filed: ([docket = ""]) => `docket ${docket}` },
  { pattern: /\bNo\. ?(\d{2}-\d{3,5})\b/g, filed: ([docket = ""]) => `docket ${docket}` },
  // Cases before the European courts: C-252/21.
  { pattern: /\b([CT][-‑]\d{1,4}\/\d{2})\b/g, filed: ([docket = ""]) => `case ${docket.replace("‑", "-")}` },
  // Acts of the European Union: until 2014 a regulation was "No" and number before year, else year and number; CELEX; proposals.
  {
    pattern: /\((?:EU|EC|EEC)\) No (\d{1,4})\/(\d{4}|\d{2})\b/g,
    filed: ([number = "", year = ""]) => actOf(year, number),
  },
  { pattern: /\((?:EU|EC)\) (\d{4})\/(\d{1,4})\b/g, filed: ([year = "", number = ""]) => actOf(year, number) },
  { pattern: /\b(\d{4}|\d{2})\/(\d{1,4})\/E(?:U|C|EC)\b/g, filed: ([year = "", number = ""]) => actOf(year, number) },
  { pattern: /\b3(\d{4})[RLD](\d{4})\b/g, filed: ([year = "", number = ""]) => actOf(year, number) },
  {
    pattern: /\bCOM\((\d{4})\) ?(\d{1,4})\b/g,
    filed: ([year = "", number = ""]) => `proposal ${year}/${Number(number)}`,
  },
  // Orders of the American president.
  { pattern: /\b(?:[Ee]xecutive [Oo]rder|E\.?O\.?) (?:No\. )?(\d{5})\b/g, filed: ([order = ""]) => `order ${order}` },
];

/** Words of a text about making law. */
const MAKES_LAW =
  /\b(?:bills?|laws?|legislat(?:ion|ive|ure|ors?)|lawmakers?|senat(?:e|ors?)|assembly|house|governor|congress|statutes?|veto(?:es|ed)?|signs|signed|amend(?:s|ed|ments?)?)\b/i;

/** The bills, cases and acts that a text names by their numbers. */
export function identifiersIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  // All of them have a number.
  if (!/\d/.test(text)) return found;
  for (const { pattern, filed, isSpare } of WRITTEN) {
    for (const [, ...parts] of text.matchAll(pattern)) if (!isSpare || MAKES_LAW.test(text)) found.add(filed(parts));
  }
  return found;
}

/** How far an identifier names one thing: everywhere, within a country, or in one of a country's states. */
export type Extent = "everywhere" | "country" | "state";

/** States number their bills alike, and courts their dockets; the Congress, too, has an `HR 2` of its own. */
export function extentOf(identifier: string): Extent {
  if (/^bill [SHAL]/.test(identifier)) return identifier.startsWith("bill HR") ? "country" : "state";
  return identifier.startsWith("docket") ? "country" : "everywhere";
}
