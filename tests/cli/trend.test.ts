import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#store/engine/database.ts";
import { startProgram } from "#support/program.ts";
import { storedStory } from "#support/stored.ts";

/** A store with a story of today on audits, and `policywire trend` on it. */
async function stored() {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-trend-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const at = new Date();
  const points = ["audit-scope"];
  await storedStory(opening.database.db, { firstSeenAt: at }, { points, openedAt: at, lastArticleAt: at });
  await opening.database.close();
  return {
    dataDir,
    ask: async (...args: string[]) => {
      const { output, errors, ended } = startProgram(["trend", ...args, "--data", dataDir]);
      return { code: await ended, said: output(), complained: errors() };
    },
  };
}

test("tells weeks as text, as JSON lines, and as a picture in a file", async () => {
  const { ask, dataDir } = await stored();
  const { said, code } = await ask("audit-scope", "--since", "2w");
  expect(code).toBe(0);
  expect(said).toMatch(/: developments a week\n\n.* 0 .*nothing was read\n.* 0 .*nothing was read\n.* 1 {2}█{40}\n/);
  expect(said).toContain("1 development and 0 movements in 3 weeks.");
  const { said: json } = await ask("audit-scope", "--since", "2w", "--json", "--place", "US");
  const weeks = json
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(weeks).toHaveLength(3);
  expect(weeks.at(-1)).toMatchObject({ developments: 1, movements: 0, stages: [], read: true });
  const file = join(dataDir, "trend.png");
  expect(await ask("audit-scope", "--png", file)).toMatchObject({ code: 0, said: "" });
  expect(readFileSync(file).subarray(1, 4).toString()).toBe("PNG");
});

test("names the points that there are", async () => {
  const { ask } = await stored();
  const { code, complained } = await ask("weather");
  expect(code).not.toBe(0);
  expect(complained).toContain('The pack has no friction point "weather". It has: ');
});
