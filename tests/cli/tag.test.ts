import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { tagLines } from "#cli/tag.ts";
import { loadPack } from "#pack/pack.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the shipped pack does not load");

async function tagAll(lines: string): Promise<{ unread: number; answers: Record<string, unknown>[] }> {
  const output = new PassThrough();
  const [unread, said] = await Promise.all([
    tagLines({ input: Readable.from([lines]), output }, loaded.ok ? loaded.pack : neverPack()).finally(() =>
      output.end(),
    ),
    text(output),
  ]);
  const answers = said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { unread, answers };
}

const neverPack = (): never => {
  throw new Error("no pack");
};

test("each line is answered, and a line that cannot be read stops nothing", async () => {
  const { unread, answers } = await tagAll(
    `${JSON.stringify({ id: "a", title: "AI bill would require independent audits of developers", text: "" })}\nnot json\n${JSON.stringify({ id: 2, title: "Weather", text: "Rain." })}\n`,
  );
  expect(unread).toBe(1);
  expect(answers).toHaveLength(3);
  expect(answers[0]).toMatchObject({
    id: "a",
    points: expect.arrayContaining([expect.objectContaining({ id: "audit-scope" })]),
  });
  expect(answers[1]).toMatchObject({ line: 2 });
  expect(answers[2]).toMatchObject({ id: 2, relevant: false, points: [], stage: null, certainty: null });
});

test("an article of another language is explained in its own words, then word by word in English", async () => {
  const output = new PassThrough();
  const title = "Behörde verhängt Bußgeld gegen Entwickler künstlicher Intelligenz";
  const item = {
    id: 1,
    title,
    text: "Die Aufsichtsbehörde hat am Montag ein Bußgeld gegen den Entwickler eines KI-Modells verhängt.",
  };
  const [, said] = await Promise.all([
    tagLines({ input: Readable.from([JSON.stringify(item)]), output }, loaded.ok ? loaded.pack : neverPack(), {
      colour: false,
      width: 100,
    }).finally(() => output.end()),
    text(output),
  ]);
  expect(said).toMatch(new RegExp(`^${title}\n${item.text}\n\nWord by word in English:\n.*artificial intelligence`));
  expect(said).toContain("authority [fines]");
});

test("evidence is what stands in the text", async () => {
  const item = {
    id: 1,
    title: "OpenAI faces audit calls",
    text: "Regulators want independent audits of OpenAI’s models.",
  };
  const { answers } = await tagAll(JSON.stringify(item));
  const points = answers[0]!.points as {
    evidence: { field: "title" | "text"; start: number; end: number; phrase: string }[];
  }[];
  expect(points.length).toBeGreaterThan(0);
  for (const { evidence } of points) {
    expect(evidence.length).toBeGreaterThan(0);
    for (const { field, start, end, phrase } of evidence) expect(item[field].slice(start, end)).toBe(phrase);
  }
});
