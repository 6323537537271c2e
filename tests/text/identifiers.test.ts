import { expect, test } from "vitest";
import { measured, PARTS } from "#support/identifiers.ts";
import { extentOf, identifiersIn, identifiersOf } from "#text/identifiers.ts";

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
  ["Verordnung (EU) Nr. 1025/2012", "règlement (UE) n° 1025/2012", "act 2012/1025"],
  ["Reglamento (UE) 2031/1689", "Richtlinie 2031/1689/EG", "act 2031/1689"],
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

test.each([
  ["House Bills 12, 13 and 14 passed", ["bill HB12", "bill HB13", "bill HB14"]],
  ["Regulations (EU) 2031/2065 and 2031/1925", ["act 2031/2065", "act 2031/1925"]],
  ["Executive Orders 14110 and 13984", ["order 14110", "order 13984"]],
  ["Docket Nos. 31-362 and 02-278", ["docket 31-362", "docket 02-278"]],
  ["Bills C-63 and S-210", ["bill C-63", "bill S-210"]],
  ["House Bill 12 and 13 members, Nos. 10-155 and 12 of them", ["bill HB12", "docket 10-155"]],
  ["House Bills 12 and 13 million", ["bill HB12"]],
  ["the bill SB 53–58", ["bill SB53"]],
])("%s names each of its list", (text, keys) => {
  expect([...identifiersIn(text)]).toEqual(keys);
});

test("a further number of a list stands where it is written", () => {
  const text = "House Bills 12, and 13 passed";
  expect(identifiersOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(["House Bills 12", "13"]);
});

test("a state's bill and a docket name nothing beyond where they are", () => {
  const bills = ["bill HB2", "bill HR2", "bill SRES2", "bill SCR2", "bill NY S6953", "bill C-27"].map(extentOf);
  expect(bills).toEqual(["state", "country", "country", "state", "everywhere", "everywhere"]);
  const others = ["docket 31-1689", "docket NIST-2031-0012", "act 2031/1689"].map(extentOf);
  expect(others).toEqual(["country", "everywhere", "everywhere"]);
});

test.each([
  ["ESSB 5838 is a bill", "the bill SB 5838", "bill SB5838"],
  ["Albany passed S6953B", "New York's S.6953-A", "bill NY S6953"],
  ["H.J. Res. 44", "H.J.Res.44", "bill HJRES44"],
  ["Pub. L. 117-167", "Public Law 117-167", "act PL117-167"],
  ["SI 2025 No. 82", "Statutory Instrument 2025/82", "si 2025/82"],
  ["2031/0106(COD)", "2031/0106/COD", "procedure 2031/0106(COD)"],
  ["C-203/32", "CELEX 62032CJ0203", "case C-203/32"],
  ["HB0825 is a bill", "House Bill 825", "bill HB825"],
  ["HB31-1212", "H.B. 31–1212", "bill HB31-1212"],
  ["NIST–2031–0012", "Docket ID NIST-2031-0012", "docket NIST-2031-0012"],
  ["H.J.R. 12", "the legislature's HJR 12", "bill HJR12"],
])("%s and %s are one", (one, other, filed) => {
  expect([...identifiersIn(one)]).toEqual([filed]);
  expect([...identifiersIn(other)]).toEqual([filed]);
});

test("an identifier is told with its place, its kind and whose numbers are written so", () => {
  const text = "Under Regulation (EU) 2031/1689 and H.R. 12.";
  const found = identifiersOf(text).map(({ start, end, ...rest }) => ({ written: text.slice(start, end), ...rest }));
  expect(found).toEqual([
    { written: "Regulation (EU) 2031/1689", key: "act 2031/1689", kind: "act", country: "EU" },
    { written: "H.R. 12", key: "bill HR12", kind: "bill", country: "US" },
  ]);
});

test.each(PARTS)("of the %s sentences hardly one is read wrong", (part) => {
  const { named, bare, precision, recall } = measured(part);
  expect(named).toBeGreaterThan(30);
  expect(bare).toBeGreaterThan(10);
  expect(precision).toBeGreaterThanOrEqual(0.97);
  expect(recall).toBeGreaterThanOrEqual(0.9);
});
