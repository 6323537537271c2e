import { expect, test } from "vitest";
import type { DeadlineClaim } from "#model/deadline.ts";
import { standingDays } from "#pipeline/deadlines/standing.ts";
import { days } from "#support/stored.ts";

let articles = 0;

const claim = (day: string, change: Partial<DeadlineClaim> = {}): DeadlineClaim => ({
  occasion: "effect",
  day,
  change: "set",
  from: null,
  tentative: false,
  quote: `It takes effect on ${day}.`,
  base: null,
  articleId: ++articles,
  feedId: "gazette",
  url: "https://gazette.example/a",
  at: days(articles),
  storyId: 1,
  sagaId: 1,
  ...change,
});

const stand = (...claims: readonly DeadlineClaim[]) =>
  standingDays(claims, (feedId) => feedId === "office").map(({ day, state, to }) => [day, state, ...(to ? [to] : [])]);

test("a day that several articles name stands once, with all of them", () => {
  const [day, ...others] = standingDays([claim("2026-07-01"), claim("2026-07-01")], () => false);
  expect(others).toEqual([]);
  expect(day).toMatchObject({ day: "2026-07-01", state: "stands", moves: 0 });
  expect(day?.claims).toHaveLength(2);
});

test("a day that is moved takes the place of the one that the sentence names, whichever story of the dispute tells it", () => {
  expect(
    stand(
      claim("2026-07-01"),
      claim("2026-08-01"),
      claim("2026-09-01", { change: "moved", from: "2026-07-01", storyId: 2 }),
    ),
  ).toEqual([
    ["2026-07-01", "moved", "2026-09-01"],
    ["2026-08-01", "stands"],
    ["2026-09-01", "stands"],
  ]);
});

test("where the sentence names none, it takes the place of the only one of its story, and of none of two", () => {
  const moved = claim("2026-09-01", { occasion: "hearing", change: "moved" });
  const first = claim("2026-07-01", { occasion: "hearing" });
  const second = claim("2026-08-01", { occasion: "hearing" });
  expect(stand(first, moved)).toEqual([
    ["2026-07-01", "moved", "2026-09-01"],
    ["2026-09-01", "stands"],
  ]);
  expect(stand(first, second, moved).map(([, state]) => state)).toEqual(["stands", "stands", "stands"]);
});

test("a second report of the same change takes the place of nothing else", () => {
  const moved = () => claim("2026-09-01", { occasion: "hearing", change: "moved" });
  expect(
    stand(claim("2026-07-01", { occasion: "hearing" }), moved(), claim("2026-10-01", { occasion: "hearing" }), moved()),
  ).toEqual([
    ["2026-07-01", "moved", "2026-09-01"],
    ["2026-09-01", "stands"],
    ["2026-10-01", "stands"],
  ]);
});

test("a report that repeats the earlier day does not bring it back, a second postponement counts on, and back again is back", () => {
  const to = (day: string, from: string) => claim(day, { change: "moved", from });
  const told = [
    claim("2026-07-01"),
    to("2026-08-01", "2026-07-01"),
    claim("2026-07-01"),
    to("2026-09-01", "2026-08-01"),
  ];
  expect(stand(...told)).toEqual([
    ["2026-07-01", "moved", "2026-08-01"],
    ["2026-08-01", "moved", "2026-09-01"],
    ["2026-09-01", "stands"],
  ]);
  expect(standingDays(told, () => false).map(({ moves }) => moves)).toEqual([0, 1, 2]);
  expect(stand(...told, to("2026-07-01", "2026-09-01")).map(([, state]) => state)).toEqual([
    "stands",
    "moved",
    "moved",
  ]);
});

test("what is cancelled stands no more", () => {
  const at = (change: DeadlineClaim["change"]) => claim("2026-07-01", { occasion: "hearing", change });
  expect(stand(at("set"), at("cancelled"), at("set"))).toEqual([["2026-07-01", "cancelled"]]);
});

test("days that contradict each other are both shown as contested, until a primary source settles it", () => {
  const two = [claim("2026-07-01"), claim("2026-08-01", { feedId: "courier" })];
  expect(stand(...two).map(([, state]) => state)).toEqual(["contested", "contested"]);
  expect(stand(...two, claim("2026-08-01", { feedId: "office" }))).toEqual([
    ["2026-07-01", "moved", "2026-08-01"],
    ["2026-08-01", "stands"],
  ]);
});

test("who names two days knows of both, and what may happen twice contradicts nothing", () => {
  expect(
    stand(claim("2026-07-01", { articleId: 900 }), claim("2027-01-01", { articleId: 900 })).map(([, state]) => state),
  ).toEqual(["stands", "stands"]);
  const hearing = (day: string) => claim(day, { occasion: "hearing" });
  expect(stand(hearing("2026-07-01"), hearing("2026-07-02")).map(([, state]) => state)).toEqual(["stands", "stands"]);
  expect(stand(claim("2026-07-01"), claim("2026-08-01", { storyId: 2 })).map(([, state]) => state)).toEqual([
    "stands",
    "stands",
  ]);
});
