import fc from "fast-check";
import { expect, test } from "vitest";
import { createJoining, partsOf } from "#text/parts.ts";

const joined = (value: unknown) => {
  const joining = createJoining<unknown>();
  for (const part of partsOf(value)) joining.take(part);
  return joining.whole();
};

test("what is taken apart is the same when it is put together", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(joined(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a long list goes in parts that are short", () => {
  const value = { kind: "done", value: { title: "T", entries: Array.from({ length: 300 }, () => "x".repeat(20_000)) } };
  const lengths = [...partsOf(value)].map((part) => part.length);
  expect(Math.max(...lengths)).toBeLessThan(150_000);
  expect(lengths.length).toBeGreaterThan(40);
  expect(joined(value)).toEqual(value);
});
