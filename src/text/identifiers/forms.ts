import { EUROPEAN_UNION } from "./european-union.ts";
import { as, besideOneOf, type Form, further } from "./form.ts";
import { UNITED_KINGDOM } from "./united-kingdom.ts";
import { UNITED_STATES } from "./united-states.ts";

const ofProvince = besideOneOf(
  /\b(?:Ontario|Qu[eé]bec|Alberta|Manitoba|Saskatchewan|British Columbia|Nova Scotia|New Brunswick)\b/,
);

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
