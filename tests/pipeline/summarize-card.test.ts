import { expect, test } from "vitest";
import type { Pack } from "#model/pack.ts";
import type { Movement } from "#model/story.ts";
import { cardOf } from "#pipeline/summarize/card.ts";
import { article, hours, story } from "#support/samples.ts";

const feed = (id: string, name: string, primary = false) => ({
  id,
  name,
  url: `https://${id}.example/feed`,
  site: `https://${id}.example`,
  place: "US",
  kind: primary ? ("regulator" as const) : ("press" as const),
  primary,
  fullText: "auto" as const,
});

const pack = {
  feeds: [feed("gazette", "The Gazette"), feed("records", "Department of Records", true)],
  points: [{ id: "penalties", name: "Penalties and fines" }],
  facets: {
    places: [],
    stages: [{ id: "threatened", name: "Threatened" }],
    certainties: [{ id: "anonymous", label: "reported, unconfirmed" }],
  },
} as unknown as Pack;

const told = (given = {}) => ({
  story: story({ points: ["penalties"] }),
  revision: 1,
  movements: [] as Movement[],
  articles: [article()],
  ...given,
});

test("ids become the pack's names", () => {
  expect(cardOf(told(), pack)).toMatchObject({
    stage: "Threatened",
    certainty: "reported, unconfirmed",
    points: ["Penalties and fines"],
    places: ["US"],
    url: "https://gazette.example/1",
    change: null,
    sources: [{ name: "The Gazette", primary: false }],
  });
});

test("sentences carry the number of their article, the leading one first: two of one outlet have two numbers", () => {
  const sentence = (articleId: number) => ({ text: `From ${articleId}.`, articleId, start: 0, end: 7, ranges: [] });
  const articles = [
    article({ id: 1 }),
    article({ id: 2, feedId: "records", url: "https://records.example/2" }),
    article({ id: 3 }),
  ];
  const card = cardOf(
    told({ story: story({ leadArticleId: 2, summary: [sentence(2), sentence(1), sentence(3)] }), articles }),
    pack,
  );
  expect(card.sentences.map(({ source }) => source)).toEqual([1, 2, 3]);
  expect(card.sources.map(({ name, url }) => [name, url])).toEqual([
    ["Department of Records", "https://records.example/2"],
    ["The Gazette", "https://gazette.example/1"],
    ["The Gazette", "https://gazette.example/3"],
  ]);
  expect(card.moreSources).toBe(0);
  expect(card.url).toBe("https://records.example/2");
});

test("a sentence of a document is cited with the pages on which what is left of it stands; a title with none", () => {
  const text = "On Monday, the board imposed a fine. It may be appealed within a month.";
  const document = { url: "https://gazette.example/1.pdf", pageStarts: [0, 11, 60] };
  const ranges = [[11, 36]] as const;
  const cut = { text: text.slice(11, 36), articleId: 1, start: 0, end: 36, ranges };
  const whole = {
    text: text.slice(37),
    articleId: 1,
    start: 37,
    end: text.length,
    ranges: [[37, text.length]] as const,
  };
  const articles = [article({ text, document }), article({ id: 2, document })];
  const moved: Movement = { kind: "stage", from: null, to: "threatened", articleId: 2, sentence: null };
  const card = cardOf(
    told({ story: story({ summary: [cut, whole] }), articles, movements: [moved], revision: 2 }),
    pack,
  );
  expect(card.sentences.map(({ source, pages }) => [source, pages])).toEqual([
    [1, undefined],
    [2, { from: 2, to: 2, url: "https://gazette.example/1.pdf#page=2" }],
    [2, { from: 2, to: 3, url: "https://gazette.example/1.pdf#page=2" }],
  ]);
});

test("five sources are listed and the rest counted; a feed that left the catalogue goes by its host", () => {
  const articles = Array.from({ length: 8 }, (_, index) =>
    article({ id: index + 1, feedId: `gone-${index}`, url: `https://gone-${index}.example/` }),
  );
  const card = cardOf(told({ articles }), pack);
  expect(card.sources).toHaveLength(5);
  expect(card.sources[0]?.name).toBe("gone-0.example");
  expect(card.moreSources).toBe(3);
});

