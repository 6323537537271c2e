import { describe, expect, test } from "vitest";
import { dueAt, lastPeriod, minuteOf } from "#model/due.ts";
import { AT_ONCE, inMode, type Manner } from "#model/subscription.ts";

const due = (manner: Partial<Manner>, now: string) => dueAt({ ...AT_ONCE, ...manner }, new Date(now)).toISOString();

describe("a digest is due", () => {
  test("on the next full hour", () => {
    expect(due({ mode: "hourly" }, "2026-11-24T08:20:00Z")).toBe("2026-11-24T09:00:00.000Z");
    expect(due({ mode: "hourly" }, "2026-11-24T09:00:00Z")).toBe("2026-11-24T10:00:00.000Z");
  });

  test("at the wall-clock time of its zone, today or tomorrow", () => {
    const daily = { mode: "daily", at: "08:00", timeZone: "Europe/Paris" } as const;
    expect(due(daily, "2026-11-24T06:59:00Z")).toBe("2026-11-24T07:00:00.000Z");
    expect(due(daily, "2026-11-24T07:00:00Z")).toBe("2026-11-25T07:00:00.000Z");
    expect(due({ ...daily, timeZone: "Asia/Kolkata" }, "2026-11-24T01:00:00Z")).toBe("2026-11-24T02:30:00.000Z");
    expect(due({ ...daily, timeZone: "Pacific/Kiritimati" }, "2026-11-24T17:00:00Z")).toBe("2026-11-24T18:00:00.000Z");
  });

  test("at the same wall-clock time before and after the clocks change", () => {
    const daily = { mode: "daily", at: "08:00", timeZone: "Europe/Paris" } as const;
    expect(due(daily, "2026-10-24T07:00:00Z")).toBe("2026-10-25T07:00:00.000Z");
    expect(due(daily, "2026-10-24T05:00:00Z")).toBe("2026-10-24T06:00:00.000Z");
    expect(due(daily, "2027-03-27T08:00:00Z")).toBe("2027-03-28T06:00:00.000Z");
  });

  test("once, when its time is skipped or comes twice", () => {
    const skipped = { mode: "daily", at: "02:30", timeZone: "Europe/Paris" } as const;
    expect(due(skipped, "2027-03-27T12:00:00Z")).toBe("2027-03-28T01:30:00.000Z");
    expect(due(skipped, "2027-03-28T01:30:00Z")).toBe("2027-03-29T00:30:00.000Z");
    expect(due(skipped, "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(due(skipped, "2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
  });

  test("on its weekday", () => {
    const friday = { mode: "weekly", at: "16:00", weekday: 5, timeZone: "America/New_York" } as const;
    expect(due(friday, "2026-11-24T08:00:00Z")).toBe("2026-11-27T21:00:00.000Z");
    expect(due(friday, "2026-11-27T21:00:00Z")).toBe("2026-12-04T21:00:00.000Z");
    expect(due({ ...friday, weekday: 7 }, "2026-11-29T20:00:00Z")).toBe("2026-11-29T21:00:00.000Z");
  });
});

test("a single post waits for the end of the quiet hours, also across midnight", () => {
  const night = { quiet: { from: "22:00", to: "07:00" }, timeZone: "Europe/Paris" };
  expect(due(night, "2026-11-24T12:00:00Z")).toBe("2026-11-24T12:00:00.000Z");
  expect(due(night, "2026-11-24T21:30:00Z")).toBe("2026-11-25T06:00:00.000Z");
  expect(due(night, "2026-11-25T03:00:00Z")).toBe("2026-11-25T06:00:00.000Z");
  expect(due(night, "2026-11-25T06:00:00Z")).toBe("2026-11-25T06:00:00.000Z");
});

test("times of day are told from other words", () => {
  expect(["8:05", "23:59", "24:00", "8", "noon"].map(minuteOf)).toEqual([485, 1439, null, null, null]);
});

test("the last time of a digest and the one before are found on days of 23 and 25 hours as well", () => {
  const last = (manner: Partial<Manner>, now: string) => {
    const period = lastPeriod({ ...AT_ONCE, timeZone: "Europe/Paris", ...manner }, new Date(now));
    return period && [period.from.toISOString().slice(0, 16), period.at.toISOString().slice(0, 16)];
  };
  expect(last({ mode: "daily" }, "2026-10-25T07:00:00Z")).toEqual(["2026-10-24T06:00", "2026-10-25T07:00"]);
  expect(last({ mode: "daily" }, "2027-03-28T06:02:00Z")).toEqual(["2027-03-27T07:00", "2027-03-28T06:00"]);
  expect(last({ mode: "daily" }, "2027-03-28T05:59:00Z")).toEqual(["2027-03-26T07:00", "2027-03-27T07:00"]);
  expect(last({ mode: "weekly", weekday: 5 }, "2026-11-24T08:00:00Z")).toEqual([
    "2026-11-13T07:00",
    "2026-11-20T07:00",
  ]);
  expect(last({ mode: "hourly" }, "2026-11-24T08:00:00Z")).toBeNull();
});

test("a digest at a time of one's own choosing also tells of quiet days, a post at once does not", () => {
  expect(inMode(AT_ONCE, "daily").quietDays).toBe(true);
  expect(inMode(inMode(AT_ONCE, "weekly"), "each").quietDays).toBe(false);
  expect(inMode({ ...AT_ONCE, mode: "daily", quietDays: false }, "daily").quietDays).toBe(false);
});
