import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#model/time.ts";
import { dayNumber, dayOf, daysIn, isoDay, monthNamed, monthOf } from "#text/calendar.ts";

/** A Tuesday. */
const WRITTEN = dayOf(new Date("2026-11-24T12:00:00Z"));

const read = (text: string) =>
  daysIn(text, { written: WRITTEN }).map(({ day, until, start, end }) => [
    isoDay(day) + (until > day ? `/${isoDay(until)}` : ""),
    text.slice(start, end),
  ]);

describe("days", () => {
  it.each<[text: string, day: string, written: string]>([
    ["on March 3, 2027 it", "2027-03-03", "March 3, 2027"],
    ["on 3 March 2027 it", "2027-03-03", "3 March 2027"],
    ["by March 3rd , 2027 it", "2027-03-03", "March 3rd , 2027"],
    ["on March 3rd it", "2027-03-03", "March 3rd"],
    ["on the third of March it", "2027-03-03", "third of March"],
    ["on December twenty-first, 2026", "2026-12-21", "December twenty-first, 2026"],
    ["on Nov. 12 it", "2026-11-12", "Nov. 12"],
    ["on 2027-03-03, it", "2027-03-03", "2027-03-03"],
    ["am 3. März 2027", "2027-03-03", "3. März 2027"],
    ["am 03.04.2027", "2027-04-03", "03.04.2027"],
    ["le 1er août 2027", "2027-08-01", "1er août 2027"],
    ["el 14 de septiembre de 2027", "2027-09-14", "14 de septiembre de 2027"],
    ["15 августа 2027", "2027-08-15", "15 августа 2027"],
    ["2027年11月2日", "2027-11-02", "2027年11月2日"],
    ["on 25/12/2026", "2026-12-25", "25/12/2026"],
    ["March 3-5", "2027-03-03/2027-03-05", "March 3-5"],
    ["3–5 March 2027", "2027-03-03/2027-03-05", "3–5 March 2027"],
    ["it ends tomorrow.", "2026-11-25", "tomorrow"],
    ["as of yesterday,", "2026-11-23", "yesterday"],
    ["by Friday", "2026-11-27", "by Friday"],
    ["until Tuesday", "2026-11-24", "until Tuesday"],
    ["last Tuesday", "2026-11-17", "last Tuesday"],
  ])("are read in %s", (text, day, written) => {
    expect(read(text)).toEqual([[day, written]]);
  });

  it.each([
    "on 03/04/2026",
    "it may 20 times",
    "they march 3 miles",
    "3 lawmakers",
    "on February 30",
    "on Friday",
    "next Tuesday",
    "version 1.2.3",
    "article 20260302",
    "GPT-4 March",
  ])("are not guessed in %s", (text) => {
    expect(read(text)).toEqual([]);
  });

  it("are all read, in order", () => {
    expect(read("from March 3 to 5 April, and on 2027-01-02").map(([day]) => day)).toEqual([
      "2027-03-03",
      "2027-04-05",
      "2027-01-02",
    ]);
  });

  const days = fc.integer({ min: dayNumber(1996, 1, 1)!, max: dayNumber(2099, 12, 31)! });
  const LOCALES = "en-US en-GB de fr es it pt nl da nb sv fi pl cs ru uk el".split(" ");

  it.each(LOCALES)("survive being written as in %s", (locale) => {
    const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    const yearless = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 299 }), (day, ahead) => {
        const at = new Date(day * DAY_MS);
        expect(daysIn(`x ${long.format(at)}.`, { written: null })).toMatchObject([{ day, dated: true }]);
        expect(daysIn(`x ${yearless.format(at)}.`, { written: day - ahead })).toMatchObject([{ day, dated: false }]);
      }),
    );
  });

  it("stand where they say, in any text", () => {
    const pieces = ["March ", "3", " ", "-", "2026", ".", "/", "of ", "tomorrow ", "third ", "by Friday ", "年"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        let last = 0;
        for (const { start, end, day, until } of daysIn(text, { written: WRITTEN, monthFirst: true, compact: true })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(until).toBeGreaterThanOrEqual(day);
          expect(isoDay(day)).toMatch(/^\d{4}-\d\d-\d\d$/);
          last = end;
        }
      }),
    );
  });
});

describe("months", () => {
  it.each("en de fr es it pt nl da nb sv fi pl cs sk hu ro sl et lv tr id ru uk bg el".split(" "))(
    "are known by their names and abbreviations in %s",
    (locale) => {
      for (const month of ["long", "short"] as const) {
        const format = new Intl.DateTimeFormat(locale, { day: "numeric", month, timeZone: "UTC" });
        for (let at = 0; at < 12; at++) {
          const name = format.formatToParts(Date.UTC(2026, at, 15)).find(({ type }) => type === "month")?.value ?? "";
          if (/\p{L}{3}/u.test(name)) expect([name, monthOf(name.replace(".", ""))]).toEqual([name, at + 1]);
        }
      }
    },
  );

  it("are no words that only begin like one", () => {
    for (const word of ["marines", "decision", "maybe", "settled", "juniors", "march's", "Mon"])
      expect([word, monthNamed(word)]).toEqual([word, null]);
  });
});
