import { describe, expect, it, test } from "vitest";
import { tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules, judge } from "#pipeline/tag/tag.ts";
import { isHeldOut, itemsIn, LANGUAGES, readItems, scoreOf } from "#support/languages.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const rules = compileRules(loaded.pack);

describe.each(LANGUAGES)("articles in another language (%s)", (language) => {
  it("are told from others, and what they are about", () => {
    const { relevance, points } = scoreOf(readItems(language, rules, itemsIn(language)), rules);
    expect(relevance).toBeGreaterThanOrEqual(90);
    expect(points).toBeGreaterThanOrEqual(80);
  });

  it("are so, too, where no word was chosen with them in view", () => {
    const { relevance, points } = scoreOf(readItems(language, rules, itemsIn(language).filter(isHeldOut)), rules);
    expect(relevance).toBeGreaterThanOrEqual(90);
    expect(points).toBeGreaterThanOrEqual(75);
  });

  it("show their proof where it stands in them", () => {
    for (const { item, tagging } of readItems(language, rules, itemsIn(language))) {
      for (const { field, start, end, phrase, sentence } of tagging.tags.flatMap(({ evidence }) => evidence)) {
        expect(item[field].slice(start, end)).toBe(phrase);
        expect(phrase).not.toBe("");
        expect(sentence.start).toBeLessThanOrEqual(start);
        expect(sentence.end).toBeGreaterThanOrEqual(end);
      }
    }
  });
});

test("false friends stay what they are", () => {
  const relevant = (language: string, title: string, text: string) =>
    judge({ title, text, language }, rules).tagging.relevant;
  expect(relevant("de", "Geldstrafe nach Elfmeter: Klub zahlt 90.000 Euro", "Das Sportgericht blieb hart.")).toBe(
    false,
  );
  expect(relevant("fr", "Le renseignement français manque d'intelligence", "Un modèle de robe fait débat.")).toBe(
    false,
  );
  expect(relevant("es", "La IA mejora la cabaña", "La inseminación artificial da más leche.")).toBe(false);
});

test("what is in English, or in no language that can be told, is read as it stands", () => {
  const title = "Regulator fines lab over AI incident reports";
  const tagging = (language?: string | null) =>
    judge({ title, text: "", ...(language === undefined ? {} : { language }) }, rules).tagging;
  expect(tagging("en")).toEqual(tagging());
  expect(tagging(null)).toEqual(tagging());
  expect(tagsOn(tagging("en").tags, "point").length).toBeGreaterThan(0);
});
