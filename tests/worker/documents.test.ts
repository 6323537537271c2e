import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFetcher, type Fetcher } from "#pipeline/fetch/fetch.ts";
import { type FeedServer, startFeedServer } from "#support/feed-server.ts";
import * as documents from "#support/pdf/documents.ts";
import { article, NOW } from "#support/samples.ts";
import { createPageReader } from "#worker/pages.ts";

let server: FeedServer;
let fetcher: Fetcher;
let told: string[];

beforeEach(async () => {
  told = [];
  server = await startFeedServer();
  const pace = { concurrency: 9, intervalMs: 0 };
  fetcher = createFetcher({ userAgent: "Policywire/test", allowNetworks: ["127.0.0.0/8"], clock: () => NOW, pace });
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

/** What the Office's feed says of its decision. */
const entry = (path: string) =>
  article({
    url: `${server.origin}${path}`,
    title: "Decision 14/2026 on Pellworm Systems",
    text: "The Office of Model Safety fines Pellworm Systems for refusing an independent audit of its AI model.",
  });

const read = (path: string) =>
  createPageReader(
    fetcher,
    () => NOW,
    (sentence) => told.push(sentence),
  )(entry(path));

const TEXT = documents.DECISION.flat().join("\n\n");

test.each(["application/pdf", "application/octet-stream", "text/html", "binary/x-none"])(
  "an article that is a PDF gets its text and pages, also where its server calls it %s",
  async (type) => {
    server.answer("/14.pdf", { body: documents.decision(), headers: { "content-type": type } });
    const full = await read("/14.pdf");
    expect([full.text, full.textFrom]).toEqual([TEXT, "page"]);
    const { text: said } = entry("/14.pdf");
    expect(full.document).toEqual({ url: `${server.origin}/14.pdf`, pageStarts: [0, ...pageStarts()], said });
  },
);

/** Where the second and the third page begin. */
function pageStarts(): number[] {
  return documents.DECISION.slice(1).map(([first]) => TEXT.indexOf(first!));
}

test("of one that its list names by number alone the document is read all the same", async () => {
  server.answer("/14.pdf", { body: documents.decision(), headers: { "content-type": "application/pdf" } });
  const bare = { ...entry("/14.pdf"), title: "Decision 14/2026", text: "" };
  const full = await createPageReader(
    fetcher,
    () => NOW,
    () => {},
  )(bare);
  expect([full.text, full.document?.said]).toEqual([TEXT, ""]);
});

test("a page that sends us to its PDF is that PDF, and its own address is cited", async () => {
  server.answer("/decisions/14", { status: 302, headers: { location: "/files/14.pdf?signed=once" } });
  server.answer("/files/14.pdf?signed=once", {
    body: documents.decision(),
    headers: { "content-type": "application/pdf" },
  });
  const full = await read("/decisions/14");
  expect(full.document?.url).toBe(`${server.origin}/decisions/14`);
  expect(full.text).toBe(TEXT);
});

test.each([
  ["pictures of pages", documents.scanned],
  ["a form", documents.form],
  ["letters without a meaning", documents.unmapped],
  ["another matter", () => documents.long(3)],
])("a PDF of %s leaves the article with what its feed said", async (_, made) => {
  server.answer("/14.pdf", { body: made(), headers: { "content-type": "application/pdf" } });
  expect(await read("/14.pdf")).toEqual(entry("/14.pdf"));
  expect(told).toEqual([]);
});

test.each([
  ["is locked", documents.encrypted],
  ["is none", () => Buffer.from("%PDF-1.7\n1 0 obj << /Length 9 >> stream\n")],
])("so does one that %s, and operators hear of it", async (_, made) => {
  server.answer("/14.pdf", { body: made(), headers: { "content-type": "application/pdf" } });
  expect(await read("/14.pdf")).toEqual(entry("/14.pdf"));
  expect(told).toEqual([expect.stringContaining("/14.pdf cannot be read")]);
});

test("one larger than what is taken of an article is left alone", async () => {
  const body = Buffer.concat([documents.decision(), Buffer.alloc(17 * 1024 * 1024, "%")]);
  server.answer("/14.pdf", { body, headers: { "content-type": "application/pdf" } });
  expect(await read("/14.pdf")).toEqual(entry("/14.pdf"));
});

describe("a page that is but the cover of its document", () => {
  const cover = (links: string) => ({
    body: `<!doctype html><html><body><nav><a href="/rules.pdf">Rules</a></nav><main><h1>Decision 14/2026</h1><p>The decision is published here: ${links}</p></main></body></html>`,
    headers: { "content-type": "text/html" },
  });
  const pdf = () => ({ body: documents.decision(), headers: { "content-type": "application/pdf" } });

  test("gives way to the one PDF that it links to, which is cited", async () => {
    server.answer(
      "/decisions/14",
      cover('<a href="files/14.PDF#page=2">Decision</a> <a href="files/14.PDF">again</a>'),
    );
    server.answer("/decisions/files/14.PDF", pdf());
    const full = await read("/decisions/14");
    expect([full.text, full.document?.url]).toEqual([TEXT, `${server.origin}/decisions/files/14.PDF`]);
  });

  test("stays what its feed said where it links to several, or to one that may not be read", async () => {
    server.answer("/decisions/14", cover('<a href="/14.pdf">Decision</a>, <a href="/annex.pdf">annex</a>'));
    server.answer("/14.pdf", pdf());
    expect(await read("/decisions/14")).toEqual(entry("/decisions/14"));
    server.answer("/decisions/14", cover('<a href="/14.pdf">Decision</a>'));
    server.answer("/robots.txt", { body: "User-agent: *\nDisallow: /14.pdf\n" });
    expect(await read("/decisions/14")).toEqual(entry("/decisions/14"));
    expect(server.asked.map(({ path }) => path)).not.toContain("/14.pdf");
  });
});
