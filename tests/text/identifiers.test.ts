import { expect, test } from "vitest";
import { extentOf, identifiersIn } from "#text/identifiers.ts";

test.each([
  ["SB 1047 is law", "Senate Bill 1047", "bill SB1047"],
  ["S.B. 24-205 is law", "Senate bill 24-205 is law", "bill SB24-205"],
  ["H.R. 5077", "Congress takes up HR 5077", "bill HR5077"],
  ["A.B. 12.", "Governor signs AB-12", "bill AB12"],
  ["Regulation (EU) 2031/1689", "CELEX 32031R1689", "act 2031/1689"],
  ["Regulation (EU) No 1025/2012", "CELEX 32012R1025", "act 2012/1025"],
  ["Regulation (EC) No 45/2001", "CELEX 32001R0045", "act 2001/45"],
  ["Regulation (EEC) No 4064/89", "Regulation (EC) No 4064/1989", "act 1989/4064"],
  ["Directive 95/46/EC", "CELEX 31995L0046", "act 1995/46"],
  ["Directive 2010/13/EU", "Directive (EU) 2010/13", "act 2010/13"],
  ["Case C-252/91", "C-252/91", "case C-252/91"],
  ["COM(2031) 206", "COM(2031) 0206", "proposal 2031/206"],
  ["in 3:31-cv-01234", "3:31-cv-01234 (N.D.)", "docket 3:31-cv-01234"],
  ["Executive Order 19110", "E.O. 19110", "order 19110"],
])("%s and %s are one", (one, other, filed) => {
  expect([...identifiersIn(one)]).toEqual([filed]);
  expect([...identifiersIn(other)]).toEqual([filed]);
});

test.each([
  "In 2031 it paid 3 million (up 20%) and lost 24-16 in section 5 of 2031/32.",
  "The Zurich firm was fined SF 12 million under the law.",
  "A bill of SF 12.5bn, or AB 3 per cent, is due under the law.",
  "HR 2 tips for managers: AB 5, SB 58 and HB 2 pencils",
  "HR 2.0 legislation watch",
  "Act 2 of the play, Order 66, rule 34 and a bill",
  "No. 10 says that lawmakers rank Nos. 10-15 and No. 10-15",
  "The C-130, T-72 and B-52 flew; Congress paid",
])("%s names nothing", (text) => {
  expect([...identifiersIn(text)]).toEqual([]);
});

test("a state's bill and a docket name nothing beyond where they are", () => {
  const [bill, congress, docket, act] = ["bill HB2", "bill HR2", "docket 31-1689", "act 2031/1689"].map(extentOf);
  expect([bill, congress, docket, act]).toEqual(["state", "country", "country", "everywhere"]);
});
