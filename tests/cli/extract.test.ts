import { Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { extractLines } from "#cli/extract.ts";
import { DECISION, decision, encrypted } from "#support/pdf/documents.ts";

async function answers(lines: readonly object[]) {
  let written = "";
  const output = new Writable({
    write(part, _, done) {
      written += part;
      done();
    },
  });
  const input = Readable.from([lines.map((line) => JSON.stringify(line)).join("\n")]);
  const unread = await extractLines({ input, output });
  const all = written
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { unread, answers: all };
}

const PARAGRAPH = "The Office of Model Safety fines Pellworm Systems for refusing an audit of its model. ".repeat(6);

test("pages and PDFs are answered in their order, a PDF with where its pages begin", async () => {
  const html = `<html><body><article><p>${PARAGRAPH}</p></article></body></html>`;
  const { unread, answers: all } = await answers([
    { id: "page", url: "https://office.example/14", html },
    { id: "pdf", pdf: decision().toString("base64") },
    { id: "locked", pdf: encrypted().toString("base64") },
    { id: "nothing" },
  ]);
  const text = DECISION.flat().join("\n\n");
  expect(all.slice(0, 3)).toEqual([
    { id: "page", title: null, text: PARAGRAPH.trim(), publishedAt: null },
    {
      id: "pdf",
      title: null,
      text,
      publishedAt: null,
      pageStarts: DECISION.map(([first]) => text.indexOf(first!)),
    },
    { id: "locked", failed: "error" },
  ]);
  expect([unread, all[3].line]).toEqual([1, 4]);
});
