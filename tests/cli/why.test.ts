import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { whyText } from "#cli/why.ts";
import { loadPack } from "#pack/pack.ts";
import { saveArticle } from "#store/articles.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { assignArticle } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { anArticle, aTagging, storedStory } from "#support/stored.ts";

const loaded = loadPack("feeds/demo");
if (!loaded.ok) throw new Error("the demo's pack does not load");
const { pack } = loaded;
const LOOK = { colour: false, width: 100 };

let dataDir: string;
let database: Database;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "policywire-why-"));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
});
afterEach(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

test("shows the phrase, its sentence and the rule for each tag of the leading article", async () => {
  const { db } = database;
  const story = await storedStory(db);
  await saveTagging(db, story.leadArticleId, aTagging);
  expect(await whyText(story.id, 2, { db, pack }, LOOK)).toBe(
    [
      "Harbour council weighs a fine over missed audits (The Harbour Gazette)",
      "  read as: Harbour council (a legislature) considers, about audit scope",
      '  point Audit scope: "audits"',
      '    in the title: "Harbour council weighs a fine over missed audits"',
      "    rule: audits (stated)",
      "",
      "",
    ].join("\n"),
  );
});

test("counts the articles that it leaves out", async () => {
  const { db } = database;
  const story = await storedStory(db);
  const second = await saveArticle(db, anArticle({ keys: ["second"], feedId: "courier", title: "Council and audits" }));
  await assignArticle(db, second.article.id, story.id);
  expect(await whyText(story.id, 1, { db, pack }, LOOK)).toContain("and 1 more article\n");
  expect(await whyText(story.id, 2, { db, pack }, LOOK)).not.toContain("more article");
});

test("knows when there is no such story", async () => {
  expect(await whyText(7, 1, { db: database.db, pack }, LOOK)).toBeNull();
});
