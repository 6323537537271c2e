import { as, type Beside, besideOneOf, type Form, further } from "./form.ts";

/** What stands behind an amount, a version, a score or a span of time, and behind no number of a bill. */
const AMOUNT =
  "(?![.,:]?\\d| ?%| (?:per ?cent|hundred|thousand|million|billion|trillion|crore|lakh|[mb]n|years?|months?|weeks?|days?|hours?|minutes?)\\b)";
/** Colorado counts by session, a special one has a letter: 24-205, 25B-004. No range of bills is written so. */
const OF_SESSION = "\\d{2}[A-Z]?-\\d{3,4}";
const BILL = `(?:${OF_SESSION}|\\d{1,5})\\b${AMOUNT}`;

/** Words of a text about making law; who makes it, and `signed`, stand in other texts, too. */
const LAW = /\b(?:bills?|laws?|legislat(?:ion|ive|ure|ors?)|lawmakers?|statutes?|veto(?:es|ed)?)\b/i;
const MAKING = /\b(?:signs|signed|amend(?:s|ed|ments?)?)\b/i;
const MAKERS = /\b(?:senat(?:e|ors?)|assembly|house|committees?|governor|congress|representatives)\b/i;
/** SB is the Super Bowl and a stolen base, HB and AB are pencils and batters. */
const PLAYS =
  /\b(?:super bowl|touchdowns?|kick-?off|half-?time|quarterbacks?|innings?|batters?|playoffs?|players?|league|NFL|pencils?)\b/i;

const UNMISTAKABLE = new RegExp(`^${OF_SESSION}$`);

/**
 * Super Bowls, bases, pencils and forms at school are counted below a hundred: there a senator in the same text does not make
 * a bill of them.
 */
function besideWords(words: RegExp): Beside {
  return (text) => {
    if (words.test(text)) return () => true;
    if (PLAYS.test(text)) return () => false;
    const [making, makers] = [MAKING.test(text), MAKERS.test(text)];
    return (number) => making || (makers && number.length > 2) || UNMISTAKABLE.test(number);
  };
}

const makesLaw = besideWords(LAW);
/** Texts on human resources, HR, speak of laws as well. */
const ofCongress = besideWords(/\b(?:bills?|lawmakers?|legislation)\b/i);
const ofNewYork = besideOneOf(/\b(?:New York|Albany)\b/);
/** The constitution of California is amended by SCA 3 and ACA 8; the ACA is a law on health insurance, too. */
const ofCalifornia = besideOneOf(/\b(?:California|Sacramento|constitution(?:al)?)\b/i);

const letters = (written: string) => written.replaceAll(/[^\p{L}]/gu, "").toUpperCase();
/** Tennessee writes HB0825. */
const billOf = (chamber = "", number = "") => `bill ${letters(chamber)}${number.replace(/^0+/, "")}`;
const docketOf = (office = "", year = "", sort = "", number = "") =>
  `docket ${office}${year}-${sort}-${number.padStart(5, "0")}`;

/** Agencies whose dockets are kept in one place; a number of theirs needs no word before it. */
const AGENCIES =
  "ACF|AHRQ|AMS|APHIS|ATF|BIS|BLM|BOEM|CBP|CDC|CFPB|CFTC|CISA|CMS|COLC|CPSC|DARS|DEA|DHS|DOC|DOD|DOE|DOI|DOJ|DOL|DOS|DOT|EBSA|ED|EEOC|EERE|EOIR|EPA|ETA|FAA|FAR|FCC|FDA|FDIC|FEMA|FERC|FHFA|FINCEN|FMCSA|FNS|FRA|FSIS|FTA|FTC|FWS|GSA|HHS|HRSA|HUD|ICE|IRS|ITA|MARAD|MSHA|NARA|NASA|NCUA|NHTSA|NIH|NIST|NLRB|NOAA|NPS|NRC|NSF|NTIA|OCC|OFCCP|OMB|ONC|OPM|OSHA|OSTP|PHMSA|PTO|SBA|SEC|SSA|TREAS|TSA|USCG|USCIS|USDA|USTR|VA|WHD";
const IN_DOCKET = "(?:-[A-Z]{1,8}){0,3}-20\\d{2}-(?:[A-Z]{1,3}-){0,2}\\d{4}";

