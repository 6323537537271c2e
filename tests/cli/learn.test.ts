import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LabelLine } from "#cli/learn/labels.ts";
import { learnCommand } from "#cli/learn.ts";
import { loadPack } from "#pack/pack.ts";
import { saveArticle } from "#store/articles.ts";
import { openDatabase } from "#store/engine/database.ts";
import { liftItems } from "#support/learning/items.ts";
import { writePack } from "#support/packs.ts";
import { anArticle, days, NOON, storedStory } from "#support/stored.ts";
import { amend } from "#worker/amend.ts";
import { lessonChanges } from "#worker/lesson-changes.ts";
import { lessonsIn } from "#worker/lessons.ts";

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policywire-learn-"));
  said = [];
  for (const name of ["log", "error"] as const)
    vi.spyOn(console, name).mockImplementation((line) => void said.push(line));
  vi.spyOn(process.stderr, "write").mockImplementation((line) => said.push(String(line)) > 0);
  vi.stubEnv("POLICYWIRE_DATA", join(folder, "data"));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs `learn` as it is run from the command line, and tells how it ended. */
async function learn(...args: string[]): Promise<number> {
  process.exitCode = undefined;
  const openSchool = async () => ({ lessonsIn, lessonChanges });
  await learnCommand(openSchool, () => NOON).parseAsync([...args, "--pack", folder], { from: "user" });
  return Number(process.exitCode ?? 0);
}

/** Items whose points the pack has. */
const lifts = (count: number) =>
  liftItems(count).map((line) => ({ ...line, points: line.points!.map(() => "penalties") }));

function labels(lines: readonly LabelLine[] = lifts(120)): string {
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
  expect(await learn(labels(lifts(160)), "--adopt")).toBe(0);
  expect(readFileSync(weights, "utf8")).not.toBe(first);
  expect(await learn("--back")).toBe(0);
  expect(readFileSync(weights, "utf8")).toBe(first);
  expect(await learn("--back")).toBe(1);
  expect(said.at(-1)).toContain("nothing to go back to");
});

test("the way back of a pack that had no weights of its own is to have none, whatever was adopted long before", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  const [weights, before] = ["weights.json", "weights.before.json"].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  writeFileSync(before, "of long ago");
  expect(await learn(labels(), "--adopt")).toBe(0);
  expect(existsSync(weights)).toBe(true);
  expect(await learn("--back")).toBe(0);
  expect(said.at(-1)).toContain("is gone again");
  expect([existsSync(weights), existsSync(before)]).toEqual([false, false]);
  expect(loadPack(folder)).toMatchObject({ ok: true, pack: { weights: { general: true } } });
});

test("what cannot be learned from is named with its line", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  expect(await learn()).toBe(1);
  expect(await learn(join(folder, "none.jsonl"))).toBe(1);
  expect(said.at(-1)).toContain("none.jsonl: no such file");
  const file = labels();
  writeFileSync(file, '{"id":"a","relevant":true}\n{"id":"b","relevant":"perhaps"}\n');
  expect(await learn(file)).toBe(1);
  expect(said.at(-1)).toContain("labels.jsonl:2: relevant:");
  expect(await learn(folder)).toBe(1);
  expect(said.at(-1)).toContain(`${folder}: a folder, not a file. Name the files in it`);
});

test.each([
  [
    { points: ["penalties", "no-such-point"] },
    "points: the pack has no no-such-point. Use an id of points.yaml (audit-scope,",
  ],
  [{ maybe: ["no-such-point"] }, "maybe: the pack has no no-such-point."],
  [{ judged: ["no-such-point"] }, "judged: the pack has no no-such-point."],
  [
    { stage: "typo" },
    "stage: the pack has no typo. Use an id of facets.yaml (threatened, enforcement), or leave it out.",
  ],
  [{ certainty: "typo" }, "certainty: the pack has no typo. Use an id of facets.yaml (anonymous, official)"],
])("an id that the pack does not know is no label of it: %j", async (strange, why) => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  const [first, second, ...others] = lifts(120);
  expect(await learn(labels([first!, { ...second!, ...strange }, ...others]))).toBe(1);
  expect(said.at(-1)).toContain(`labels.jsonl:2: ${why}`);
});

test("fewer items than teach anything are refused, also none at all", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  for (const count of [0, 49]) {
    expect(await learn(labels(lifts(count)), "--adopt")).toBe(1);
    expect(said.at(-1)).toContain(`${count} labelled items, where it takes 50`);
  }
  expect(existsSync(join(folder, "weights.json"))).toBe(false);
  expect(await learn(labels(lifts(50)))).toBe(0);
});

test("where no item has a date nothing was held out, and no figure is given", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  expect(await learn(labels(lifts(60).map((line) => ({ ...line, publishedAt: null }))))).toBe(0);
  expect(said.join("\n")).toContain(
    "Fitted to 60 items. None of them has a date (publishedAt), so nothing was held out",
  );
  expect(said.join("\n")).not.toContain("precision");
});

/** A store in which people said of all stories about elevators that they are no policy news. */
async function storeSetRight(count: number): Promise<void> {
  const opening = await openDatabase({ url: null, dataDir: join(folder, "data") });
  const loaded = loadPack(folder);
  if (opening.kind === "refused" || !loaded.ok) throw new Error("cannot be opened");
  const { db, close } = opening.database;
  const clock = () => NOON;
  for (let i = 0; i < count; i += 1) {
    const title = `A watchdog ${["proposes", "delays", "announces"][i % 3]} new rules for elevators in town ${i}`;
    const { id } = await storedStory(db, { title, keys: [`guid:${i}`], publishedAt: days(-i), text: "" });
    const by = { guildId: null, createdBy: "1", revision: 1 };
    await amend({ db, pack: loaded.pack, clock }, { storyId: id, axis: "relevance", ids: ["no"], ...by });
  }
  for (const [i, title] of [
    "The ministry requires new rules for elevators",
    "The ministry requires yearly inspections of lifts",
  ].entries())
    await saveArticle(db, anArticle({ title, keys: [`guid:new ${i}`], text: "", firstSeenAt: days(-2) }));
  await close();
}

test("what people set right moves the weights, with what would be posted no more by its title, and is learned once", async () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  expect(await learn(labels(), "--adopt")).toBe(0);
  expect(await learn()).toBe(1);
  await storeSetRight(12);
  expect(await learn()).toBe(0);
  const text = said.join("\n");
  expect(text).toMatch(
    /Moved by 12 stories that were set right\. Of 12 things decided about them the weights in use say 0; .* say 12\./,
  );
  expect(text).toMatch(/Of 14 articles of the last 30 days: 0 posts gained, 13 lost\./);
  expect(text).toContain("  − The ministry requires new rules for elevators");
  expect(text).not.toContain("inspections of lifts");
  expect(text).toContain("Nothing is changed.");
  expect(await learn("--adopt")).toBe(0);
  const loaded = loadPack(folder);
  expect(loaded.ok && loaded.pack.weights?.taughtUntil).toEqual(NOON);
  expect(await learn()).toBe(1);
  expect(said.at(-1)).toContain("nothing was set right in the store since");
  expect(await learn("--back")).toBe(0);
  expect(await learn()).toBe(0);
});

test("a weights file that is damaged is a problem of the pack, with the remedy", () => {
  writePack(folder, [{ id: "courier", url: "http://127.0.0.1/feed" }]);
  writeFileSync(join(folder, "weights.json"), "{");
  expect(loadPack(folder)).toMatchObject({
    ok: false,
    problems: [{ message: "is no JSON", remedy: expect.stringContaining("policywire learn") }],
  });
});
