import { expect, onTestFinished, test } from "vitest";
import { EVERY_FEW_SECONDS, every } from "#worker/schedule.ts";

const TEN_YEARS_MS = 10 * 365 * 86_400_000;

test.each([TEN_YEARS_MS, -TEN_YEARS_MS])("ticks go on after the clock has jumped by %d ms", async (jumpMs) => {
  let ahead = 0;
  let ticks = 0;
  // Ten times as fast, as a tick is due every five seconds.
  const began = Date.now();
  const clock = () => new Date(began + (Date.now() - began) * 10 + ahead);
  const end = every(
    EVERY_FEW_SECONDS,
    () => ++ticks,
    (error) => expect.fail(String(error)),
    clock,
  );
  onTestFinished(end);
  await expect.poll(() => ticks).toBeGreaterThan(0);
  ahead = jumpMs;
  const before = ticks;
  await expect.poll(() => ticks).toBeGreaterThan(before + 1);
});

test("no tick begins while one is running, and one that throws is told", async () => {
  const began = Date.now();
  const clock = () => new Date(began + (Date.now() - began) * 100);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const told: unknown[] = [];
  let [running, most, ticks] = [0, 0, 0];
  const tick = async () => {
    ticks += 1;
    most = Math.max(most, ++running);
    if (ticks === 1) await held;
    running -= 1;
    throw new Error(`tick ${ticks}`);
  };
  const end = every(EVERY_FEW_SECONDS, tick, (error) => told.push(error), clock);
  onTestFinished(end);
  await expect.poll(() => ticks).toBe(1);
  const later = clock().getTime() + 20_000;
  await expect.poll(clock).toSatisfy((now: Date) => now.getTime() > later);
  letGo();
  await expect.poll(() => told.length).toBeGreaterThan(1);
  expect(most).toBe(1);
});
