import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Database, openDatabase, transact } from "#store/engine/database.ts";
import { latestStories } from "#store/latest.ts";
import { searchStories } from "#store/search.ts";
import { storedStory } from "#support/stored.ts";
import { countTurns } from "#support/turns.ts";

const dataDir = mkdtempSync(join(tmpdir(), "policywire-reader-"));
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

/** Some tenths of a second of counting. */
const SLOW = sql`
  select count(*) from (with recursive n(value) as (select 1 union all select value + 1 from n where value < 400000) select value from n)`;

test("a look-up waits for no transaction, and sees what is committed", async () => {
  const { db, lookUps } = database;
  await storedStory(db);
  await transact(db, async (tx) => {
    await storedStory(tx, { keys: ["second"] });
    expect(await latestStories(tx, { limit: 9 })).toHaveLength(2);
    expect(await latestStories(lookUps, { limit: 9 })).toHaveLength(1);
    expect(await searchStories(lookUps, "audits", { limit: 9, order: "ranked" })).toHaveLength(1);
  });
  expect(await latestStories(lookUps, { limit: 9 })).toHaveLength(2);
});

test("a long look-up holds nothing up", async () => {
  const wrong = sql`select count(*) from nowhere`;
  const turns = countTurns();
  await SLOW.execute(database.lookUps);
  expect(turns()).toBeGreaterThan(3);
  await expect(wrong.execute(database.lookUps)).rejects.toThrow("no such table");
});

test("the thread ends when nobody has asked for a minute, and another answers the next one", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const ends = vi.spyOn(Worker.prototype, "terminate");
  onTestFinished(() => ends.mockRestore());
  await sql`select 1`.execute(database.lookUps);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(ends).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ends).toHaveBeenCalledTimes(1);
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.lookUps);
  expect(rows).toEqual([{ one: 1 }]);
});

test("a look-up that is cut off by the end of the store is told so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "policywire-reader-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const opening = await openDatabase({ url: null, dataDir: folder });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { lookUps, close } = opening.database;
  await sql`select 1`.execute(lookUps);
  const cutOff = expect(SLOW.execute(lookUps)).rejects.toThrow("The store was closed.");
  await new Promise(setImmediate);
  await Promise.all([cutOff, close()]);
});

test("a long transaction lets others have their turn", async () => {
  const turns = countTurns();
  await transact(database.db, async (tx) => {
    for (let at = 0; at < 150; at++)
      await storedStory(tx, { keys: [`of many ${at}`], text: "Long text. ".repeat(300) });
  });
  expect(turns()).toBeGreaterThan(3);
});

test("writes from several callers go one after another", async () => {
  const before = (await latestStories(database.db, { limit: 500 })).length;
  const failing = transact(database.db, async (tx) => {
    await storedStory(tx, { keys: ["never"] });
    throw new Error("no");
  });
  const others = ["x", "y"].map((key) => transact(database.db, (tx) => storedStory(tx, { keys: [key] })));
  await Promise.all([expect(failing).rejects.toThrow("no"), ...others]);
  expect(await latestStories(database.db, { limit: 500 })).toHaveLength(before + 2);
});
