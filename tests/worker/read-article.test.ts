import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPack } from "#pack/pack.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { writePack } from "#support/packs.ts";
import { article, hours } from "#support/samples.ts";
import { readArticle, tagIn } from "#worker/read-article.ts";
import type { World } from "#worker/world.ts";

const folder = mkdtempSync(join(tmpdir(), "policywire-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

const loaded = loadPack(writePack(folder, [{ id: "gazette", url: "https://gazette.example/feed" }]));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { pack } = loaded;
const feed = { ...pack.feeds[0]!, fullText: "auto" as const };
const ARRIVAL = { primary: false, addedAt: hours(-9), firstPoll: false };

const entry = article({
  title: "Department weighs AI penalty",
  text: "The department is weighing a civil penalty for an AI developer.",
});
const page = { ...entry, text: `${entry.text} It also wants an audit.`, textFrom: "page" as const };

type Options = { languages?: string[]; arrival?: typeof ARRIVAL; primary?: boolean };

function read(given: Partial<typeof entry>, options: Options = {}) {
  const asked: string[] = [];
  const readPage: World["readPage"] = async ({ url }) => {
    asked.push(url);
    return page;
  };
  const spoken = { ...pack, languages: options.languages ?? [] };
  const world = { pack: spoken, rules: compileRules(spoken), readPage };
  const { arrival = ARRIVAL, primary = false } = options;
  const reading = readArticle({ ...entry, ...given }, { ...feed, primary }, arrival, world as unknown as World);
  return reading.then(({ article: { textFrom }, tagging }) => ({ asked: asked.length, textFrom, tagging }));
}

test("the page of relevant news with only a summary is read, and its tags count", async () => {
  const { asked, textFrom, tagging } = await read({});
  expect({ asked, textFrom }).toEqual({ asked: 1, textFrom: "page" });
  expect(tagging.tags.map(({ id }) => id)).toContain("audit-scope");
});

test("the page of what has its full text, is off the topic or is old is left alone", async () => {
  expect(await read({ textFrom: "content" })).toMatchObject({ asked: 0 });
  expect(await read({ title: "Regatta ends in a draw", text: "Two boats came in level." })).toMatchObject({ asked: 0 });
  expect(await read({ publishedAt: hours(-99) })).toMatchObject({ asked: 0, textFrom: "summary" });
});

test("of a primary source that gives a title alone the page is read, whatever the title", async () => {
  const bare = { title: "Authority fines Orbis", text: "" };
  expect(await read(bare, { primary: true })).toMatchObject({
    asked: 1,
    textFrom: "page",
    tagging: { relevant: true },
  });
  expect(await read({ ...bare, text: "12 May, PDF, 340 KB" }, { primary: true })).toMatchObject({ asked: 1 });
  expect(await read(bare)).toMatchObject({ asked: 0 });
  expect(
    await read({ ...bare, text: "Two boats came in level at the end of the regatta." }, { primary: true }),
  ).toMatchObject({ asked: 0 });
});

test("what is in a language that the pack does not accept keeps its tags and is not for readers", async () => {
  const refused = await read({ language: "fr", textFrom: "content" }, { languages: ["en", "de"] });
  expect(refused.tagging).toMatchObject({ relevant: false, support: 0 });
  expect(refused.tagging.tags).not.toEqual([]);
  for (const language of ["en", null]) {
    expect((await read({ language, textFrom: "content" }, { languages: ["en"] })).tagging.relevant).toBe(true);
  }
});

test("of a document the points that its feed names are strong, and what else it touches on is weak", () => {
  const rules = compileRules(pack);
  const strengthsOf = (given: Partial<typeof entry>) =>
    tagIn({ ...page, ...given }, feed, { rules }).tags.flatMap(({ axis, id, strength }) =>
      axis === "point" ? [`${id} ${strength}`] : [],
    );
  const text = "The department has set a civil penalty for an AI developer. It also wants an audit.";
  const document = { url: "https://gazette.example/1.pdf", pageStarts: [0] };
  expect(strengthsOf({ text })).toEqual(["audit-scope strong", "penalties strong"]);
  expect(strengthsOf({ text, document: { ...document, said: entry.text } })).toEqual([
    "audit-scope weak",
    "penalties strong",
  ]);
  // Where its feed names none, the document speaks for itself.
  const title = "Decision 14/2026";
  expect(strengthsOf({ title, text, document: { ...document, said: "The department has decided." } })).toEqual([
    "audit-scope strong",
    "penalties strong",
  ]);
});

test("a document is no less sure to be news than what its feed said of it", () => {
  const rules = compileRules(pack);
  const text = "I. Facts. The developer answered the letter. II. Reasons. It was heard.";
  const document = { url: "https://gazette.example/1.pdf", pageStarts: [0], said: entry.text };
  const title = "Decision 14/2026";
  expect(tagIn({ ...page, title, text }, feed, { rules }).relevant).toBe(false);
  expect(tagIn({ ...page, title, text, document }, feed, { rules }).relevant).toBe(true);
});
