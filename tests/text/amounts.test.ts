import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountsIn, keyOf } from "#text/amounts.ts";

const read = (text: string, language?: string) =>
  amountsIn(text, language).map(({ value, unit, counted, start, end }) => [
    value,
    unit ?? counted,
    text.slice(start, end),
  ]);

const same = (a: string, b: string) => keyOf(amountsIn(a)[0]!) === keyOf(amountsIn(b)[0]!);

describe("amounts", () => {
  it.each<[text: string, value: number, unit: string | null, written: string]>([
    ["a fine of $250k was", 250_000, "$", "$250k"],
    ["a fine of $250,000 was", 250_000, "$", "$250,000"],
    ["a fine of 250,000 dollars was", 250_000, "$", "250,000 dollars"],
    ["a quarter of a million or EUR 250 000", 250_000, "€", "EUR 250 000"],
    ["in 2024 300 people", 2_024, null, "2024"],
    ["US$1.2 billion in all", 1.2e9, "$", "US$1.2 billion"],
    ["some $3.5b of it", 3.5e9, "$", "$3.5b"],
    ["some $3.5B. Then", 3.5e9, "$", "$3.5B"],
    ["some €38m", 38e6, "€", "€38m"],
    ["EUR 38 million", 38e6, "€", "EUR 38 million"],
    ["38 million euros", 38e6, "€", "38 million euros"],
    ["a 38-million-euro fine", 38e6, "€", "38-million-euro"],
    ["2 million Canadian dollars", 2e6, "C$", "2 million Canadian dollars"],
    ["A$5m", 5e6, "A$", "A$5m"],
    ["two million pounds", 2e6, "£", "two million pounds"],
    ["half a million dollars", 5e5, "$", "half a million dollars"],
    ["a billion people", 1e9, "people", "a billion people"],
    ["two hundred and fifty thousand dollars", 250_000, "$", "two hundred and fifty thousand dollars"],
    ["twenty-one days", 21, "day", "twenty-one days"],
    ["within 72 hours", 72, "hour", "72 hours"],
    ["a 72-hour clock", 72, "hour", "72-hour"],
    ["4 percent of turnover", 4, "%", "4 percent"],
    ["4 per cent of turnover", 4, "%", "4 per cent"],
    ["4.5% of turnover", 4.5, "%", "4.5%"],
    ["about 1,200 developers", 1_200, "developer", "1,200 developers"],
    ["about 1,200 laid-off federal workers said", 1_200, "worker", "1,200 laid-off federal workers"],
    ["2,000 jobs", 2_000, "job", "2,000 jobs"],
    ["in 2024 companies", 2_024, null, "2024"],
    ["under section 5 companies", 5, null, "5"],
    ["on March 3 lawmakers", 3, null, "3"],
    ["le 3 mars", 3, null, "3"],
    ["3 crore rupees", 3e7, "₹", "3 crore rupees"],
    ["12,34,567 people", 1_234_567, "people", "12,34,567 people"],
    ["CHF 1'234'567.50", 1_234_567.5, "CHF", "CHF 1'234'567.50"],
  ])("%s", (text, value, unit, written) => {
    expect(read(text)[0]).toEqual([value, unit, written]);
  });

  it.each<[text: string, language: string, value: number, unit: string]>([
    ["1.234.567,89 Euro", "de", 1_234_567.89, "€"],
    ["1.234 Euro", "de", 1_234, "€"],
    ["3,5 Millionen Euro", "de", 3.5e6, "€"],
    ["2 Mrd. Euro", "de", 2e9, "€"],
    ["1,5 Billionen Euro", "de", 1.5e12, "€"],
    ["1\u202f234\u202f567,5 euros", "fr", 1_234_567.5, "€"],
    ["1 234 567 euros", "fr", 1_234_567, "€"],
    ["2 milliards d’euros", "fr", 2e9, "€"],
    ["2 millones de euros", "es", 2e6, "€"],
    ["12,5 Md€", "fr", 12.5e9, "€"],
    ["1,234 dollars", "en", 1_234, "$"],
    ["1.234 dollars", "en", 1.234, "$"],
    ["3,5 million dollars", "en", 3.5e6, "$"],
  ])("%s, as %s writes it", (text, language, value, unit) => {
    expect(amountsIn(text, language)[0]).toMatchObject({ value, unit, start: 0, end: text.length });
  });

  it.each(["one of them", "no amounts here", "GPT-4 and SB53", "5G, the 1990s and the 1st", "on 12.05.2026", "v1.2.3"])(
    "there is none in %s",
    (text) => {
      expect(amountsIn(text)).toEqual([]);
    },
  );

  it("are the same however they are written, and no others", () => {
    expect(same("72 hours", "three days")).toBe(true);
    expect(same("24 months", "two years")).toBe(true);
    expect(same("$250k", "250,000 dollars")).toBe(true);
    expect(same("nine justices", "9 justices")).toBe(true);
    expect(same("$5", "5%")).toBe(false);
    expect(same("30 days", "one month")).toBe(false);
  });

  const LOCALES = ["en-US", "de-DE", "fr-FR", "es-ES", "de-CH", "en-IN", "pl-PL", "it-IT"];

  it.each(LOCALES)("keep their value through being written as in %s", (locale) => {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    // The Swiss write German with a point.
    const language = locale === "de-CH" ? "en" : locale.slice(0, 2);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        const written = format.format(cents / 100);
        for (const text of [`€${written}`, `${written} €`, `${written}\u00a0Euro`]) {
          expect(amountsIn(`x ${text} y`, language)).toEqual([
            { value: cents / 100, unit: "€", counted: null, start: 2, end: 2 + text.length },
          ]);
        }
      }),
    );
  });

  it.each([
    ["thousand", "k", 1e3],
    ["million", "m", 1e6],
    ["billion", "bn", 1e9],
    ["billion", "b", 1e9],
  ] as const)("of a %s are the same written out, with %s and in figures", (word, letter, scale) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (tenths) => {
        const value = Math.round((tenths * scale) / 10);
        const number = String(tenths / 10);
        const written = [`$${number} ${word}`, `$${number}${letter}`, `${number} ${word} dollars`];
        for (const text of [...written, `$${value.toLocaleString("en-US")}`]) {
          expect(amountsIn(text)[0]).toMatchObject({ value, unit: "$", end: text.length });
        }
      }),
    );
  });

  const ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
  const ones = `${ONES} seventeen eighteen nineteen`.split(" ");
  const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
  const underHundred = (n: number): string =>
    n < 20 ? ones[n]! : `${tens[Math.floor(n / 10) - 2]}${n % 10 === 0 ? "" : `-${ones[n % 10]}`}`;

  it("are the same in words and in figures", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999 }), fc.constantFrom("", " thousand", " million"), (n, scale) => {
        const rest = n % 100 === 0 ? "" : ` and ${underHundred(n % 100)}`;
        const words = n < 100 ? underHundred(n) : `${ones[Math.floor(n / 100)]} hundred${rest}`;
        expect(same(`${words}${scale} days`, `${n}${scale} days`)).toBe(true);
      }),
    );
  });

  it("stand where they say, in any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."0123456789.,$€% kmbn-one twopercentdays".split("")) }),
        fc.constantFrom("en", "de", "fr"),
        (text, language) => {
          let last = 0;
          for (const { start, end, value } of amountsIn(text, language)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(value).not.toBeNaN();
            last = end;
          }
        },
      ),
    );
  });
});
