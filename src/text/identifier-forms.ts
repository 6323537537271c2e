/** What a number names. */
export type IdentifierKind =
  | "bill"
  | "act"
  | "procedure"
  | "proposal"
  | "case"
  | "docket"
  | "rin"
  | "notice"
  | "order"
  | "instrument"
  | "consultation";

/** How the numbers of one kind are written, and what they are filed under, so that `SB 1047` and `Senate Bill 1047` are one. */
export type Form = {
  readonly kind: IdentifierKind;
  readonly pattern: RegExp;
  readonly filed: (...parts: readonly string[]) => string;
  /** How the next number is written where a word in the plural has several: House Bills 4668 and 4667. */
  readonly further?: RegExp;
  /** Of letters and a number that are as often something else. */
  readonly beside?: Beside;
};

/** Whether a text holds what tells that a number in it is one of a bill. */
type Beside = (text: string) => (number: string) => boolean;

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

/** Whether one of these words stands in the text. */
const besideOneOf =
  (words: RegExp): Beside =>
  (text) => {
    const vouched = words.test(text);
    return () => vouched;
  };

const makesLaw = besideWords(LAW);
/** Texts on human resources, HR, speak of laws as well. */
const ofCongress = besideWords(/\b(?:bills?|lawmakers?|legislation)\b/i);
const ofNewYork = besideOneOf(/\b(?:New York|Albany)\b/);
const ofProvince = besideOneOf(
  /\b(?:Ontario|Qu[eé]bec|Alberta|Manitoba|Saskatchewan|British Columbia|Nova Scotia|New Brunswick)\b/,
);
/** The constitution of California is amended by SCA 3 and ACA 8; the ACA is a law on health insurance, too. */
const ofCalifornia = besideOneOf(/\b(?:California|Sacramento|constitution(?:al)?)\b/i);
const ofFinance = besideOneOf(
  /\b(?:FCA|PRA|Financial Conduct|Prudential Regulation|Bank of England|[Ww]atchdog|[Rr]egulators?|consult(?:s|ed|ing|ation)?)\b/,
);

const letters = (written: string) => written.replaceAll(/[^\p{L}]/gu, "").toUpperCase();
/** Tennessee writes HB0825. */
const billOf = (chamber = "", number = "") => `bill ${letters(chamber)}${number.replace(/^0+/, "")}`;
const actOf = (year = "", number = "") => `act ${year.length === 2 ? `19${year}` : year}/${Number(number)}`;
const lastFirst =
  (as: typeof actOf) =>
  (number = "", year = "") =>
    as(year, number);
const as =
  (kind: string) =>
  (number = "") =>
    `${kind} ${number}`;
/** A further number of a list, behind a comma or "and". */
const further = (number: string) => new RegExp(`(?:, (?:and )?| and | & )${number}`, "y");
const docketOf = (office = "", year = "", sort = "", number = "") =>
  `docket ${office}${year}-${sort}-${number.padStart(5, "0")}`;

/** Agencies whose dockets are kept in one place; a number of theirs needs no word before it. */
const AGENCIES =
  "ACF|AHRQ|AMS|APHIS|ATF|BIS|BLM|BOEM|CBP|CDC|CFPB|CFTC|CISA|CMS|COLC|CPSC|DARS|DEA|DHS|DOC|DOD|DOE|DOI|DOJ|DOL|DOS|DOT|EBSA|ED|EEOC|EERE|EOIR|EPA|ETA|FAA|FAR|FCC|FDA|FDIC|FEMA|FERC|FHFA|FINCEN|FMCSA|FNS|FRA|FSIS|FTA|FTC|FWS|GSA|HHS|HRSA|HUD|ICE|IRS|ITA|MARAD|MSHA|NARA|NASA|NCUA|NHTSA|NIH|NIST|NLRB|NOAA|NPS|NRC|NSF|NTIA|OCC|OFCCP|OMB|ONC|OPM|OSHA|OSTP|PHMSA|PTO|SBA|SEC|SSA|TREAS|TSA|USCG|USCIS|USDA|USTR|VA|WHD";
const IN_DOCKET = "(?:-[A-Z]{1,8}){0,3}-20\\d{2}-(?:[A-Z]{1,3}-){0,2}\\d{4}";

