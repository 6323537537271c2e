import { expect, test } from "vitest";
import { identifiersIn } from "#text/identifiers.ts";

test.each([
  ["SB 1047", "Senate Bill 1047", "bill SB1047"],
  ["S.B. 24-205 is law", "Senate bill 24-205 is law", "bill SB24-205"],
  ["H.R. 5077", "HR 5077", "bill HR5077"],
  ["Regulation (EU) 2031/1689", "CELEX 32031R1689", "act 2031/1689"],
  ["Case C-252/91", "C-252/91", "docket C-252/91"],
  ["COM(2031) 206", "COM(2031) 0206", "proposal 2031/206"],
  ["in 3:31-cv-01234", "3:31-cv-01234 (N.D.)", "docket 3:31-cv-01234"],
])("%s and %s are one", (one, other, filed) => {
  expect([...identifiersIn(one)]).toEqual([filed]);
  expect([...identifiersIn(other)]).toEqual([filed]);
});

test("a year, an amount and a score name nothing", () => {
  expect(identifiersIn("In 2031 it paid 3 million (up 20%) and lost 24-16 in section 5 of 2031/32.").size).toBe(0);
});
