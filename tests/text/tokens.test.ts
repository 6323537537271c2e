import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, tokenize, wordAt } from "#text/tokens.ts";

const words = (text: string) => {
  const tokens = tokenize(text);
  return Array.from({ length: tokens.count }, (_, i) => wordAt(text, tokens, i));
};

test("words are parted by hyphens and slashes, and lose their possessive", () => {
  expect(words("The Senate's third-party/external audits")).toEqual(
    "The Senate third party external audits".split(" "),
  );
});

test("a dotted initialism is one word", () => {
  expect(words("The U.S. and D.C. Circuit, e.g. plan B. A.I.")).toEqual([
    "The",
    "US",
    "and",
    "DC",
    "Circuit",
    "eg",
    "plan",
    "B",
    "AI",
  ]);
});

test("an apostrophe inside a word stays, straightened", () => {
  expect(words("It doesn’t, the companies' can't")).toEqual(["It", "doesn't", "the", "companies", "can't"]);
});

test("a per cent sign is a word, a power is two", () => {
  expect(words("4% of 10^26")).toEqual(["4", "%", "of", "10", "26"]);
});

test("folding drops case and accents", () => {
  expect(fold("São")).toBe("sao");
});

test("every word is a slice of its text, in order, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { count, starts, ends } = tokenize(text);
      let last = 0;
      for (let i = 0; i < count; i += 1) {
        expect(starts[i]).toBeGreaterThanOrEqual(last);
        expect(ends[i]).toBeGreaterThan(starts[i]!);
        last = ends[i]!;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("equal words have equal hashes wherever they stand", () => {
  const { keys, checks } = tokenize("Audit the U.S. audit, US Audit");
  expect([keys[0], checks[0]]).toEqual([keys[5], checks[5]]);
  expect([keys[2], checks[2]]).toEqual([keys[4], checks[4]]);
  expect(keys[0]).not.toBe(keys[3]);
});

test("what nobody sees parts no word, and stands in its span", () => {
  const text = "The au\u00ADdi\u200Btors of \u2067Jas\u200Dper\u2069\uFEFF met.";
  const tokens = tokenize(text);
  expect(words(text)).toEqual(["The", "auditors", "of", "Jasper", "met"]);
  expect(text.slice(tokens.starts[1], tokens.ends[1])).toBe("au\u00ADdi\u200Btors");
  const plain = tokenize("The auditors of Jasper met.");
  expect([...tokens.keys.slice(0, 5)]).toEqual([...plain.keys.slice(0, 5)]);
});
