import { afterEach, describe, expect, it } from "vitest";
import { createWriter, type WriterSettings } from "#pipeline/summarize/hosted/hosted.ts";
import { summarize } from "#pipeline/summarize/summarize.ts";
import { type ModelAnswer, type ModelServer, startModelServer } from "#support/model-server.ts";
import { aPurse } from "#support/purse.ts";

const ARTICLES = [
  {
    id: 11,
    title: "Authority orders lab to report incidents",
    text: "The Federal Lab Authority ordered Northlake Labs on Tuesday to report serious incidents within 72 hours. Northlake Labs said it will not appeal the order.",
    primary: true,
  },
  {
    id: 12,
    title: "Trust welcomes order",
    text: "“Nobody should mark their own homework,” said Mara Holt of the Open Ledger Trust. The trust may ask for outside audits next.",
    primary: false,
  },
];
const OWN = summarize(ARTICLES, { maxSentences: 2 }).sentences;
const NOW = new Date("2026-11-24T08:00:00Z");

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const says = (...sentences: { text: string; from: string[] }[]): ModelAnswer => ({
  text: JSON.stringify({ sentences }),
});

async function writerFor(answer: ModelAnswer, more: Partial<WriterSettings> = {}, spend = aPurse()) {
  server = await startModelServer(() => answer);
  const settings = {
    name: "compatible/tiny",
    apiKey: "k-123",
    apiUrl: server.url,
    dailyTokens: 100_000,
    prices: null,
    deadlineMs: 5_000,
  };
  return createWriter({ ...settings, ...more }, () => NOW, spend);
}

const write = async (answer: ModelAnswer, more: Partial<WriterSettings> = {}) =>
  (await writerFor(answer, more)).write(ARTICLES, { maxSentences: 2 });

const TRUE_SENTENCE = {
  text: "Northlake Labs must report serious incidents within 72 hours, the Federal Lab Authority ordered.",
  from: ["1.1"],
};

describe("a hosted model", () => {
  it("words the summary when every sentence stands in the sources it names", async () => {
    const written = await write(
      says({
        text: "The Federal Lab Authority ordered Northlake Labs to report serious incidents within 72 hours.",
        from: ["1.1"],
      }),
    );
    expect(written.by).toBe("model");
    expect(written.sentences).toEqual([
      {
        text: "The Federal Lab Authority ordered Northlake Labs to report serious incidents within 72 hours.",
        articleId: 11,
        start: 0,
        end: ARTICLES[0]!.text.indexOf(" Northlake Labs said"),
        ranges: [
          [0, ARTICLES[0]!.text.indexOf(" on Tuesday")],
          [ARTICLES[0]!.text.indexOf(" to report"), ARTICLES[0]!.text.indexOf(" Northlake Labs said")],
        ],
      },
    ]);
  });

  it.each([
    ["anthropic/tiny", "k-123"],
    ["openai/tiny", "Bearer k-123"],
    ["compatible/a/b", "Bearer k-123"],
  ])("is reached through %s with its key", async (name, key) => {
    const written = await write(says({ text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] }), {
      name,
    });
    expect(written.by).toBe("model");
    expect(server?.keys).toEqual([key]);
    expect(server?.asked[0]).toContain("[1.1] The Federal Lab Authority");
  });

  it("may wrap its JSON in words", async () => {
    const { text } = says({ text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] }) as {
      text: string;
    };
    expect((await write({ text: `Here it is:\n\`\`\`json\n${text}\n\`\`\`` })).by).toBe("model");
  });

  it.each<[string, { text: string; from: string[] }]>([
    [
      "a name",
      {
        text: "Ora Lind ordered Northlake Labs on Tuesday to report serious incidents within 72 hours.",
        from: ["1.1"],
      },
    ],
    [
      "a number",
      {
        text: "The Federal Lab Authority ordered Northlake Labs to report serious incidents within 24 hours.",
        from: ["1.1"],
      },
    ],
    [
      "a quotation",
      { text: "“Nobody should ever trust a lab,” said Mara Holt of the Open Ledger Trust.", from: ["2.1"] },
    ],
    [
      "an order",
      {
        text: "Under Executive Order 14999, Northlake Labs must report serious incidents within 72 hours.",
        from: ["1.1"],
      },
    ],
    ["a stage", { text: "The trust will ask for outside audits next.", from: ["2.2"] }],
    ["consent", { text: "Northlake Labs said it will appeal the order.", from: ["1.2"] }],
    ["a source", { text: "Northlake Labs said it will not appeal the order.", from: ["7.7"] }],
    ["a blend of two articles", { text: "Northlake Labs said it will not appeal the order.", from: ["1.2", "2.2"] }],
  ])("that invents %s is not believed: the sources' own sentences are used", async (_, sentence) => {
    const written = await write(says(sentence));
    expect(written.by).toBe("sources");
    expect(written.sentences).toEqual(OWN);
    expect(written.dropped.map(({ text }) => text)).toEqual([sentence.text]);
  });

  it("loses its false sentences and keeps its true ones", async () => {
    const written = await write(
      says(
        { text: "The Federal Lab Authority fined Northlake Labs $5 million.", from: ["1.1"] },
        { text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] },
      ),
    );
    expect(written.sentences.map(({ text }) => text)).toEqual(["Northlake Labs said it will not appeal the order."]);
    expect(written.dropped).toHaveLength(1);
  });

  it.each<[string, ModelAnswer, string]>([
    [
      "half a JSON",
      { text: '{"sentences":[{"text":"Northlake Labs said it' },
      "the model's answer is not the JSON asked for",
    ],
    ["no JSON", { text: "I cannot help with that." }, "the model's answer is not the JSON asked for"],
    ["nothing", { text: "" }, "the model's answer is not the JSON asked for"],
    ["a failure", { status: 500 }, "the model's API failed: AI_APICallError 500"],
    ["a refusal", { status: 401 }, "the model's API failed: AI_APICallError 401"],
  ])("that answers %s costs no summary", async (_, answer, reason) => {
    const written = await write(answer);
    expect([written.by, written.reason]).toEqual(["sources", reason]);
    expect(written.sentences).toEqual(OWN);
  });

  it("that hangs is waited for no longer than the deadline", async () => {
    const started = performance.now();
    const written = await write("hang", { deadlineMs: 300 });
    expect(written.reason).toBe("the model did not answer within 300 ms");
    expect(written.sentences).toEqual(OWN);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("is told no more than the sentences, and never the key", async () => {
    await write(says(TRUE_SENTENCE));
    expect(server?.asked[0]).not.toContain("k-123");
  });

  it("must show both sides where the sources do", async () => {
    const points = [
      {
        id: "audits",
        sides: [
          { name: "Oversight", argues: "", cues: ["homework"] },
          { name: "Developers", argues: "", cues: ["appeal"] },
        ],
      },
    ];
    const writer = await writerFor(says({ text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] }));
    const written = await writer.write(ARTICLES, { maxSentences: 2, points });
    expect([written.by, written.reason]).toEqual(["sources", "the model left out a side"]);
  });
});