export const UNITED_STATES: readonly Form[] = [
  // New York counts its bills by one letter, and its prints by another: S6953B, A.6453-B.
  {
    kind: "bill",
    pattern: /\b([SA](?:\. ?|-)?)(\d{3,5})(?:-?[A-E])?\b/g,
    filed: (chamber = "", number) => `bill NY ${letters(chamber)}${number}`,
    beside: ofNewYork,
  },
  // S.B. 24-205, H.R. 2; SB 1047, HR 2, HF 4; in Washington ESSB 5838 is the second print of SB 5838.
  {
    kind: "bill",
    pattern: new RegExp(`\\b([SHA]\\.B|H\\.R|[HS]\\.F|L\\.[DB]|[SHA]\\.[JC]\\.R)\\. ?(${BILL})`, "g"),
    filed: billOf,
  },
  { kind: "bill", pattern: new RegExp(`\\b(HR)[ -]?(${BILL})`, "g"), filed: billOf, beside: ofCongress },
  {
    kind: "bill",
    // LD 50 is a dose.
    pattern: new RegExp(`\\b([SHA]B|[HS]F|L[DB](?! ?50\\b)|[SHA][JC]R)[ -]?(${BILL})`, "g"),
    filed: billOf,
    beside: makesLaw,
  },
  { kind: "bill", pattern: /\b([SA]CA) (\d{1,2})\b/g, filed: billOf, beside: ofCalifornia },
  { kind: "bill", pattern: new RegExp(`\\b[ES2-4]{1,4}([SH]B) (${BILL})`, "g"), filed: billOf, beside: makesLaw },
  {
    kind: "bill",
    pattern: new RegExp(`\\b(Senate|House|Assembly) ([Bb]ill|[Ff]ile)s? (?:Nos?\\. )?(${BILL})`, "g"),
    filed: (chamber = "", sort = "", number) => billOf(`${chamber[0]}${sort[0]}`, number),
    further: further(`(${BILL})`),
  },
  {
    kind: "bill",
    pattern: new RegExp(`\\bLegislative (Bill|Document) (?:No\\. )?(${BILL})`, "g"),
    filed: (sort = "", number) => `bill L${sort[0]}${number}`,
  },
  // Of the Congress: S. 2714, H.Res. 66, S.J. Res. 18, H. Con. Res. 14.
  { kind: "bill", pattern: /\b([HS]\. ?(?:J\. ?|Con\. ?)?Res)\. ?(\d{1,4})\b/g, filed: billOf },
  {
    kind: "bill",
    pattern: new RegExp(`\\b(S)\\. ?(\\d{1,4}\\b(?!-?[A-Z]\\b)${AMOUNT})`, "g"),
    filed: billOf,
    beside: ofCongress,
  },
  {
    kind: "act",
    pattern: /\b(?:Pub\. ?L\.|P\.L\.|Public Law) (?:No\. )?(\d{2,3}-\d{1,3})\b/g,
    filed: (number) => `act PL${number}`,
  },
  {
    kind: "order",
    pattern: /\b(?:[Ee]xecutive [Oo]rders?|E\.?O\.?s?) (?:Nos?\. )?(\d{5})\b/g,
    filed: as("order"),
    further: further("(\\d{5})\\b"),
  },
  { kind: "order", pattern: /\b[Ee]xecutive [Oo]rder ([A-Z]-\d{1,3}-\d{2})\b/g, filed: as("order") },
  // Of agencies: NIST-2026-0012, EPA-HQ-OAR-2025-0123; in a docket each document has a further number.
  { kind: "docket", pattern: new RegExp(`\\b((?:${AGENCIES})${IN_DOCKET})\\b`, "g"), filed: as("docket") },
  {
    kind: "docket",
    pattern: new RegExp(`\\b[Dd]ocket (?:ID|No\\.|[Nn]umber):? ([A-Z]{2,8}${IN_DOCKET})\\b`, "g"),
    filed: as("docket"),
  },
  {
    kind: "docket",
    pattern: /\bDocket Nos?\. (\d{2}-\d{1,4})\b/g,
    filed: as("docket"),
    further: further("(\\d{2}-\\d{1,4})\\b"),
  },
  { kind: "docket", pattern: /\bFile (?:No\.|Number) (S7-\d{2,4}-\d{2,4})\b/g, filed: as("docket") },
  { kind: "rin", pattern: /\b(\d{4}-(?:[A-Z]{2}|X[A-Z]\d)\d{2})\b/g, filed: as("rin") },
  {
    kind: "notice",
    pattern: /\b(?:FR Doc\.?|[Dd]ocument(?: [Nn]umber| No\.)?:?|Doc\. No\.) (20\d{2}-\d{5})\b/g,
    filed: as("notice"),
  },
  {
    kind: "notice",
    pattern: /\b(\d{2,3}) (?:FR|Fed\. ?Reg\.) (\d{1,3},\d{3}|\d{3,6})\b/g,
    filed: (volume, page = "") => `notice ${volume} FR ${page.replace(",", "")}`,
  },
  // Of courts: 3:24-cv-01234, 24-cv-01234, No. 24-1689; 10-15 may be a range.
  { kind: "case", pattern: /\b(\d:)(\d{2})-([a-z]{2})-(\d{3,6})\b/g, filed: docketOf },
  { kind: "case", pattern: /(?<![:\d])(\b)(\d{2})-(cv|cr|md|mc)-(\d{3,6})\b/g, filed: docketOf },
  {
    kind: "case",
    pattern: /\bNos?\. ?(\d{2}-\d{3,5})\b/g,
    filed: as("docket"),
    further: further("(\\d{2}-\\d{3,5})\\b"),
  },
];
