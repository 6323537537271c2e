import { expect, test } from "vitest";
import { csvOf } from "#text/csv.ts";

test("cells that hold marks, commas or lines are quoted", () => {
  expect(
    csvOf(
      ["a", "b"],
      [
        ['say "no"', "one, two"],
        ["two\nlines", "plain"],
      ],
    ),
  ).toBe('a,b\r\n"say ""no""","one, two"\r\n"two\nlines",plain\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "|calc", "%0A"])(
  "%j is no formula",
  (text) => {
    const cell = csvOf(["a"], [[text]]).slice("a\r\n".length);
    expect(cell.replace(/^"/, "")).toMatch(/^'/);
  },
);
