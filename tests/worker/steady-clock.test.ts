import { expect, test } from "vitest";
import { MINUTE_MS } from "#model/time.ts";
import { turnable } from "#support/chaos/time.ts";
import { minutes, NOON } from "#support/stored.ts";
import { createSteadyClock, watchClock } from "#worker/steady-clock.ts";

const YEARS = 10 * 365 * 24 * 60;

/** A machine whose clock is `ahead` minutes ahead of what is right. */
function machine(ahead = 0) {
  const right = { minute: 0, ahead };
  const steady = createSteadyClock(
    () => minutes(right.minute + right.ahead),
    () => right.minute * 60_000,
  );
  const told: string[] = [];
  const look = watchClock(steady, (sentence) => told.push(sentence));
  return { right, steady, told, look };
}

test("a clock that chaos turns is never believed while it is wrong", () => {
  let minute = 0;
  const turned = turnable(() => minutes(minute));
  const steady = createSteadyClock(turned.now, () => minute * MINUTE_MS);
  let wrong = 0;
  for (; minute < 600; minute += 1) {
    if (minute % 200 === 10) turned.turn();
    if (turned.now().getTime() !== minutes(minute).getTime()) wrong += 1;
    expect(steady.now()).toEqual(minutes(minute));
  }
  expect(wrong).toBe(60);
});

test("a clock that is corrected by less than an hour is followed", () => {
  const { right, steady, told, look } = machine();
  for (const ahead of [0.1, -5, 55, 100]) {
    right.minute += 1;
    right.ahead = ahead;
    expect(look()).toBeNull();
    expect(steady.now()).toEqual(minutes(right.minute + ahead));
  }
  expect(told).toEqual([]);
});

test.each([YEARS, -YEARS, 90, -90])("a jump of %d minutes is told once, and time goes on as it was", (ahead) => {
  const { right, steady, told, look } = machine();
  right.minute = 5;
  right.ahead = ahead;
  for (right.minute = 5; right.minute < 15; right.minute += 1) {
    expect(steady.now()).toEqual(minutes(right.minute));
    expect(look()?.kind).toBe("jumped");
  }
  right.ahead = 0;
  expect(look()).toBeNull();
  expect(steady.now()).toEqual(minutes(15));
  expect(told).toEqual([
    expect.stringContaining(
      `jumped from 2026-03-02T12:05Z to ${minutes(5 + ahead)
        .toISOString()
        .slice(0, 16)}Z`,
    ),
    "The clock of this machine is believed again.",
  ]);
});

test("what a clock has shown for an hour is believed, and each other jump begins the hour anew", () => {
  const { right, steady, look } = machine();
  right.ahead = 300;
  expect(look()?.kind).toBe("jumped");
  right.minute = 50;
  right.ahead = 600;
  expect(look()?.kind).toBe("jumped");
  right.minute = 109;
  expect(steady.now()).toEqual(minutes(109));
  right.minute = 110;
  expect(look()).toBeNull();
  expect(steady.now()).toEqual(minutes(710));
});

test("a start before the newest that is stored is told once, until the clock is right", () => {
  const { right, steady, told, look } = machine(-YEARS);
  steady.expectAfter(NOON);
  expect(look()?.kind).toBe("behind");
  right.minute = 1;
  expect(look()?.kind).toBe("behind");
  right.ahead = 480;
  expect(look()).toBeNull();
  expect(steady.now()).toEqual(minutes(481));
  expect(told).toEqual([
    expect.stringContaining("before the newest that is stored (2026-03-02T12:00Z)"),
    expect.any(String),
  ]);
});

test("a start before the newest that is stored is believed after an hour: what is stored may be wrong", () => {
  const { right, steady, look } = machine();
  steady.expectAfter(minutes(YEARS));
  right.minute = 59;
  expect(look()?.kind).toBe("behind");
  right.minute = 60;
  expect(look()).toBeNull();
  expect(steady.now()).toEqual(minutes(60));
});
