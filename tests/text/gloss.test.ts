import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { LANGUAGES } from "#support/languages.ts";
import { glossaryOf, glossedOf, glossOf } from "#text/gloss.ts";
import { languageNamed } from "#text/language-files.ts";
import { sentences } from "#text/sentences.ts";

const in_ = (language: string, text: string) => glossOf(text, glossaryOf(language)!);
const english = (language: string, text: string) => in_(language, text).text.replace(/ +/g, " ").trim();

describe("a text is put into English word by word", () => {
  it.each([
    ["de", "Das Gericht verbietet die Strafe", "the court bans the penalty"],
    ["de", "Die Gerichte verschieben Strafen", "the court delays penalties"],
    ["fr", "Le tribunal inflige une amende", "the court fines"],
    ["es", "El tribunal aplaza la sanción", "the court delays the sanction"],
  ])("whatever form a word stands in (%s: %s)", (language, text, expected) => {
    expect(english(language, text)).toBe(expected);
  });

  it("a word by its parts, where a language writes them as one", () => {
    expect(english("de", "Datenschutzbehörde")).toBe("data protection authority");
    expect(english("de", "Sicherheitsvorschriften")).toBe("security rules");
    expect(english("de", "Regierungsentwurf-Kritiker")).toBe("government draft-critics");
    expect(english("de", "Quarkstrudel")).toBe("Quarkstrudel");
  });

  it("a phrase whose end stands further on, within its sentence", () => {
    expect(english("de", "Die Kommission schlägt heute Regeln vor.")).toBe("the commission proposes today rules .");
    expect(english("de", "Sie schlägt. Vor Gericht")).toBe("she schlägt. before court");
    expect(english("fr", "Il ne vote pas")).toBe("it votes not");
  });

  it("an elided word apart from the next", () => {
    expect(english("fr", "l’amende d'aujourd'hui")).toBe("the fine of today");
    expect(english("fr", "qu'il s'agit")).toBe("that it agit");
  });

  it("numbers as English writes them, dates and versions as they stand", () => {
    expect(english("de", "1.234,5 Mio. Euro am 2.8.2026, Version 1.2.3")).toBe(
      "1,234.5 million euros at 2.8.2026, Version 1.2.3",
    );
    expect(english("fr", "10 000 et 35 millions d'euros")).toBe("10,000 and 35 million euros");
    expect(english("es", "mil millones de euros el 2 de agosto de 2026")).toBe("billion euros the 2 of August 2026");
  });

  it("names as they stand, and no noun for a name", () => {
    expect(english("de", "Die Firma Visarion verklagt Textara")).toBe("the firm Visarion sues Textara");
    expect(english("de", "ein Gartenzaun, graue Gartenzäune")).toBe("a gartenzaun, graue gartenzäune");
    expect(english("es", "La empresa Gartenzaun")).toBe("the company Gartenzaun");
  });
});

test("what stands in a gloss is found again in the text", () => {
  const text = "Das Amt verhängt 35 Mio. Euro Bußgeld gegen Visarion.";
  const gloss = in_("de", text);
  const back = (words: string) => {
    const start = gloss.text.indexOf(words);
    const span = gloss.back({ start, end: start + words.length });
    return text.slice(span.start, span.end);
  };
  expect(back("fines")).toBe("verhängt");
  expect(back("35 million euros")).toBe("35 Mio. Euro");
  expect(back("Visarion")).toBe("Visarion");
  expect(back("sario")).toBe("sario");
  expect(gloss.back({ start: 0, end: gloss.text.length })).toEqual({ start: 0, end: text.length });
});

test("any text has a gloss, and every span of either stands for one of the other", () => {
  const words = fc.constantFrom(
    "Die ",
    "KI-",
    "ne ",
    "l'",
    "schlägt ",
    "vor",
    ". ",
    "1.234,5 ",
    "Mio. ",
    "ß",
    "é",
    "\n",
    "'",
    "…",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...LANGUAGES),
      fc.oneof(
        fc.string(),
        fc.array(words).map((all) => all.join("")),
      ),
      (language, text) => {
        const gloss = in_(language, text);
        for (const [span, of] of [
          [gloss.back({ start: 0, end: gloss.text.length }), text],
          [gloss.forth({ start: 0, end: text.length }), gloss.text],
        ] as const) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(of.length);
        }
      },
    ),
  );
});

test("English is read as it stands, and so is a language that nobody wrote down", () => {
  for (const language of ["en", null, "xx"]) expect(glossedOf({ title: "t", text: "x", language })).toBeNull();
  expect(languageNamed("xx")).toBeNull();
});

test("a pack's own words count before the program's, and make a language by themselves", () => {
  const words = (own: Readonly<Record<string, string[]>>) => ({
    endings: [],
    joints: [],
    elided: [],
    abbreviations: [],
    capitalNouns: false,
    words: own,
  });
  const packs = { de: words({ sanction: ["Bußgeld"] }), it: words({ fine: ["multa"] }) };
  expect(glossedOf({ title: "Bußgeld", text: "", language: "de" }, packs)?.english.title).toBe("sanction");
  expect(glossedOf({ title: "la multa", text: "", language: "it" }, packs)?.english.title).toBe("la fine");
});

test("sentences end where their language ends them", () => {
  const split = (text: string, language: string) =>
    sentences(text, language).map(({ start, end }) => text.slice(start, end));
  expect(split("Die Regel gilt ab 2. August. Nach Art. 5 Abs. 2 der DSGVO nicht.", "de")).toEqual([
    "Die Regel gilt ab 2. August.",
    "Nach Art. 5 Abs. 2 der DSGVO nicht.",
  ]);
  expect(split("MM. Dupré et Mme. Roy ont voté. Ils partent.", "fr")).toEqual([
    "MM. Dupré et Mme. Roy ont voté.",
    "Ils partent.",
  ]);
  expect(split("La Sra. Ruiz viaja a EE. UU. con el Dr. Mora. Vuelve hoy.", "es")).toEqual([
    "La Sra. Ruiz viaja a EE. UU. con el Dr. Mora.",
    "Vuelve hoy.",
  ]);
});
