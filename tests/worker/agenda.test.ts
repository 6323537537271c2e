import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#store/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { NOON } from "#support/stored.ts";
import { dueAgenda, takeDue } from "#worker/agenda.ts";

const MANY = 2_100;

describe("a round", () => {
  test("leaves what is too much for it to the next", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "policywire-agenda-"));
    const opening = await openDatabase({ url: null, dataDir });
    if (opening.kind === "refused") throw new Error(opening.reason);
    const { db, close } = opening.database;
    onTestFinished(async () => {
      await close();
      rmSync(dataDir, { recursive: true });
    });
    const ids = Array.from({ length: MANY }, (_, at) => `feed-${at}`);
    await registerFeeds(db, ids, NOON);
    const store = { db, clock: () => NOON };
    const agenda = await dueAgenda(store);
    let taken = 0;
    for (let some = await agenda.take(16); some.length > 0; some = await agenda.take(16)) taken += some.length;
    expect(taken).toBe(agenda.total);
    expect(await takeDue(store)(MANY)).toHaveLength(MANY - taken);
  });
});
