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

test("what names no time that exists is no date", () => {
  expect(NONE.filter((text) => readDate(text) !== null)).toEqual([]);
});
