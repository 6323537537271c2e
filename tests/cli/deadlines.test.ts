import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calendarOf } from "#answers/deadlines.ts";
import { deadlinesText } from "#cli/deadlines.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { deadlinesIn } from "#pipeline/deadlines/deadlines.ts";
import { saveDeadlines } from "#store/deadlines.ts";
import { type Database, openDatabase } from "#store/engine/database.ts";
import { minutes, NOON, storedStory } from "#support/stored.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the shipped pack does not load");
const { pack } = loaded;
const LOOK = { colour: false, width: 100 };
const ALL = { filter: EVERYTHING, within: 365 * DAY_MS, limit: 20 };
const IN_EU = { filter: { ...EVERYTHING, places: ["EU"] } };

const dataDir = mkdtempSync(join(tmpdir(), "policywire-days-"));
let database: Database;

beforeAll(async () => {
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
});

afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

/** A story of one article, with the days that its text sets. */
async function told(title: string, text: string, places: readonly string[] = ["US"]) {
  const story = await storedStory(database.db, { title, text, keys: [title] }, { title, places });
  const article = { id: story.leadArticleId, text };
  const days = deadlinesIn({ text, publishedAt: minutes(-30), firstSeenAt: NOON });
  await saveDeadlines(database.db, { ...article, deadlines: days });
  return story;
}

const ask = (asked: Partial<typeof ALL> = {}, look: typeof LOOK | null = LOOK) =>
  deadlinesText({ ...ALL, ...asked }, { db: database.db, pack }, NOON, look);

test("says how fresh it is when there is nothing", async () => {
  expect(await ask()).toBe("No days to come until 2 Mar 2027. No feed has been read yet: `npm start` reads them.\n");
});

test("shows each day with its sentence, its source and its story, the nearest first", async () => {
  const audits = await told(
    "Audit rules",
    "The rules were published on March 1, 2026. They take effect 90 days after publication.",
  );
  const hearing = await told("Fine weighed", "The hearing was moved from March 9 to March 23.", ["EU"]);
  expect(await ask()).toBe(
    [
      "23 Mar 2026  Hearing · moved from 9 Mar 2026",
      "  “The hearing was moved from March 9 to March 23.”",
      "  gazette, 2 Mar 2026  https://gazette.example/a",
      `  Story ${hearing.id}: Fine weighed`,
      "",
      "30 May 2026  In force",
      "  “The rules were published on March 1, 2026. … They take effect 90 days after publication.”",
      "  gazette, 2 Mar 2026  https://gazette.example/a",
      `  Story ${audits.id}: Audit rules`,
      "",
      "",
    ].join("\n"),
  );
  expect(await ask(IN_EU)).not.toContain("In force");
  expect(await ask({ within: 30 * DAY_MS })).not.toContain("In force");
  expect(await ask({ limit: 1 })).not.toContain("In force");
});

test("writes JSON lines, with all that name the day", async () => {
  const lines = (await ask(IN_EU, null)).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      occasion: "hearing",
      day: "2026-03-23",
      state: "stands",
      moves: 0,
      sources: [{ change: "moved", from: "2026-03-09", quote: "The hearing was moved from March 9 to March 23." }],
    },
  ]);
});

test("says of what is uncertain that it is", async () => {
  await told("Called off", "The hearing scheduled for April 9, 2026, has been cancelled.", ["UK"]);
  await told("Proposed", "The law would take effect on April 10, 2026.", ["UK"]);
  const said = await ask({ filter: { ...EVERYTHING, places: ["UK"] } });
  expect(said).toContain("9 Apr 2026  Hearing · cancelled\n");
  expect(said).toContain("10 Apr 2026  In force · would be\n");
});

test("writes a calendar file of what is asked for", async () => {
  const wanted = { filters: [IN_EU.filter], within: ALL.within };
  const { file } = await calendarOf(wanted, { db: database.db, pack }, NOON);
  expect(file.match(/^(?:UID|SEQUENCE|DTSTART|SUMMARY).*$/gm)?.map((line) => line.trim())).toEqual([
    expect.stringMatching(/^UID:\d+-hearing-2026-03-23@policywire$/),
    "SEQUENCE:0",
    "DTSTART;VALUE=DATE:20260323",
    "SUMMARY:Hearing · moved from 9 Mar 2026: Fine weighed",
  ]);
});

test("asks for all that a filter does, which words and laws are part of", async () => {
  await told("Fines for late notices", "A hearing on fines is set for May 4, 2026.", ["FR"]);
  await told("Fees for late notices", "A hearing on fees is set for May 5, 2026.", ["FR"]);
  const filter = { ...EVERYTHING, places: ["FR"], words: ["fines"] };
  expect(await ask({ filter })).toContain("4 May 2026");
  expect(await ask({ filter })).not.toContain("5 May 2026");
  expect(await ask({ filter: { ...filter, laws: ["sb-9"] } })).toContain("No days to come");
});
