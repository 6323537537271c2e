import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Round } from "#model/round.ts";
import { openDatabase } from "#store/database.ts";
import { claimDueFeeds, registerFeeds } from "#store/feeds.ts";
import { NOON } from "#support/stored.ts";
import { dueAgenda, wasFull } from "#worker/agenda.ts";

const MANY = 2_100;
const nothing: Round = {
  read: 0,
  unchanged: 0,
  failures: [],
  offline: false,
  articlesNew: 0,
  storiesOpened: 0,
  storiesUpdated: 0,
};

describe("a round", () => {
  test("leaves what is too much for it to the next, which need not wait", async () => {
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
    const agenda = await dueAgenda({ db, clock: () => NOON });
    let taken = 0;
    for (let some = await agenda.take(); some.length > 0; some = await agenda.take()) taken += some.length;
    expect(taken).toBe(agenda.total);
    expect(wasFull({ ...nothing, unchanged: taken })).toBe(true);
    expect(await claimDueFeeds(db, NOON, MANY)).toHaveLength(MANY - taken);
  });

  test("is not full when it polled all that was due, or was broken off", () => {
    expect(wasFull({ ...nothing, read: 12, unchanged: 1_500 })).toBe(false);
  });
});
