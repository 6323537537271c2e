import fc from "fast-check";
import { expect, test } from "vitest";
import { findTimeZone, TIME_ZONES, zonesLike } from "#model/time-zone.ts";

const offset = (zone: string, at: string) =>
  new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(new Date(at))
    .find(({ type }) => type === "timeZoneName")?.value;

test.each([
  ["Berlin", "Europe/Berlin"],
  ["são paulo", "America/Sao_Paulo"],
  ["New York", "America/New_York"],
  ["new_york", "America/New_York"],
  ["Washington", "America/New_York"],
  ["europe/berlin", "Europe/Berlin"],
  ["US/Eastern", "America/New_York"],
  ["GMT", "UTC"],
  [" utc ", "UTC"],
])("“%s” is the time of %s", (typed, zone) => {
  expect(findTimeZone(typed)).toEqual({ kind: "zone", zone });
});

test.each(["BST", "EST", "CST", "IST", "cet", "pst"])("“%s” is not guessed, but its cities are offered", (typed) => {
  const found = findTimeZone(typed);
  expect(found.kind).toBe("several");
  const zones = found.kind === "several" ? found.zones : [];
  expect(zones.length).toBeGreaterThan(1);
  expect(zonesLike(typed).slice(0, zones.length)).toEqual(zones);
});

test("an abbreviation's first city is where most who write it are", () => {
  expect(zonesLike("bst")[0]).toBe("Europe/London");
  expect(offset("Europe/London", "2026-07-01T00:00:00Z")).toBe("GMT+01:00");
  expect(zonesLike("est")[0]).toBe("America/New_York");
});

test.each(["Mars/Base", "+05:00", "EST5EDT", "Cuba", "", "constructor", "noon"])("“%s” is no time zone", (typed) => {
  expect(findTimeZone(typed)).toEqual({ kind: "unknown" });
});

test("a city is offered as soon as its name begins", () => {
  expect(zonesLike("berl")[0]).toBe("Europe/Berlin");
  expect(zonesLike("")).toContain("Pacific/Auckland");
});

test("whatever is typed, what is found or offered is a zone that clocks know", () => {
  const known = new Set(TIME_ZONES);
  for (const zone of known) expect(findTimeZone(zone)).toEqual({ kind: "zone", zone });
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("est", "a", "york", "/")), (typed) => {
      const found = findTimeZone(typed);
      const zones = [...zonesLike(typed), ...(found.kind === "zone" ? [found.zone] : [])];
      for (const zone of zones) expect(offset(zone, "2026-01-01T00:00:00Z")).toBeDefined();
    }),
    { numRuns: 50 },
  );
});
