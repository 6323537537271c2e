import fc from "fast-check";
import { expect, test } from "vitest";
import { cutText } from "#text/cut.ts";

/** Text of what is easily torn: pairs, families, stacked marks, controls of direction. */
const torn = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "👩‍👩‍👧",
      "🇫🇷",
      "e\u0301\u0302",
      "\u202E",
      "\u202A",
      "\u202C",
      "\u2066",
      "\u2067",
      "\u2069",
      "\u200D",
      "क्षि",
      "\u{1F468}",
    ),
    fc.string({ unit: "grapheme", maxLength: 2 }),
  ),
  maxLength: 120,
});

/** How many controls are open at the end of a text; the end of an isolate ends what was opened within it. */
function leftOpen(text: string): number {
  let open = "";
  for (const [control] of text.matchAll(/[\u202A-\u202E\u2066-\u2069]/g)) {
    if (control === "\u202C") open = open.replace(/e$/, "");
    else if (control === "\u2069") open = open.replace(/ie*$/, "");
    else open += control < "\u2066" ? "e" : "i";
  }
  return open.length;
}

test("a cut text is within its limit, sound, a beginning of the text, and says that it goes on", () => {
  fc.assert(
    fc.property(torn, fc.integer({ min: 1, max: 100 }), fc.constantFrom("…", ""), (text, limit, ending) => {
      const cut = cutText(text, limit, ending);
      expect(cut.length).toBeLessThanOrEqual(limit);
      if (text.length <= limit) {
        expect(cut).toBe(text);
        return;
      }
      if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      expect(cut.endsWith(ending)).toBe(true);
      const kept = cut.slice(0, cut.length - ending.length).replace(/[\u202C\u2069]+$/, "");
      expect(text.startsWith(kept)).toBe(true);
      expect(leftOpen(cut)).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});

test("what people see as one character is kept whole or left out", () => {
  expect(cutText("ab👩‍👩‍👧cd", 6)).toBe("ab…");
  expect(cutText("ab🇫🇷🇩🇪", 7)).toBe("ab🇫🇷…");
  expect(cutText("cafe\u0301s", 5)).toBe("caf…");
  expect(cutText("\u{1F468}\u{1F468}", 2, "")).toBe("\u{1F468}");
  for (let limit = 3; limit < 200; limit++)
    expect((cutText(`ab${"🇫🇷".repeat(60)}`, limit).length - 3) % 4, `flags in ${limit}`).toBe(0);
  // A mark that never ends is no character to wait for.
  expect(cutText(`a${"\u0301".repeat(1_000)}`, 500)).toHaveLength(500);
});

test("what turns the direction of a text is closed where it is cut", () => {
  expect(cutText("\u202Eabcdef", 6)).toBe("\u202Eabc\u202C…");
  expect(cutText("\u2066\u202Aabcdefgh", 8)).toBe("\u2066\u202Aabc\u202C\u2069…");
  expect(cutText("\u2066ab\u2069cdefgh", 7)).toBe("\u2066ab\u2069cd…");
  expect(cutText("\u2066\u202A\u2069abcdef", 6)).toBe("\u2066\u202A\u2069ab…");
});
