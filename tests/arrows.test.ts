import { spawnSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** One forbidden import for each folder: a linter that is not looking passes silently. */
const PLANTED = [
  ["src/model/planted.ts", "zod"],
  ["src/model/planted-text.ts", "#text/sentences.ts"],
  ["src/text/planted.ts", "#pipeline/summarize/card.ts"],
  ["src/pipeline/planted.ts", "#store/outbox/owed.ts"],
  ["src/pipeline/planted-stage.ts", "./match.ts"],
  ["src/pipeline/planted/planted.ts", "#pipeline/summarize/card.ts"],
  ["src/pipeline/planted/planted-up.ts", "../card.ts"],
  ["src/pipeline/planted/planted-parser.ts", "rss-parser"],
  ["src/pipeline/planted/within/planted.ts", "#pipeline/match.ts"],
  ["src/pipeline/planted/within/planted-up.ts", "../../match.ts"],
  ["src/store/planted.ts", "#pipeline/match.ts"],
  ["src/store/planted-discord.ts", "discord.js"],
  ["src/worker/planted.ts", "#discord/post.ts"],
  ["src/worker/planted-cron.ts", "node-cron"],
  ["src/worker/planted-sql.ts", "kysely"],
  ["src/discord/planted.ts", "#worker/deliver.ts"],
  ["src/discord/planted-sql.ts", "node:sqlite"],
  ["src/destinations/planted.ts", "#worker/deliver.ts"],
  ["src/destinations/planted-discord.ts", "#discord/escape.ts"],
  ["src/destinations/planted/planted.ts", "../webhook/sign.ts"],
  ["src/discord/planted-destination.ts", "#destinations/kinds.ts"],
  ["src/worker/planted-destination.ts", "#destinations/kinds.ts"],
  ["src/cli/planted.ts", "#discord/client.ts"],
  ["src/cli/planted-destination.ts", "#destinations/kinds.ts"],
  ["src/cli/planted-sql.ts", "pg"],
  ["src/answers/planted.ts", "#worker/memo.ts"],
  ["src/answers/planted-sql.ts", "kysely"],
  ["src/api/planted.ts", "#store/latest.ts"],
  ["src/api/planted-web.ts", "#web/html.ts"],
  ["src/mcp/planted.ts", "#store/latest.ts"],
  ["src/answers/planted-web.ts", "#web/html.ts"],
  ["src/web/planted.ts", "#discord/escape.ts"],
  ["src/web/planted-sql.ts", "kysely"],
  ["src/web/pages/planted-up.ts", "../html.ts"],
  ["src/discord/planted-web.ts", "#web/html.ts"],
  ["src/cli/planted-web.ts", "#web/html.ts"],
  ["src/settings/planted.ts", "#store/outbox/owed.ts"],
  ["src/pack/planted.ts", "#cli/tag.ts"],
  ["src/cli/planted-app.ts", "#app/run.ts"],
  ["src/app/planted.ts", "rss-parser"],
  ["src/planted.ts", "rss-parser"],
] as const;

/** One reader of a clock or of the environment for each folder. */
const READING = [
  ["src/model/reading.ts", "Date.now()"],
  ["src/text/reading.ts", "performance.now()"],
  ["src/pipeline/reading/reading.ts", "new Date()"],
  ["src/store/reading.ts", "process.hrtime()"],
  ["src/worker/reading.ts", "process.uptime()"],
  ["src/discord/reading.ts", "Date.now"],
  ["src/destinations/reading.ts", "new Date()"],
  ["src/answers/reading.ts", "new Date()"],
  ["src/web/reading.ts", "Date.now()"],
  ["src/cli/reading.ts", "[1].map(() => new Date())"],
  ["src/cli/reading-settings.ts", "process.env.POLICYWIRE_PACK"],
  ["src/app/reading-settings.ts", "{ ...process.env }"],
] as const;

/** Two files whose types need each other. */
const ROUND = ["here", "there"];

const project = mkdtempSync(join(tmpdir(), "policywire-arrows-"));

beforeAll(() => {
  mkdirSync(join(project, ".ci"));
  for (const file of ["biome.json", ".gitignore", ".ci/house-rules.grit"]) copyFileSync(file, join(project, file));
  for (const [file, imported] of PLANTED) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), `import * as planted from "${imported}";\n\nexport { planted };\n`);
  }
  for (const [file, read] of READING) {
    mkdirSync(join(project, dirname(file)), { recursive: true });
    writeFileSync(join(project, file), `export const read = ${read};\n`);
  }
  for (const [one, other] of [ROUND, ROUND.toReversed()])
    writeFileSync(
      join(project, `src/app/${one}.ts`),
      `import type { there as T } from "./${other}.ts";\n\nexport type there = T | null;\n`,
    );
});

