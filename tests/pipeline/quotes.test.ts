import fc from "fast-check";
import { expect, test } from "vitest";
import { quotesIn } from "#pipeline/quotes/quotes.ts";
import { readLabelled, scoreOf } from "#support/quotes.ts";

const read = (text: string, language: string | null = "en") => quotesIn({ text, textHash: text, language });
const wordsOf = (text: string) => read(text).map(({ parts }) => parts.map(({ start, end }) => text.slice(start, end)));
const speakersOf = (text: string) => read(text).map(({ speaker }) => speaker);

test.each(["made on", "held out"] as const)(
  "of the labelled texts that reading quotes was %s, the bars hold",
  (set) => {
    const texts = readLabelled(set);
    const { precision, recall, offices } = scoreOf(texts);
    expect(texts.flatMap(({ text, wrong }) => (wrong.length > 3 ? [text] : []))).toEqual([]);
    expect(precision).toBeGreaterThanOrEqual(97);
    expect(recall).toBeGreaterThanOrEqual(90);
    expect(offices).toBeGreaterThanOrEqual(97);
  },
);

test("of another hand's texts the bars hold, and nine offices of ten are those of the text", () => {
  const { labelled, precision, recall, offices } = scoreOf(readLabelled("fresh"));
  expect(labelled).toBeGreaterThan(50);
  expect(precision).toBeGreaterThanOrEqual(97);
  expect(recall).toBeGreaterThanOrEqual(90);
  expect(offices).toBeGreaterThanOrEqual(90);
});

test("there are enough labelled texts to call it a test, and a fifth is held apart", () => {
  const [made, held] = (["made on", "held out"] as const).map((set) => readLabelled(set));
  const quotes = (texts: typeof made) => scoreOf(texts ?? []).labelled;
  const none = [...made!, ...held!].filter(({ right, missed }) => right.length + missed.length === 0);
  expect(quotes(made) + quotes(held)).toBeGreaterThanOrEqual(120);
  expect(none.length).toBeGreaterThanOrEqual(60);
  expect(quotes(held) / (quotes(made) + quotes(held))).toBeGreaterThan(0.19);
});

test("of a list of names behind a comma nobody is shown as who speaks", () => {
  expect(read("Mara Holt, Kit Marlow, and Ora Lind, told the council that the rule would harm them.")).toEqual([]);
  expect(
    read("Artists -- including Mara Holt, Kit Marlow, and Ora Lind -- told the council that it would harm them."),
  ).toEqual([]);
});

test("whatever a text is, a quote is words of it, in order, and names somebody of it", () => {
  const pieces = [
    ...[
      "“",
      "”",
      '"',
      "‘",
      "’",
      "«",
      "»",
      "'",
      ",",
      ".",
      "?",
      ":",
      "\n\n",
      " ",
      "—",
      "the",
      "minister",
      "Mara Holt",
      "Reed",
    ],
    ...[
      "said",
      "she",
      "he",
      "told",
      "that",
      "the rule is final",
      "who",
      "and",
      "according to",
      "Sen.",
      "İ",
      "a spokesman for",
      "including",
      "Ora Lind",
      "-- have urged",
    ],
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (words) => {
      const text = words.join(" ");
      for (const { speaker, office, parts, sentence } of read(text)) {
        expect(text).toContain(speaker);
        expect(speaker.trim()).not.toBe("");
        if (office !== null) expect(text).toContain(office);
        expect(parts.length).toBeGreaterThan(0);
        for (const { start, end } of parts) expect(text.slice(start, end).trim().length).toBe(end - start);
        expect(parts.every(({ start }, i) => i === 0 || start >= parts[i - 1]!.end)).toBe(true);
        expect(sentence.end).toBeGreaterThan(sentence.start);
      }
    }),
    { numRuns: 500 },
  );
});

test("a pronoun is the one who was named before in the paragraph, and nobody where there are two or none", () => {
  expect(speakersOf("Mara Holt left the room. “The vote was a farce,” she said.")).toEqual(["Mara Holt"]);
  expect(speakersOf("Mara Holt met Tom Reed. “The vote was a farce,” he said.")).toEqual([]);
  expect(speakersOf("Mara Holt left the room.\n\n“The vote was a farce,” she said.")).toEqual([]);
});

test("a last name is the full name that the article has for it, unless two share it", () => {
  const full = "Tom Reed, the mayor, spoke first.\n\n“The vote was a farce,” Reed said.";
  expect(read(full).map(({ speaker, office }) => [speaker, office])).toEqual([["Tom Reed", "the mayor"]]);
  expect(speakersOf(`${full} Ann Reed said that she agreed with him.`)).toEqual(["Reed", "Ann Reed"]);
});

test("a quotation goes on over an attribution and over paragraphs", () => {
  expect(wordsOf("“We saw it coming,” Tom Reed said. “Nobody would listen.”")).toEqual([
    ["We saw it coming", "Nobody would listen."],
  ]);
  expect(wordsOf("Tom Reed said: “We saw it coming.\n\n“Nobody would listen.”")).toEqual([
    ["We saw it coming.", "Nobody would listen."],
  ]);
});

test("who is told of at second hand is not taken for the one who speaks", () => {
  const text =
    "The minister's spokesman said she would resign. Mara Holt said that Reed told her “I am done with all of it”.";
  expect(read(text).map(({ kind, speaker }) => [kind, speaker])).toEqual([
    ["position", "The minister's spokesman"],
    ["position", "Mara Holt"],
  ]);
});

test.each([
  ["Ora Lind and Bram Ode said that the bill was dead.", ["Ora Lind and Bram Ode"]],
  ["Leaders Ora Lind and Bram Ode said that the bill was dead.", []],
  ["Harbour Labs and Bram Ode said that the bill was dead.", ["Harbour Labs and Bram Ode"]],
  ["One of them, Bram Ode, said the bill was dead.", ["Bram Ode"]],
  ["Parents' groups claim that the bill is dead.", ["Parents' groups"]],
  ["The agency responded to claims that the bill is dead.", []],
  ["Two hours later, Bram Ode was blunter: “The bill is dead and gone.”", ["Bram Ode"]],
  ["The panel's chair was brief. “The bill is dead,” she said.", ["The panel's chair"]],
  ["Lind & Ode partner Mara Holt spoke. “The bill is dead,” she said.", ["Mara Holt"]],
  ["Bram Ode said “the bill is dead and gone”, adding that it would not return.", ["Bram Ode", "Bram Ode"]],
  ["Bram Ode said the bill was dead, adding that it would not return.", ["Bram Ode"]],
])("%s is said by %j", (text, speakers) => {
  expect(speakersOf(text)).toEqual(speakers);
});

test("marks of other kinds are not mixed up: inches, apostrophes, a mark that nothing closes", () => {
  expect(wordsOf('A 12" screen was shown. "It is large enough," Tom Reed said.')).toEqual([["It is large enough"]]);
  expect(wordsOf("‘The workers’ rights don’t end here,’ said Tom Reed.")).toEqual([
    ["The workers’ rights don’t end here"],
  ]);
  expect(wordsOf("“We saw it coming, said Tom Reed of the council.")).toEqual([]);
});

test("English alone is read", () => {
  expect(read("“We saw it coming,” Tom Reed said.", "de")).toEqual([]);
  expect(read("“We saw it coming,” Tom Reed said.", null)).toHaveLength(1);
});
