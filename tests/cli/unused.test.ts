import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unusedText } from "#cli/unused.ts";
import { loadPack } from "#pack/pack.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { openDatabase } from "#store/engine/database.ts";
import { writePack } from "#support/packs.ts";
import { days, NOON, storedStory } from "#support/stored.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-unused-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function taught() {
  const loaded = loadPack(writePack(join(folder, "pack"), [{ id: "courier", url: "http://127.0.0.1/feed" }]));
  if (!loaded.ok) throw new Error("the pack has faults");
  return { rules: compileRules(loaded.pack), lineOf: loaded.lineOf };
}

const where = () => ({ url: null, dataDir: join(folder, "data") });

test("a phrase that changes nothing is named with its line, one that decides is not", async () => {
  const items = join(folder, "items.jsonl");
  writeFileSync(
    items,
    [
      { id: 1, title: "Senate weighs AI audits", text: "" },
      { id: 2, title: "Court sets a fine of a million, a penalty for AI", text: "" },
    ]
      .map((item) => JSON.stringify(item))
      .join("\n"),
  );
  const { ok, text } = await unusedText(items, where(), taught(), NOON);
  expect(ok).toBe(true);
  const unused = text.split("\n").slice(1);
  expect(text).toMatch(/^Of 2 articles \d+ phrases decide nothing/);
  expect(unused).toContainEqual(expect.stringMatching(/points\.yaml:\d+: incident NEAR\/6 report$/));
  // Either is enough for the point.
  for (const source of ["penalty", "fine of"])
    expect(unused).toContainEqual(expect.stringMatching(new RegExp(`: ${source}$`)));
  for (const source of ["audit\\*", "ai", "weighs"])
    expect(unused).not.toContainEqual(expect.stringMatching(new RegExp(`: ${source}$`)));
});

test("without a file the articles of the store are looked at", async () => {
  const opening = await openDatabase(where());
  if (opening.kind === "refused") throw new Error(opening.reason);
  await storedStory(opening.database.db, { title: "Senate weighs AI audits", text: "" });
  await opening.database.close();
  expect((await unusedText(null, where(), taught(), days(1))).text).toMatch(/^Of 1 articles /);
  expect((await unusedText(null, where(), taught(), days(60))).text).toMatch(/^Of 0 articles /);
});

test("what is not there is said", async () => {
  expect(await unusedText(null, where(), taught(), NOON)).toMatchObject({ ok: false });
  const none = await unusedText(join(folder, "none"), where(), taught(), NOON);
  expect(none).toEqual({ ok: false, text: `${join(folder, "none")}: no such file` });
});