test("outlets that print one wire report under their own titles are one source; a primary source speaks for itself", () => {
  const wire =
    "The pilots' board voted six to three on Monday to log every tow in the upper harbour, after a winter in which two barges broke loose at night and nobody on shore had been told that they were moving at all.";
  const outlet = (id: number, feedId: string, text: string) =>
    article({ id, feedId, text, title: `As ${feedId} has it`, url: `https://${feedId}.example/${id}` });
  const copies = Array.from({ length: 9 }, (_, at) =>
    outlet(at + 2, `copy-${at}`, `${wire} Reporting from desk ${at}.`),
  );
  const own = Array.from({ length: 6 }, (_, at) => outlet(at + 20, `own-${at}`, `Tows were in talk at pier ${at}.`));
  const card = cardOf(
    told({ articles: [outlet(1, "gazette", wire), ...copies, ...own, outlet(30, "records", wire)] }),
    pack,
  );
  expect(card.sources.map(({ name }) => name)).toEqual([
    "The Gazette",
    ...own.slice(0, 4).map(({ feedId }) => `${feedId}.example`),
  ]);
  expect(card.moreSources).toBe(3);
});

test("a later revision says what moved; an article without a sentence to show it speaks by its title", () => {
  const movement: Movement = { kind: "stage", from: "proposed", to: "threatened", articleId: 2, sentence: null };
  const bare = article({
    id: 2,
    feedId: "records",
    title: "Penalty notice 12",
    text: "",
    url: "https://records.example/2",
  });
  const summary = [{ text: "Talks over audits have stalled.", articleId: 1, start: 38, end: 69, ranges: [] }];
  const given = { story: story({ summary }), revision: 2, movements: [movement], articles: [article(), bare] };
  const card = cardOf(told(given), pack);
  expect(card.change).toBe("proposed → Threatened");
  expect(card.sentences).toEqual([
    { text: "Penalty notice 12", source: 1 },
    { text: "Talks over audits have stalled.", source: 2 },
  ]);
  expect(cardOf(told({ ...given, story: story({ summary, leadArticleId: 2 }) }), pack).sentences).toHaveLength(1);
});

test("figures on which two sources differ are both shown, until a primary source settles it", () => {
  const claim = (id: number, figure: string, feedId: string) =>
    article({
      id,
      feedId,
      text: `The proposed penalty against the developer amounts to ${figure} million dollars, officials said.`,
    });
  const papers = [claim(1, "38", "gazette"), claim(2, "45", "herald")];
  expect(cardOf(told({ articles: papers }), pack).conflicts).toMatchObject([
    {
      figures: [
        { text: expect.stringContaining("38 million"), source: 1, at: hours(-1) },
        { text: expect.stringContaining("45 million"), source: 2, at: hours(-1) },
      ],
    },
  ]);
  // A third figure is the primary source's own word.
  for (const figure of ["38", "38.0", "52"])
    expect(cardOf(told({ articles: [...papers, claim(3, figure, "records")] }), pack).conflicts).toEqual([]);
});

test("days on which sources differ are shown with who says which", () => {
  const articles = [1, 2].map((id) => article({ id, feedId: id === 1 ? "gazette" : "herald", text: `Said by ${id}.` }));
  const days = [
    [
      { text: "3 March 2027", articleId: 1, start: 0, end: 12 },
      { text: "5 March", articleId: 2, start: 0, end: 7 },
    ],
  ] as const;
  expect(cardOf(told({ articles, days }), pack).conflicts).toEqual([
    {
      figures: [
        { text: "3 March 2027", source: 1, at: hours(-1) },
        { text: "5 March", source: 2, at: hours(-1) },
      ],
    },
  ]);
});

test("the time is that of the newest article", () => expect(cardOf(told(), pack).at).toEqual(hours(-1)));

test("a source in another language says which, and one in English or in none that can be told does not", () => {
  const named = (language: string | null) => cardOf(told({ articles: [article({ language })] }), pack).sources[0]?.name;
  expect(named("de")).toBe("The Gazette (German)");
  expect(named("en")).toBe("The Gazette");
  expect(named(null)).toBe("The Gazette");
});
