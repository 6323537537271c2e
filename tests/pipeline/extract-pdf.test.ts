import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { pagesOf } from "#model/citation.ts";
import { LONGEST_TEXT, MOST_PAGES } from "#model/limits.ts";
import { readPdfAside } from "#pipeline/extract/page.ts";
import * as documents from "#support/pdf/documents.ts";
import { lines, pdf } from "#support/pdf/writer.ts";
import { sentences } from "#text/sentences.ts";

async function read(body: Uint8Array) {
  const read = await readPdfAside(body);
  if (read.kind === "failed") throw new Error(read.why);
  return read.value;
}

const paragraphs = async (body: Uint8Array) => (await read(body)).text.split("\n\n");

const { DECISION } = documents;

test("a PDF is its paragraphs, without what stands on all of its pages", async () => {
  const { text, pageStarts } = await read(documents.decision());
  expect(text.split("\n\n")).toEqual(DECISION.flat());
  expect(pageStarts!.map((start) => text.slice(start).split("\n\n")[0])).toEqual(DECISION.map(([first]) => first));
});

test("each sentence stands on the page that is cited for it", async () => {
  const said = Array.from({ length: 60 }, (_, at) => `Point ${at} was put to the company on day ${at} of the hearing.`);
  // Paragraphs of three sentences that go on overleaf wherever a page ends.
  const whole = Array.from({ length: 20 }, (_, at) => said.slice(3 * at, 3 * at + 3).join(" "));
  const placed = lines(whole, { width: 300, indent: 20 });
  const pages = Array.from({ length: Math.ceil(placed.length / 7) }, (_, at) =>
    placed.slice(7 * at, 7 * at + 7).map((line, down) => ({ ...line, y: 700 - 12 * down })),
  );
  const document = await read(pdf(pages));
  expect(document.text.split("\n\n")).toEqual(whole);
  const shownOn = (from: number, to: number) =>
    pages
      .slice(from - 1, to)
      .flat()
      .map(({ text }) => text)
      .join(" ");
  const paged = { url: "https://office.example/a.pdf", pageStarts: document.pageStarts! };
  const cited = sentences(document.text).map((span) => ({
    sentence: document.text.slice(span.start, span.end),
    ...pagesOf(paged, span)!,
  }));
  expect(cited.map(({ sentence }) => sentence)).toEqual(said);
  for (const { sentence, from, to } of cited) {
    expect(shownOn(from, to)).toContain(sentence);
    // And not on fewer.
    if (from < to) expect([shownOn(from, to - 1), shownOn(from + 1, to)].join("|")).not.toContain(sentence);
  }
  expect(new Set(cited.map(({ from }) => from)).size).toBe(pages.length);
  expect(cited.some(({ from, to }) => from < to)).toBe(true);
});

describe("columns", () => {
  const LEFT = [
    "The Board fines the developer for a refusal of the audit that the Act demands of it.",
    "It may appeal.",
  ];
  const RIGHT = ["The auditor is sworn to secrecy by the court, and reports to the Board alone.", "Costs are shared."];

  test("are read one after the other", async () => {
    expect(await paragraphs(documents.twoColumns(LEFT, RIGHT))).toEqual([...LEFT, ...RIGHT]);
  });

  test("are not mixed where they are drawn line by line", async () => {
    const found = await paragraphs(documents.acrossColumns(LEFT, RIGHT));
    expect(found.toSorted()).toEqual([...LEFT, ...RIGHT].toSorted());
  });

  test("share a sentence that goes on at the head of the next", async () => {
    const [left, right] = [
      "The Board fines the developer for a refusal of the",
      "audit that the Act demands of it. It may appeal.",
    ];
    const after = Array.from({ length: 4 }, (_, at) => `Costs of part ${at} are shared by those whom it concerns.`);
    const body = pdf([
      [
        ...lines([...after, left], { width: 210 }),
        ...lines([right, ...after.map((each) => `Also: ${each}`)], { x: 320, width: 210 }),
      ],
    ]);
    expect(await paragraphs(body)).toContain(`${left} ${right}`);
  });

  test("a justified line with wide gaps is one", async () => {
    const row = [72, 190, 300].map((x, at) => ({ x, y: 688, text: ["notwithstanding", "the", "views"][at]! }));
    const body = pdf([
      [
        { x: 72, y: 700, text: "The Board fines the developer at once, and does so" },
        ...row,
        { x: 72, y: 676, text: "of the court that was asked." },
      ],
    ]);
    expect(await paragraphs(body)).toEqual([
      "The Board fines the developer at once, and does so notwithstanding the views of the court that was asked.",
    ]);
  });
});

