import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { learnCommand } from "#cli/learn.ts";
import { loadPack } from "#pack/pack.ts";
import { liftItems } from "#support/learning/items.ts";
import { writePack } from "#support/packs.ts";

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-learn-"));
  said = [];
  for (const name of ["log", "error"] as const)
    vi.spyOn(console, name).mockImplementation((line) => void said.push(line));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs `learn` as it is run from the command line, and tells how it ended. */
async function learn(...args: string[]): Promise<number> {
  process.exitCode = undefined;
  await learnCommand().parseAsync([...args, "--pack", folder], { from: "user" });
  return Number(process.exitCode ?? 0);
}

function labels(lines = liftItems(120)): string {
  const file = join(folder, "labels.jsonl");
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

test("nothing changes until it is adopted, and there is a way back", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  const weights = join(folder, "weights.json");
  expect(await learn(labels())).toBe(0);
  expect(said.join("\n")).toMatch(/Fitted to 120 items\..*relevance precision \d+, recall \d+/s);
  expect(existsSync(weights)).toBe(false);

  expect(await learn(labels(), "--adopt")).toBe(0);
  const first = readFileSync(weights, "utf8");
  const loaded = loadPack(folder);
  expect(loaded.ok && loaded.pack.weights?.outputs).toContain("relevant");
  expect(await learn(labels(liftItems(160)), "--adopt")).toBe(0);
  expect(readFileSync(weights, "utf8")).not.toBe(first);
  expect(await learn("--back")).toBe(0);
  expect(readFileSync(weights, "utf8")).toBe(first);
  expect(await learn("--back")).toBe(1);
  expect(said.at(-1)).toContain("nothing to go back to");
});

test("what cannot be learned from is named with its line", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  expect(await learn()).toBe(2);
  expect(await learn(join(folder, "none.jsonl"))).toBe(1);
  expect(said.at(-1)).toContain("none.jsonl: no such file");
  const file = labels();
  writeFileSync(file, '{"id":"a","relevant":true}\n{"id":"b","relevant":"perhaps"}\n');
  expect(await learn(file)).toBe(1);
  expect(said.at(-1)).toContain("labels.jsonl:2: relevant:");
});

test("a weights file that is damaged is a problem of the pack, with the remedy", () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  writeFileSync(join(folder, "weights.json"), "{");
  expect(loadPack(folder)).toMatchObject({
    ok: false,
    problems: [{ message: "is no JSON", remedy: expect.stringContaining("policywire learn") }],
  });
});