const UNITED_STATES: readonly Form[] = [
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

const TYPE = "(?:\\b(?:Regulation|Directive|Decision)s? )?";
/** `EU` and `EC` in English, German, French and Spanish. */
const UNION = "EU|UE|EC|EG|CE";

const EUROPEAN_UNION: readonly Form[] = [
  // Until 2014 a regulation was "No" and number before year, else year and number; CELEX; proposals.
  {
    kind: "act",
    pattern: new RegExp(
      `${TYPE}\\((?:${UNION}|EEC|Euratom)\\) (?:No|Nr\\.|n[°º]|n\\.º) (\\d{1,4})/(\\d{4}|\\d{2})\\b`,
      "g",
    ),
    filed: lastFirst(actOf),
  },
  {
    kind: "act",
    pattern: new RegExp(`${TYPE}\\((?:${UNION}|CFSP)\\) (\\d{4})/(\\d{1,4})\\b`, "g"),
    filed: actOf,
    further: further("(\\d{4})/(\\d{1,4})\\b(?!/)"),
  },
  {
    kind: "act",
    pattern: new RegExp(`${TYPE}\\b(\\d{4}|\\d{2})/(\\d{1,4})/(?:${UNION}|EEC|JHA|CFSP)\\b`, "g"),
    filed: actOf,
  },
  { kind: "act", pattern: /\b(?:Regulation|Directive) (20\d{2})\/(\d{1,4})\b/g, filed: actOf },
  { kind: "act", pattern: /\b3(\d{4})[RLD](\d{4})\b/g, filed: actOf },
  {
    kind: "procedure",
    pattern: /\b(\d{4}\/\d{4}[A-Z]?)[ /]?\(?(COD|CNS|NLE|INI|INL|APP|RSP|BUD|DEC|ACI)\b/g,
    filed: (number, sort) => `procedure ${number}(${sort})`,
  },
  {
    kind: "proposal",
    pattern: /\bCOM[(/](\d{4})\)?[ /]?(\d{1,4})\b/g,
    filed: (year, number) => `proposal ${year}/${Number(number)}`,
  },
  {
    kind: "proposal",
    pattern: /\b5(\d{4})PC(\d{4})\b/g,
    filed: (year, number) => `proposal ${year}/${Number(number)}`,
  },
  { kind: "case", pattern: /\b([CT]-\d{1,4}\/\d{2})\b/g, filed: as("case") },
  {
    kind: "case",
    pattern: /\b6\d{2}(\d{2})([CT])[JCO](\d{4})\b/g,
    filed: (year, court, number) => `case ${court}-${Number(number)}/${year}`,
  },
  { kind: "case", pattern: /\b(ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9]{1,25})\b/g, filed: as("case") },
  // Of the Commission: competition, state aid, mergers, and the acts on platforms.
  { kind: "case", pattern: /\b((?:AT|DMA|DSA|SA|M)\.\d{4,6})\b/g, filed: as("case") },
];

const UNITED_KINGDOM: readonly Form[] = [
  {
    kind: "instrument",
    pattern: /\b(S?)\.?S\.?I\.? (\d{4})(?:\/| No\. ?)(\d{1,4})\b/g,
    filed: (scottish = "", year, number) => `${scottish.toLowerCase()}si ${year}/${number}`,
  },
  {
    kind: "instrument",
    pattern: /\bStatutory Instruments? (\d{4})(?:\/| No\. ?)(\d{1,4})\b/g,
    filed: (year, number) => `si ${year}/${number}`,
  },
  { kind: "bill", pattern: /\b(H[LC]) Bill (\d{1,3})\b/g, filed: (house, number) => `bill UK ${house}${number}` },
  {
    kind: "bill",
    pattern: /\bBill (\d{1,3}) (?:of )?20\d{2}[-–/]\d{2}\b/g,
    filed: (number) => `bill UK HC${number}`,
  },
  { kind: "act", pattern: /\b(\d{4}) \(?c\. ?(\d{1,3})\b/g, filed: (year, chapter) => `chapter ${year}/${chapter}` },
  {
    kind: "case",
    pattern: /\[(\d{4})\] (UKSC|UKPC|EWHC|EWCA (?:Civ|Crim)|UKUT|UKFTT|CSIH|CSOH|NICA) (\d{1,5})\b/g,
    filed: (year, court, number) => `case ${court} ${year}/${number}`,
  },
  {
    kind: "consultation",
    pattern: /\b((?:CP|DP|PS|FS|GC|FG)\d{1,2}\/\d{1,2})\b/g,
    filed: as("consultation"),
    beside: ofFinance,
  },
];

const CANADA: readonly Form[] = [
  {
    kind: "bill",
    pattern: /\b(?:Bills?|[Pp]rojet de loi) ([CS]-\d{1,3})\b/g,
    filed: as("bill"),
    further: further("([CS]-\\d{1,3})\\b"),
  },
  { kind: "bill", pattern: /\bBill (\d{1,3})\b/g, filed: as("bill CA"), beside: ofProvince },
];

const GERMANY: readonly Form[] = [
  { kind: "bill", pattern: /\b(?:Drucksache|Drs\.) (\d{2}\/\d{1,5})\b/g, filed: as("bill BT") },
  { kind: "case", pattern: /\b(\d Bv[A-Z] \d{1,4}\/\d{2})\b/g, filed: as("case") },
  { kind: "case", pattern: /\b([IVX]{1,4} Z[RB] \d{1,4}\/\d{2})\b/g, filed: as("case") },
];

const FRANCE: readonly Form[] = [
  { kind: "act", pattern: /\b[Ll]oi n[°o]\.? ?(\d{2,4}-\d{1,5})\b/g, filed: as("act FR") },
];

const BRAZIL: readonly Form[] = [
  { kind: "bill", pattern: /\bPL (?:n[º°o]\.? )?(\d{1,5}\/\d{4})\b/g, filed: as("bill BR") },
];

/** By country, as packs name it. What a country writes in a way of its own is tried before what others write alike. */
export const FORMS: readonly (readonly [country: string, forms: readonly Form[]])[] = [
  ["EU", EUROPEAN_UNION],
  ["UK", UNITED_KINGDOM],
  ["CA", CANADA],
  ["DE", GERMANY],
  ["FR", FRANCE],
  ["BR", BRAZIL],
  ["US", UNITED_STATES],
];
