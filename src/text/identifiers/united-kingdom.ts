import { as, besideOneOf, type Form } from "./form.ts";

const ofFinance = besideOneOf(
  /\b(?:FCA|PRA|Financial Conduct|Prudential Regulation|Bank of England|[Ww]atchdog|[Rr]egulators?|consult(?:s|ed|ing|ation)?)\b/,
);

export const UNITED_KINGDOM: readonly Form[] = [
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
