import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withExamples } from "#support/api-doc.ts";
import { sqliteDatabases } from "#support/databases.ts";
import { newsLibrary } from "#support/library.ts";

const databases = sqliteDatabases();

test("docs/api.md shows what the interface answers", async () => {
  const library = await newsLibrary((await databases.open()).db);
  const doc = await withExamples(readFileSync("docs/api.md", "utf8"), library);
  await expect(doc).toMatchFileSnapshot("../../docs/api.md");
});
