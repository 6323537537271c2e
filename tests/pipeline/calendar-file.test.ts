import ICAL from "ical.js";
import { expect, test } from "vitest";
import type { DeadlineClaim } from "#model/deadline.ts";
import { calendarFile } from "#pipeline/deadlines/calendar-file.ts";
import { calendarDays } from "#pipeline/deadlines/coming.ts";
import { days, NOON } from "#support/stored.ts";

let articles = 0;

const claim = (day: string, change: Partial<DeadlineClaim> = {}): DeadlineClaim => ({
  occasion: "hearing",
  day,
  change: "set",
  from: null,
  tentative: false,
  quote: `It is heard on ${day}; bring \\ proof,\nand witnesses: ${"all of them, ".repeat(9)}`,
  base: null,
  articleId: ++articles,
  feedId: "gazette",
  url: "https://gazette.example/a",
  at: days(articles),
  storyId: 1,
  sagaId: 4,
  ...change,
});

const TITLE = "Fine, weighed; “again”";

/** The file that articles make, as a strict reader of RFC 5545 has it. */
function eventsOf(...claims: readonly DeadlineClaim[]) {
  const time = { since: "2026-03-02", until: "2027-03-02" };
  const asked = { claims, storyIds: new Set([1]), ...time };
  const names = { calendar: "Deadlines", story: () => TITLE, feed: () => "The Gazette" };
  const text = calendarFile(
    calendarDays(asked, (feedId) => feedId === "office"),
    names,
    NOON,
  );
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(text));
  expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const { uid, sequence, summary, description } = event;
    const status = component.getFirstPropertyValue("status");
    return { uid, sequence, status, summary, description, day: event.startDate.toString() };
  });
}

test("a day is a whole day with its sentence, to the letter, under a name of its own", () => {
  const one = claim("2026-04-07");
  const [event, ...others] = eventsOf(one, claim("2026-04-07"));
  expect(others).toEqual([]);
  expect(event).toEqual({
    uid: "4-hearing-2026-04-07@policywire",
    sequence: 0,
    status: "CONFIRMED",
    summary: `Hearing: ${TITLE}`,
    description: `“${one.quote}” The Gazette, https://gazette.example/a`,
    day: "2026-04-07",
  });
});

test("a day that moves keeps its name and grows in sequence, each time", () => {
  const first = claim("2026-04-07");
  const second = claim("2026-05-07", { change: "moved", from: "2026-04-07" });
  const third = claim("2026-06-07", { change: "moved", from: "2026-05-07" });
  const told = [[first], [first, second], [first, second, third]].map((claims) => eventsOf(...claims));
  expect(told.map((events) => events.map(({ uid, day }) => [uid, day]))).toEqual(
    ["2026-04-07", "2026-05-07", "2026-06-07"].map((day) => [["4-hearing-2026-04-07@policywire", day]]),
  );
  const sequences = told.map(([event]) => event!.sequence);
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  expect(new Set(sequences).size).toBe(3);
});

test("a day that is cancelled is taken back, and one that is set again comes back higher", () => {
  const first = claim("2026-04-07");
  const off = claim("2026-04-07", { change: "cancelled" });
  const [taken] = eventsOf(first, off);
  expect(taken).toMatchObject({ uid: "4-hearing-2026-04-07@policywire", status: "CANCELLED", sequence: 1 });
  const [again] = eventsOf(first, off, claim("2026-05-07", { change: "moved", from: "2026-04-07" }));
  expect(again).toMatchObject({ uid: taken!.uid, status: "CONFIRMED", day: "2026-05-07" });
  expect(again!.sequence).toBeGreaterThan(taken!.sequence);
});

test("what is contested or would only be is tentative, and what a primary source settles is taken back", () => {
  const effect = (day: string, change: Partial<DeadlineClaim> = {}) => claim(day, { occasion: "effect", ...change });
  const two = [effect("2026-04-07"), effect("2026-05-07", { feedId: "courier" })];
  expect(eventsOf(...two).map(({ status }) => status)).toEqual(["TENTATIVE", "TENTATIVE"]);
  expect(
    eventsOf(...two, effect("2026-05-07", { feedId: "office" })).map(({ day, status, sequence }) => [
      day,
      status,
      sequence,
    ]),
  ).toEqual([
    ["2026-04-07", "CANCELLED", 1],
    ["2026-05-07", "CONFIRMED", 0],
  ]);
  expect(eventsOf(effect("2026-04-07", { tentative: true }))[0]?.status).toBe("TENTATIVE");
});
