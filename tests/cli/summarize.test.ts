import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { summarizeLines } from "#cli/summarize.ts";

async function answers(lines: readonly string[]) {
  let written = "";
  const output = new Writable({
    write(part, _, done) {
      written += part;
      done();
    },
  });
  const unread = await summarizeLines({ input: Readable.from([lines.join("\n")]), output }, []);
  return {
    unread,
    answers: written
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
}

const TEXT = "PARIS (Newswire) — The regulator ordered Northlake Labs to report incidents within 72 hours.";

test("a story is answered with its language and cited sentences", async () => {
  const line = JSON.stringify({ id: "a", articles: [{ title: "Order", text: TEXT }], sentences: 2 });
  expect((await answers([line])).answers).toEqual([
    {
      id: "a",
      language: "en",
      summary: TEXT.slice(19),
      sentences: [{ text: TEXT.slice(19), article: 0, start: 0, end: TEXT.length, ranges: [[19, TEXT.length]] }],
      sides: [],
      conflicts: [],
    },
  ]);
});

test("a line that cannot be read is answered by its number, and the rest go on", async () => {
  const good = JSON.stringify({ id: 2, articles: [] });
  const { unread, answers: all } = await answers(["{", good]);
  expect(unread).toBe(1);
  expect(all.map(({ id, line }) => id ?? line)).toEqual([1, 2]);
});
