import fc from "fast-check";
import { expect, test } from "vitest";
import { Pairs } from "#text/pairs.ts";

test("a pair of numbers is found again with its value, whatever else there is", () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, fc.nat()), { maxLength: 600 }), (given) => {
      const [pairs, known] = [new Pairs(), new Map<string, number>()];
      for (const [first, second, value] of given) {
        expect(pairs.get(first, second)).toBe(known.get(`${first} ${second}`) ?? -1);
        pairs.set(first, second, value);
        known.set(`${first} ${second}`, value);
      }
      for (const [first, second] of given) {
        expect(pairs.get(first, second)).toBe(known.get(`${first} ${second}`));
      }
    }),
  );
});

test("pairs that may be so many begin anew when they are full", () => {
  const pairs = new Pairs(1024);
  let held = 0;
  for (let i = 0; i < 20_000; i += 1) {
    pairs.set(i, -i, i);
    held = pairs.get(0, 0) === 0 ? held + 1 : held;
    expect(pairs.get(i, -i)).toBe(i);
  }
  expect(held).toBe(1024);
});
