import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { latestText } from "#cli/latest.ts";
import { quotesText } from "#cli/quotes.ts";
import { searchText } from "#cli/search.ts";
import { whyText } from "#cli/why.ts";
import { loadPack } from "#pack/pack.ts";
import { type Database, openDatabase, openToRead } from "#store/engine/database.ts";
import { feedStates, registerFeeds, saveFeedState } from "#store/feeds.ts";
import { saveStory } from "#store/stories.ts";
import { saveTagging } from "#store/taggings.ts";
import { storeSaid } from "#support/said.ts";
import { aTagging, days, minutes, NOON, storedStory } from "#support/stored.ts";

const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the shipped pack does not load");
const { pack } = loaded;
const LOOK = { colour: false, width: 100 };
const ALL = { point: [], place: [], limit: 5 };

const dataDir = mkdtempSync(join(tmpdir(), "policywire-look-up-"));
let folder = 0;
let database: Database;
let place: { url: null; dataDir: string };

beforeEach(async () => {
  place = { url: null, dataDir: join(dataDir, String(folder++)) };
  const opening = await openDatabase(place);
  if (opening.kind === "refused") throw new Error(opening.reason);
  database = opening.database;
});
afterEach(() => database.close());
afterAll(() => rmSync(dataDir, { recursive: true }));

describe("latest", () => {
  test("shows the newest stories as the bot would post them", async () => {
    await storedStory(database.db, { keys: ["old"], title: "Ferry strike ends" }, { lastArticleAt: days(-3) });
    await storedStory(database.db, {}, { lastArticleAt: NOON, points: [] });
    const text = await latestText(ALL, { db: database.db, pack }, NOON, LOOK);
    expect(text).toMatch(
      /^Harbour council weighs a fine over missed audits\n.*The council met on Monday\. \[1\].*Ferry strike ends/s,
    );
    expect(await latestText({ ...ALL, since: 86_400_000 }, { db: database.db, pack }, NOON, LOOK)).not.toContain(
      "Ferry",
    );
  });

  test("shows the tracks of one dispute side by side, each as it stands now", async () => {
    const { db } = database;
    const west = await storedStory(db, { title: "Judge in Oakport blocks the audits" }, { places: ["US-CA"] });
    const south = await storedStory(db, { title: "Judge in Palmdale lets audits stand" }, { places: ["US-TX"] });
    expect(await latestText(ALL, { db, pack }, NOON, LOOK)).not.toContain("Same dispute");
    await saveStory(db, { ...south, sagaId: west.sagaId, stage: "litigation", certainty: "official" });
    const text = await latestText(ALL, { db, pack }, NOON, LOOK);
    expect(text).toContain(
      `  Same dispute, story ${south.id}: Judge in Palmdale lets audits stand (In court · Texas)\n`,
    );
    expect(text).toContain(`  Same dispute, story ${west.id}: Judge in Oakport blocks the audits (`);
    expect(await whyText(west.id, 1, { db, pack }, LOOK)).toContain(`Same dispute, story ${south.id}: Judge in Palm`);
  });

  test("gives JSON lines, each sentence with its address", async () => {
    const story = await storedStory(database.db);
    const [line = "", ...more] = (await latestText(ALL, { db: database.db, pack }, NOON, null)).trimEnd().split("\n");
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      id: story.id,
      points: ["audit-scope"],
      url: "https://gazette.example/a",
      summary: [{ text: "The council met on Monday.", url: "https://gazette.example/a" }],
      sources: [{ feed: "gazette", url: "https://gazette.example/a" }],
    });
  });

  test("says what it looked for when there is nothing, and when the feeds were last read", async () => {
    const library = { db: database.db, pack };
    expect(await latestText(ALL, library, NOON, LOOK)).toBe(
      "No stories. No feed has been read yet: `npm start` reads them.\n",
    );
    await registerFeeds(database.db, ["gazette", "courier"], NOON);
    const [courier, gazette] = await feedStates(database.db);
    await saveFeedState(database.db, { ...gazette!, lastSuccessAt: minutes(-30) });
    await saveFeedState(database.db, {
      ...courier!,
      lastSuccessAt: days(-2),
      failingSince: days(-1),
      failureReason: "It answered 403.",
    });
    const asked = { ...ALL, point: ["audit-scope"], place: ["EU"], since: 7 * 86_400_000 };
    expect(await latestText(asked, library, NOON, LOOK)).toBe(
      "No stories on audit-scope in EU since 23 Feb 2026, 12:00 UTC. Feeds were last read on 2 Mar 2026, 11:30 UTC; 1 of 2 are failing.\n",
    );
    expect(await latestText(asked, library, NOON, null)).toBe("");
  });
});