test("a word that a line parts is one again, and a compound keeps its hyphen", async () => {
  const text = [
    "Providers of high-risk systems and third parties are heard. The notifi-",
    "cation of incidents by high-",
    "risk systems is due in a month, as Saint-",
    "Denis has it, whose risk is high.",
  ];
  expect(await paragraphs(pdf([text.map((line, at) => ({ x: 72, y: 700 - 12 * at, text: line }))]))).toEqual([
    "Providers of high-risk systems and third parties are heard. The notification of incidents by high-risk systems is due in a month, as Saint-Denis has it, whose risk is high.",
  ]);
});

test("a note's number goes, a power stays one", async () => {
  const body = pdf([
    [
      { x: 72, y: 700, text: "The audit" },
      { x: 126, y: 704, text: "12", size: 6 },
      { x: 136, y: 700, text: "concerns models above 10" },
      { x: 280, y: 704, text: "26", size: 6 },
      { x: 294, y: 700, text: "operations." },
    ],
  ]);
  expect(await paragraphs(body)).toEqual(["The audit concerns models above 10²⁶ operations."]);
});

test("a sentence goes on overleaf past the notes at the foot of its page", async () => {
  const note = { x: 72, y: 60, text: "1 Official Gazette of 3 March 2026, page 12.", size: 7 };
  const [first, second] = [
    [
      "The Office has found that the company did not admit the auditor",
      "within the term that it was set, and that the reasons which it",
    ],
    ["gave for that do not excuse it. It must pay a fine of 3 million", "crowns."],
  ];
  const placed = (texts: readonly string[]) => texts.map((text, at) => ({ x: 72, y: 700 - 12 * at, text }));
  const { text, pageStarts } = await read(pdf([[...placed(first!), note], placed(second!)]));
  expect(text).toBe(
    "1 Official Gazette of 3 March 2026, page 12.\n\nThe Office has found that the company did not admit the auditor within the term that it was set, and that the reasons which it gave for that do not excuse it. It must pay a fine of 3 million crowns.",
  );
  expect(text.slice(pageStarts![1])).toMatch(/^gave for that/);
});

test("of a long document so many pages are read, and no more text than is kept", async () => {
  const { text, pageStarts } = await read(documents.long(400));
  expect(pageStarts).toHaveLength(MOST_PAGES);
  expect(text).toContain(`Finding ${MOST_PAGES} is`);
  expect(text).not.toContain(`Finding ${MOST_PAGES + 1} is`);
  const full = Array.from({ length: 60 }, () => lines(Array.from({ length: 3 }, () => "The Office asks. ".repeat(90))));
  const cut = await read(pdf(full));
  expect(cut.text.length).toBeLessThanOrEqual(LONGEST_TEXT);
  expect(cut.pageStarts!.at(-1)).toBeLessThan(cut.text.length);
});

test("a form, pictures of pages and letters without a meaning have no text", async () => {
  for (const body of [documents.scanned(), documents.unmapped(), pdf([[]])]) expect((await read(body)).text).toBe("");
  expect((await read(documents.form())).text).toBe("Notification of an incident");
});

test("what is locked, damaged or none at all fails", async () => {
  const none = [
    documents.encrypted(),
    documents.circular(),
    Buffer.from("%PDF-1.7\n"),
    Buffer.from("%PDF-1.7 1 0 obj <<"),
  ];
  for (const body of none) expect(await readPdfAside(body)).toEqual({ kind: "failed", why: "error" });
});

test("of one that was cut short all is read that came", async () => {
  const whole = documents.decision();
  for (const share of [0.4, 0.7, 0.95]) {
    const cut = await readPdfAside(whole.subarray(0, share * whole.length));
    const text = cut.kind === "done" ? cut.value.text : "";
    const known = DECISION.flat().join(" ");
    for (const { start, end } of sentences(text)) expect(known).toContain(text.slice(start, end));
  }
});

test("any byte of it may be another: it is read, or it fails, within its time", async () => {
  const whole = documents.decision();
  for (let at = 20; at < whole.length; at += 97) {
    const body = Uint8Array.from(whole);
    body[at] = (body[at]! + 1 + (at % 250)) % 256;
    const { kind } = await readPdfAside(body);
    expect(["done", "failed"]).toContain(kind);
  }
});

test("nothing that it asks for is run or fetched", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { text } = await read(documents.scripted(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  expect(text.split("\n\n")).toEqual(DECISION.flat());
  expect(asked).toBe(0);
});

test.each([
  ["a stream that unfolds to 320 MB", () => documents.bomb()],
  ["20,000 levels of pages", () => documents.deep(20_000)],
  ["30,000 objects and 600,000 operators", () => documents.crowded(30_000)],
])(
  "%s ends its thread at worst, and the next document is read",
  async (_, made) => {
    const [hostile, next] = await Promise.all([readPdfAside(made()), readPdfAside(documents.decision())]);
    if (hostile.kind === "done") expect(hostile.value.text).toMatch(/^(?:Deep\.)?$/);
    expect(next).toMatchObject({ kind: "done", value: { text: DECISION.flat().join("\n\n") } });
  },
  60_000,
);