afterAll(() => rmSync(project, { recursive: true }));

/** The planted files that the linter refuses by a rule. */
function refusedBy(rule: string): ReadonlySet<string> {
  const { stdout } = spawnSync(
    resolve("node_modules/.bin/biome"),
    ["lint", "--reporter=json", "--max-diagnostics=none"],
    {
      cwd: project,
      encoding: "utf8",
    },
  );
  return new Set(
    (
      JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] }
    ).diagnostics
      .filter(({ category }) => category === rule)
      .map(({ location }) => (typeof location.path === "string" ? location.path : location.path.file)),
  );
}

test("the linter refuses a forbidden import in every folder", () => {
  const refused = refusedBy("lint/style/noRestrictedImports");
  expect(PLANTED.map(([file]) => file).filter((file) => !refused.has(file))).toEqual([]);
});

test("the linter refuses a cycle of imports, though it is of types alone", () => {
  expect([...refusedBy("lint/suspicious/noImportCycles")].sort()).toEqual(ROUND.map((file) => `src/app/${file}.ts`));
});

/** The room of a file: its folder; main.ts stands above them. */
function roomOf(file: string): string {
  const [, first = "", second] = file.split("/");
  return second === undefined ? "main" : first;
}

/** `a -> {b, c} -> d`, as all pairs of a room and one that it may import, over others too. */
function arrowsIn(text: string): ReadonlySet<string> {
  const next = new Map<string, Set<string>>();
  for (const [chain] of text.matchAll(/(?<=`)[^`]* -> [^`]*(?=`)/g)) {
    const steps = chain.split(" -> ").map((step) => step.match(/\w+/g) ?? []);
    for (const [at, rooms] of steps.entries())
      for (const room of rooms) next.set(room, (next.get(room) ?? new Set()).union(new Set(steps[at + 1] ?? [])));
  }
  const reached = (room: string, seen: Set<string>): Set<string> => {
    for (const each of next.get(room) ?? []) if (!seen.has(each)) reached(each, seen.add(each));
    return seen;
  };
  return new Set([...next.keys()].flatMap((from) => [...reached(from, new Set())].map((to) => `${from} -> ${to}`)));
}

test("every import follows the arrows of ARCHITECTURE.md, and each arrow has one", () => {
  const [line = ""] = /^\*\*Arrows\.\*\*(?:.+\n)+/m.exec(readFileSync("ARCHITECTURE.md", "utf8")) ?? [];
  const allowed = arrowsIn(line);
  const strays = new Set<string>();
  const taken = new Set<string>();
  for (const file of globSync("src/**/*.ts")) {
    const from = roomOf(file);
    for (const [, imported = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"([#.][^"]+)"/g)) {
      const path = imported.startsWith(".") ? join(dirname(file), imported) : imported.replace("#", "src/");
      const arrow = `${from} -> ${roomOf(path)}`;
      if (from === roomOf(path) || !path.startsWith("src/")) continue;
      taken.add(arrow);
      if (!allowed.has(arrow)) strays.add(`${file} imports ${imported}`);
    }
  }
  expect([...strays]).toEqual([]);
  const direct = [...line.matchAll(/(\w+) -> (\w+)/g)].map(([arrow]) => arrow);
  expect(direct.filter((arrow) => !taken.has(arrow))).toEqual([]);
});

test("the linter refuses clocks below main, and the environment anywhere but in its one reader", () => {
  const refused = refusedBy("plugin");
  expect(READING.map(([file]) => file).filter((file) => !refused.has(file))).toEqual([]);
  expect(refused.size).toBe(READING.length);
});
