import { expect, test } from "vitest";
import { readDate } from "#pipeline/parse/dates.ts";

/** Each names 23 November 2026, 10:05 UTC. */
const SAME = [
  "Mon, 23 Nov 2026 10:05:00 GMT",
  "Mon, 23 Nov 2026 10:05:00 +0000",
  "23 Nov 26 10:05 Z",
  "Mon, 23 Nov 2026 11:05:00 CET",
  "Mon, 23 Nov 2026 05:05:00 EST",
  "Mon, 23 Nov 2026 19:05:00 JST",
  "Mon, 23 Nov 2026 10:05:00 GMT (UTC)",
  "Monday, November 23, 2026 10:05 AM UTC",
  "Nov 23, 2026 10:05 am",
  "Mon Nov 23 10:05:00 2026",
  "Mon Nov 23 2026 11:05:00 GMT+0100",
  "2026-11-23T10:05:00Z",
  "2026-11-23T12:05:00+02:00",
  "2026-11-23T12:05+0200",
  "2026-11-23 10:05:00.123",
  "20261123T100500Z",
  "2026-11-23 10:05 AM",
  "11/23/2026 10:05 AM",
  "23/11/2026 10:05",
  "23.11.2026 10:05",
  "1795428300",
  "1795428300000",
  "lun., 23 nov. 2026 10:05:00 +0000",
  "23 novembre 2026 10:05",
  "23. November 2026 10:05",
  "23 de noviembre de 2026 10:05",
  "23 de novembro de 2026 10:05",
  "23 november 2026 10:05",
  "23 ноября 2026 10:05",
  "23 listopada 2026 10:05",
  "2026년 11월 23일 오전 10:05:00",
  "2026年11月23日 10:05",
  // The year first, whatever stands between.
  "2026/11/23 10:05:00",
  "2026.11.23 10:05",
  "2026. 11. 23. 10:05",
  "20261123100500",
  "202611231005",
  "20261123 1005",
  "2026-11-23, 10:05",
  "Mon, 23 Nov 2026 10:5:0 Z",
  "2026/11/23 Mon 10:05",
  "2026-11-23 10:05 Uhr",
  "2026-Nov-23 10:05",
  "2026年11月23日(月) 10時05分",
  "2026-11-23 오전 10:05:00",
  "２０２６-１１-２３ １０:０５",
  // As programs print their own times.
  "2026-11-23 10:05:00 +0000 UTC",
  "2026-11-23 05:05:00.123456789 -0500 EST",
  "2026-11-23T11:05:00+01:00[Europe/Paris]",
  "2026-11-23T10:05:00Z[UTC]",
  "2026-11-23T11:05:00[Europe/Paris]",
  "2026-11-23 05:05 America/New_York",
  "2026-11-23T05:05:00\u221205:00",
  "2026-11-23T10:05:00.1234567891Z",
  "2026-11-23T11:05:00&#43;01:00",
  "1795428300.0",
  "1795428300000000",
  "23/Nov/2026:10:05:00 +0000",
  // The zone before the year, or in brackets.
  "Mon Nov 23 10:05:00 UTC 2026",
  "Mon Nov 23 05:05:00 EST 2026",
  "Mon Nov 23 11:05:00 +0100 2026",
  "Mon, 23 Nov 2026 05:05:00 (EST)",
  "Mon, 23 Nov 2026 05:05:00 -0500 (PST)",
  "Mon Nov 23 2026 05:05:00 GMT-0500 (Eastern Standard Time)",
  // The time or the weekday before figures.
  "10:05 23.11.2026",
  "Mon, 23.11.2026 10:05",
  "Published: 2026-11-23 10:05",
  // A word before the time.
  "2026-11-23 at 10:05",
  "23 November 2026, at 10:05",
  // Figures of other scripts, and years that count from a reign or a republic.
  "\u0662\u0663/\u0661\u0661/\u0662\u0660\u0662\u0666 \u0661\u0660:\u0660\u0665",
  "\u06f2\u06f0\u06f2\u06f6-\u06f1\u06f1-\u06f2\u06f3 \u06f1\u06f0:\u06f0\u06f5",
  "\u0968\u0969.\u0967\u0967.\u0968\u0966\u0968\u096c \u0967\u0966:\u0966\u096b",
  "令和8年11月23日 10時05分",
  "民國115年11月23日 10:05",
  // By the week, and by the day of the year.
  "2026-W48-1T10:05:00Z",
  "2026W481T100500Z",
  "2026-W48T12:05:00+02:00",
  "2026-327T10:05:00Z",
  "2026-327 10:05",
  // As .NET writes JSON.
  "/Date(1795428300000)/",
  "\\/Date(1795428300000+0100)\\/",
];