describe("what a hosted model costs", () => {
  it("is counted in tokens and dollars, a day at a time", async () => {
    server = await startModelServer(() =>
      says({ text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] }),
    );
    let now = NOW;
    const settings = {
      name: "compatible/tiny",
      apiKey: null,
      apiUrl: server.url,
      dailyTokens: 100_000,
      deadlineMs: 5_000,
    };
    const writer = createWriter({ ...settings, prices: { input: 1, output: 5 } }, () => now, aPurse());
    const spent = async () => (await writer.write(ARTICLES, { maxSentences: 2 })).spent;
    await spent();
    expect(await spent()).toEqual({
      day: "2026-11-24",
      calls: 2,
      inputTokens: 800,
      outputTokens: 120,
      dollars: 0.0014,
    });
    now = new Date("2026-11-25T00:00:00Z");
    expect(await spent()).toMatchObject({ day: "2026-11-25", calls: 1, inputTokens: 400 });
  });

  it("never passes the day's ceiling, whoever shares it: the sources' own sentences are used", async () => {
    const purse = aPurse();
    const answer = says({ text: "Northlake Labs said it will not appeal the order.", from: ["1.2"] });
    const writer = await writerFor(answer, { dailyTokens: 1_600 }, purse);
    const settings = { name: "compatible/tiny", apiKey: null, apiUrl: server!.url, prices: null, deadlineMs: 5_000 };
    const another = createWriter({ ...settings, dailyTokens: 1_600 }, () => NOW, purse);
    expect((await writer.write(ARTICLES, { maxSentences: 2 })).by).toBe("model");
    const second = await Promise.all([writer, another, another].map((one) => one.write(ARTICLES, { maxSentences: 2 })));
    expect(second.filter(({ reason }) => reason === "the day's tokens are spent").length).toBeGreaterThanOrEqual(2);
    expect(server?.asked.length).toBeLessThanOrEqual(2);
  });

  it("counts at its worst when the call failed, and is not counted where the model was not asked", async () => {
    const failed = await write({ status: 500 });
    expect(failed.spent?.outputTokens).toBe(700);
    expect(failed.spent?.inputTokens).toBeGreaterThan(300);
    expect((await write(says(TRUE_SENTENCE), { dailyTokens: 5 })).spent).toBeNull();
  });
});
