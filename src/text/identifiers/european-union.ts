import { as, type Form, further } from "./form.ts";

const actOf = (year = "", number = "") => `act ${year.length === 2 ? `19${year}` : year}/${Number(number)}`;
const lastFirst =
  (as: typeof actOf) =>
  (number = "", year = "") =>
    as(year, number);

const TYPE = "(?:\\b(?:Regulation|Directive|Decision)s? )?";
/** `EU` and `EC` in English, German, French and Spanish. */
const UNION = "EU|UE|EC|EG|CE";

export const EUROPEAN_UNION: readonly Form[] = [
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