const NONE = [
  "",
  " ",
  "soon",
  "yesterday",
  "Mon, 31 Feb 2026 10:00:00 GMT",
  "2026-13-01",
  "2026-02-30T10:00:00Z",
  "2026-11-23T25:00:00Z",
  "Mon, 23 Nov 2026 10:61:00 GMT",
  "0000-00-00 00:00:00",
  "23 Foo 2026",
  "99999999999999",
  "2026-11-23T10:05:00 whenever",
  "Published by the board",
  "1/2",
  "2026/13/01",
  "2026-11-23T10:05:00[Nowhere/Land]",
  "20261323100500",
  "2026-W00-1",
  "2027-W53-1",
  "2026-W05-8",
  "2026-000",
  "2026-366",
  "2026-W05-3 or so",
];

test("dates are read in the forms that occur, zones by name included", () => {
  const wrong = SAME.filter((text) => readDate(text)?.slice(0, 16) !== "2026-11-23T10:05");
  expect(wrong).toEqual([]);
});

test("a date without a time, or with a month alone, is its beginning in UTC", () => {
  expect(readDate("2026-11-23")).toBe("2026-11-23T00:00:00.000Z");
  expect(readDate("2026-11")).toBe("2026-11-01T00:00:00.000Z");
  expect(readDate("Mon, 23 Nov 2026")).toBe("2026-11-23T00:00:00.000Z");
});

test("the first year of a reign is called its beginning", () => {
  expect(readDate("令和元年5月1日")).toBe("2019-05-01T00:00:00.000Z");
});

test("every month is known in the languages of the feeds we read", () => {
  for (const locale of ["en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "nb"]) {
    const wrong = Array.from({ length: 12 }, (_, i) => {
      const month = new Intl.DateTimeFormat(locale, { month: "long" }).format(new Date(2026, i, 15));
      const read = readDate(`15 ${month} 2026`);
      return read === new Date(Date.UTC(2026, i, 15)).toISOString() ? [] : [month, read];
    });
    expect([locale, wrong.flat()]).toEqual([locale, []]);
  }
});

test("a week is of the year in which its Thursday lies, and a leap year has 366 days", () => {
  for (const [text, day] of [
    ["2026-W05-3", "2026-01-28"],
    ["2026-032", "2026-02-01"],
    ["2026-W01-1", "2025-12-29"],
    ["2026-W53-7", "2027-01-03"],
    ["2027-W01-1", "2027-01-04"],
    ["2024-366", "2024-12-31"],
    ["2026-001", "2026-01-01"],
  ] as const)
    expect([text, readDate(text)]).toEqual([text, `${day}T00:00:00.000Z`]);
});

test("a day, month and year joined by hyphens have no zone among them", () => {
  expect(readDate("23-Nov-2026")).toBe("2026-11-23T00:00:00.000Z");
  expect(readDate("23-11-2026")).toBe("2026-11-23T00:00:00.000Z");
  expect(readDate("2026. 11. 23.")).toBe("2026-11-23T00:00:00.000Z");
});

test("a zone named by a place is as far from UTC as it is on that day", () => {
  expect(readDate("2026-07-23T12:05:00[Europe/Paris]")).toBe("2026-07-23T10:05:00.000Z");
});

test("of two digits at either end the year is the one nearer to when the document was read", () => {
  const at = new Date("2026-11-25T00:00:00Z");
  for (const text of ["26-11-19", "19-11-26", "26/11/19", "26.11.19", "19.11.26", "26-Nov-19", "19-Nov-26"])
    expect([text, readDate(text, at)]).toEqual([text, "2026-11-19T00:00:00.000Z"]);
  expect(readDate("26-11-19")).toBe(null);
  // The order of mail is in no doubt.
  expect(readDate("Thu, 06 Nov 03 10:00:00 GMT", at)).toBe("2003-11-06T10:00:00.000Z");
});

test("what names no time that exists is no date", () => {
  expect(NONE.filter((text) => readDate(text) !== null)).toEqual([]);
});
