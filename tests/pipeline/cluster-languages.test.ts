import { expect, test } from "vitest";
import { HOUR_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { createStoryIndex } from "#pipeline/cluster/cluster.ts";
import { compileRules, tag } from "#pipeline/tag/tag.ts";
import { itemsIn, LANGUAGES } from "#support/languages.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack does not load");
const { pack } = loaded;
const rules = compileRules(pack);
const MONDAY = Date.UTC(2026, 2, 2, 9);

type Told = readonly [language: string, title: string, text: string];

/** By the number of its story where each of these reports is filed, in a window with all items of our own. */
function placed(reports: readonly Told[]): { readonly stories: readonly number[]; readonly sagas: readonly number[] } {
  const index = createStoryIndex({ ...pack.facets, glossaries: pack.glossaries, words: pack.weights!.words });
  const before = LANGUAGES.flatMap((language) =>
    itemsIn(language).map(({ title, text }): Told => [language, title, text]),
  );
  const found = [...before, ...reports].map(([language, title, text], i) => {
    const at = new Date(MONDAY + (i * HOUR_MS) / 8);
    const article = { id: i + 1, feedId: `outlet-${i}`, title, text, language, publishedAt: at, firstSeenAt: at };
    const tagging = tag(article, rules);
    const { storyId, sagaId } = index.place(article, tagging);
    const place = { story: storyId ?? i + 1, saga: sagaId ?? i + 1 };
    index.add(article, tagging, place.story, place.saga);
    return place;
  });
  const last = found.slice(-reports.length);
  return { stories: last.map(({ story }) => story), sagas: last.map(({ saga }) => saga) };
}

const FINE: Told = [
  "en",
  "Saxony regulator fines Kelpmark 12 million euros over face scans",
  "The data protection authority in Dresden fined Kelpmark for scanning the faces of shoppers with artificial intelligence without their consent.",
];
const BUSSGELD: Told = [
  "de",
  "Datenschützer verhängen 12 Mio. Euro Bußgeld gegen Kelpmark",
  "Die Kette hatte die Gesichter ihrer Kunden ohne Einwilligung mit künstlicher Intelligenz erfasst, teilte die Behörde in Dresden mit.",
];
const AMENDE: Told = [
  "fr",
  "Allemagne : Kelpmark écope d'une amende de 12 millions d'euros",
  "L'autorité de protection des données de Dresde reproche à l'enseigne d'avoir scanné le visage de ses clients grâce à l'intelligence artificielle.",
];

test("reports of one event in several languages are one story where who and how much agree", () => {
  const { stories } = placed([FINE, BUSSGELD, AMENDE]);
  expect(new Set(stories).size).toBe(1);
});

test("the next firm that is fined so is another story, whatever the language", () => {
  const other: Told = [
    "de",
    "Datenschützer verhängen 12 Mio. Euro Bußgeld gegen Brunnhof",
    "Der Händler hatte die Gesichter seiner Kunden ohne Einwilligung mit künstlicher Intelligenz erfasst, teilte die Behörde in Mainz mit.",
  ];
  const { stories } = placed([FINE, BUSSGELD, other]);
  expect(stories[1]).toBe(stories[0]);
  expect(stories[2]).not.toBe(stories[0]);
});

test("what is alike by the words of a glossary alone is not one event", () => {
  const german: Told = [
    "de",
    "Labor muss schwere Vorfälle melden",
    "Die Behörde verlangt, dass der Entwickler jeden schweren Vorfall mit seiner KI meldet.",
  ];
  const spanish: Told = [
    "es",
    "El laboratorio deberá notificar incidentes graves",
    "La autoridad exige que el desarrollador comunique cada incidente grave con su IA.",
  ];
  const { stories } = placed([german, spanish]);
  expect(stories[1]).not.toBe(stories[0]);
});

test("the suit against a fine is the next development of its dispute", () => {
  const suit: Told = [
    "es",
    "Kelpmark demanda a la autoridad por la multa de 12 millones",
    "La cadena pide a un tribunal de Dresde que anule la sanción por escanear caras con inteligencia artificial.",
  ];
  const { stories, sagas } = placed([FINE, BUSSGELD, suit]);
  expect(stories[2]).not.toBe(stories[0]);
  expect(sagas[2]).toBe(sagas[0]);
});
