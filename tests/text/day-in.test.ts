import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayIn } from "#text/calendar.ts";

describe("dayIn", () => {
  it.each([
    ["Published on November 18, 2019 at 2 PM", "2019-11-18"],
    ["18 November 2019", "2019-11-18"],
    ["am 2. März 2026", "2026-03-02"],
    ["le 5 août 2026", "2026-08-05"],
    ["14 de septiembre de 2026", "2026-09-14"],
    ["15 августа 2016, 13:43", "2016-08-15"],
    ["2023年11月2日", "2023-11-02"],
    ["27.01.2022", "2022-01-27"],
    ["2026/03/02", "2026-03-02"],
    ["Dienstag, 29. Januar 2019", "2019-01-29"],
    ["25/12/2026", "2026-12-25"],
    ["12/25/2026", "2026-12-25"],
  ])("reads %j", (text, day) => {
    expect(dayIn(text)).toBe(day);
  });

  it("settles an ambiguous date by the habit of the page", () => {
    expect(dayIn("03/04/2026", { monthFirst: true })).toBe("2026-03-04");
    expect(dayIn("03/04/2026", { monthFirst: false })).toBe("2026-04-03");
  });

  it.each(["1.2.3", "version 20.10.2", "article 20260302", "Mark 12", "99/99/2026", "2026-13-01", ""])(
    "finds no day in %j",
    (text) => {
      expect(dayIn(text)).toBeNull();
    },
  );

  it("finds every day that it is given, in each form", () => {
    const date = fc.date({ min: new Date("1996-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.constantFrom("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-PT"), (value, locale) => {
        const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(value);
        expect(dayIn(`Posted ${long}.`)).toBe(value.toISOString().slice(0, 10));
      }),
    );
  });
});