describe("search", () => {
  test("shows the stories that hold the words", async () => {
    await storedStory(database.db);
    const library = { db: database.db, pack };
    expect(await searchText("audit council", { limit: 5 }, library, LOOK)).toMatch(/^Harbour council/);
    expect(await searchText("audit", { limit: 5, ranked: true }, library, null)).toMatch(/^\{"id":1,/);
    expect(await searchText("zebra\u001b[31m", { limit: 5 }, library, LOOK)).toMatch(
      /^No stories with zebra \[31m\. No feed/,
    );
    expect(await searchText("-audit", { limit: 5 }, library, LOOK)).toBe("That query has no word to look for.\n");
  });
});

describe("the commands", () => {
  const policywire = (...args: string[]) =>
    spawnSync(process.execPath, ["src/main.ts", ...args, "--data", place.dataDir], { encoding: "utf8" });

  test("read the store while another process writes it", async () => {
    await storedStory(database.db);
    const { status, stdout, stderr } = policywire("latest", "--json");
    expect({ status, stderr, line: JSON.parse(stdout) }).toMatchObject({ status: 0, stderr: "", line: { id: 1 } });
  });

  test("name what the pack does not know", () => {
    const { status, stderr } = policywire("latest", "--point", "nonsense");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The pack has no friction point "nonsense"\. It has: .*audit-scope/);
  });
});

test("reading makes no database, and says how to get one", async () => {
  const nowhere = join(dataDir, "nowhere");
  expect(await openToRead({ url: null, dataDir: nowhere })).toEqual({
    kind: "refused",
    reason: `There is no database at ${join(nowhere, "policywire.db")} yet: \`npm start\` makes one and fills it.`,
  });
});

test("reading changes nothing", async () => {
  const opening = await openToRead(place);
  if (opening.kind === "refused") throw new Error(opening.reason);
  await expect(registerFeeds(opening.database.db, ["a"], NOON)).rejects.toThrow("readonly");
  await opening.database.close();
});

describe("quotes", () => {
  const SAID = "“An audit that a firm can refuse is no audit,” said Mara Holt, the commissioner.";
  const asked = { point: [], limit: 5 };

  test("shows who said what, as text, as JSON and as CSV", async () => {
    const { db } = database;
    const story = await storedStory(db, {});
    await saveTagging(db, story.leadArticleId, aTagging);
    await storeSaid(db, { articleId: story.leadArticleId, text: SAID, at: NOON });
    const library = { db, pack };
    expect(await quotesText(asked, library, NOON, "text")).toMatch(
      /^Mara Holt, the commissioner\n {2}“An audit that a firm can refuse is no audit”\n {2}.*https:\/\/gazette\.example/,
    );
    expect(JSON.parse(await quotesText({ ...asked, who: "holt" }, library, NOON, "json"))).toMatchObject({
      speaker: "Mara Holt",
      parts: ["An audit that a firm can refuse is no audit"],
      storyId: story.id,
    });
    expect(await quotesText(asked, library, NOON, "csv")).toMatch(
      /^date,speaker,.*\r\n2026-03-02,Mara Holt,the commissioner,verbatim,An audit that a firm can refuse is no audit,/,
    );
  });

  test("says when nobody was quoted, and how fresh that is", async () => {
    expect(await quotesText(asked, { db: database.db, pack }, NOON, "text")).toMatch(/^Nobody was quoted\. No feed/);
  });
});
