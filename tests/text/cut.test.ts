import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText } from "#text/cut.ts";

test.each([
  ["short", 10, "short"],
  ["a longer text", 8, "a longe…"],
  ["flags 🇩🇪🇫🇷 of two", 9, "flags …"],
  ["family 👩‍👩‍👧 here", 10, "family …"],
  ["cafe\u0301 and more", 5, "caf…"],
  ["a \u202ehidden turn\u202c of it", 9, "a \u202ehidd\u202c…"],
  ["\u2067\u2067\u2067\u2067\u2067 isolates", 6, "\u2067\u2067\u2069\u2069…"],
])("%j in %i characters", (text, limit, cut) => {
  expect(cutText(text, limit)).toBe(cut);
});

test("whatever is cut fits, is well formed, leaves nothing open, and begins as the text does", () => {
  const unit = fc.constantFrom("a", " ", "\u0301", "\u200d", "👩", "\ud800", "\u202e", "\u202c", "\u2066", "\u2069");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (text, limit) => {
      const cut = cutText(text, limit);
      expect(cut.length).toBeLessThanOrEqual(Math.max(limit, 1));
      if (text.length <= limit) {
        expect(cut).toBe(text);
        return;
      }
      expect(cut.isWellFormed()).toBe(true);
      const kept = cut.replace(/[\u202c\u2069]*…$/, "");
      expect(text.toWellFormed().startsWith(kept)).toBe(true);
      const count = (pattern: RegExp) => cut.match(pattern)?.length ?? 0;
      expect(count(/[\u2069\u202c]/g)).toBeGreaterThanOrEqual(count(/[\u202a\u202b\u202d\u202e\u2066-\u2068]/g));
    }),
  );
});

test("a hundred thousand marks on one letter are cut at once", () => {
  expect(cutText(`a${"\u0301".repeat(100_000)}`, 100)).toHaveLength(100);
});
