import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** One forbidden import for each folder: a linter that is not looking passes silently. */
const PLANTED = [
  ["src/model/planted.ts", "zod"],
  ["src/model/planted-text.ts", "#text/sentences.ts"],
  ["src/text/planted.ts", "#pipeline/summarize/card.ts"],
  ["src/pipeline/planted.ts", "#store/outbox.ts"],
  ["src/pipeline/planted-stage.ts", "./match.ts"],
  ["src/pipeline/planted/planted.ts", "#pipeline/summarize/card.ts"],
  ["src/pipeline/planted/planted-up.ts", "../card.ts"],
  ["src/pipeline/planted/planted-parser.ts", "rss-parser"],
  ["src/store/planted.ts", "#pipeline/match.ts"],
  ["src/store/planted-discord.ts", "discord.js"],
  ["src/worker/planted.ts", "#discord/post.ts"],
  ["src/worker/planted-cron.ts", "node-cron"],
  ["src/worker/planted-sql.ts", "kysely"],
  ["src/discord/planted.ts", "#worker/deliver.ts"],
  ["src/discord/planted-sql.ts", "node:sqlite"],
  ["src/cli/planted.ts", "#discord/client.ts"],
  ["src/cli/planted-sql.ts", "pg"],
  ["src/planted.ts", "rss-parser"],
] as const;

const project = mkdtempSync(join(tmpdir(), "policywire-arrows-"));

beforeAll(() => {
  for (const file of ["biome.json", ".gitignore"]) copyFileSync(file, join(project, file));
  for (const [file, imported] of PLANTED) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), `import * as planted from "${imported}";\n\nexport { planted };\n`);
  }
});

afterAll(() => rmSync(project, { recursive: true }));

test("the linter refuses a forbidden import in every folder", () => {
  const { stdout } = spawnSync(
    resolve("node_modules/.bin/biome"),
    ["lint", "--reporter=json", "--max-diagnostics=none"],
    {
      cwd: project,
      encoding: "utf8",
    },
  );
  const refused = new Set(
    (
      JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] }
    ).diagnostics
      .filter(({ category }) => category === "lint/style/noRestrictedImports")
      .map(({ location }) => (typeof location.path === "string" ? location.path : location.path.file)),
  );
  expect(PLANTED.map(([file]) => file).filter((file) => !refused.has(file))).toEqual([]);
});
