import { expect, test } from "vitest";
import { chaos } from "#support/chaos/chaos.ts";

test("through kills, cuts, time-outs, rate limits and lost permissions every revision is seen once, in order", async () => {
  const { owed, faults, violations } = await chaos({ seed: 7, rounds: 12 });
  expect(owed).toBeGreaterThan(20);
  expect(faults).toEqual([]);
  expect(violations).toEqual([]);
});
