import { expect, it } from "vitest";
import { beginOf, lastMemo, localDay, memoTime } from "#model/memo.ts";

const at = (text: string) => new Date(text);

it.each([
  // The clocks of Berlin are put back on 25 October, and put forward on 28 March.
  ["Europe/Berlin", "2026-10-30T15:00:00Z", "2026-10-30T15:00:00Z"],
  ["Europe/Berlin", "2026-10-30T14:59:59Z", "2026-10-23T14:00:00Z"],
  ["Europe/Berlin", "2027-04-02T14:00:00Z", "2027-04-02T14:00:00Z"],
  ["America/Los_Angeles", "2026-11-28T00:00:00Z", "2026-11-28T00:00:00Z"],
  ["Asia/Kolkata", "2026-11-26T00:00:00Z", "2026-11-20T10:30:00Z"],
])("the last memo of %s at %s was due at %s", (timeZone, now, due) => {
  const last = lastMemo({ timeZone }, at(now));
  expect(last.at).toEqual(at(due));
  expect(memoTime(last.day, timeZone)).toEqual(last.at);
  expect(localDay(last.at, timeZone).getUTCDay()).toBe(5);
});

it.each([
  ["week", "2026-10-30T15:00:00Z", "2026-10-23T14:00:00Z"],
  ["month", "2027-03-31T14:00:00Z", "2027-02-28T15:00:00Z"],
  ["quarter", "2026-05-31T14:00:00Z", "2026-02-28T15:00:00Z"],
  ["month", "2027-01-15T15:00:00Z", "2026-12-15T15:00:00Z"],
] as const)("a %s that ends at %s by the clocks of Berlin began at %s", (period, until, from) => {
  expect(beginOf(period, at(until), "Europe/Berlin")).toEqual(at(from));
});
