import fc from "fast-check";
import { expect, test } from "vitest";
import { type Destination, destinationFrom, digestOf, keyOf, overflowOf, remindersOf } from "#model/destination.ts";

test("a destination comes back from its key as it was", () => {
  const channel = fc.string({ minLength: 1 }).filter((id) => !/^(digest|overflow|reminders):/.test(id));
  const destination: fc.Arbitrary<Destination> = fc.oneof(
    channel,
    fc.nat().map(digestOf),
    channel.map(overflowOf),
    channel.map(remindersOf),
  );
  fc.assert(fc.property(destination, (one) => void expect(destinationFrom(keyOf(one))).toEqual(one)));
});
