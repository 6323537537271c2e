import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lawsMeant } from "#answers/meant.ts";
import { latestText } from "#cli/latest.ts";
import { matterText } from "#cli/matters.ts";
import { loadPack } from "#pack/pack.ts";
import { articlesOf } from "#store/articles.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { mattersByKey, saveSightings } from "#store/matters.ts";
import { NOON, storedStory } from "#support/stored.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the shipped pack does not load");
const { pack } = loaded;
const LOOK = { colour: false, width: 200 };

let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "policywire-matters-"));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
});
afterEach(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

const BILL = {
  key: "US-ID bill SB77",
  kind: "bill",
  written: "SB 77",
  page: null,
  names: ["Honest Robots Reporting Act"],
  step: { stage: "proposed", sentence: "Senators filed SB 77." },
  parts: [{ part: "force" as const, says: "in force", day: null, sentence: "SB 77 is in force." }],
};

async function told() {
  const { db } = database;
  const story = await storedStory(db, { title: "Senators file a bill" });
  await storedStory(db, { title: "Another", keys: ["other"] });
  const [article] = await articlesOf(db, story.id);
  await saveSightings(db, article!.id, [BILL, { ...BILL, key: "ca-sb53", written: "SB 53", names: [], step: null }]);
  return { db, pack };
}

test("a matter is told with its number, its steps and its stories", async () => {
  const library = await told();
  const [matter] = await mattersByKey(library.db, [BILL.key]);
  const text = await matterText(matter!, library, LOOK);
  expect(text).toMatch(/^SB77 \(US-ID\): Honest Robots Reporting Act \(SB 77, 1 article\)\n/);
  expect(text).toContain("Stands: in force\n  in force: “SB 77 is in force.” https://gazette.example/a\n");
  expect(text).toContain("“Senators filed SB 77.” https://gazette.example/a");
  expect(text).toMatch(/Story 1, .*: Senators file a bill\n$/);
  const line = JSON.parse(await matterText(matter!, library, null));
  expect(line).toMatchObject({
    key: BILL.key,
    names: BILL.names,
    steps: [{ stage: "proposed" }],
    stories: [{ story: 1 }],
  });
});

test("laws are meant by id, number or name; what is none or several is said", async () => {
  const library = await told();
  expect(await lawsMeant(["ca-sb53", "Idaho SB 77", "honest robots"], library, NOON)).toEqual({
    keys: ["ca-sb53", BILL.key, BILL.key],
    faults: [],
  });
  const { faults } = await lawsMeant(["honest cars", "sb"], library, NOON);
  expect(faults[0]).toBe('No article is about "honest cars".');
  expect(faults[1]).toContain('"sb" may be several: ');
});

test("latest is narrowed to a law of the pack and to a bill", async () => {
  const library = await told();
  for (const law of ["ca-sb53", BILL.key]) {
    const text = await latestText({ point: [], place: [], law: [law], limit: 5 }, library, NOON, LOOK);
    expect(text).toContain("Senators file a bill");
    expect(text).not.toContain("Another");
  }
  const none = await latestText({ point: [], place: [], law: ["act 2031/1"], limit: 5 }, library, NOON, LOOK);
  expect(none).toContain("No stories about act 2031/1.");
});
