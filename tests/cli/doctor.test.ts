import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Db, openDatabase, transact } from "#store/engine/database.ts";
import { claimDueFeeds, saveFeedState } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { takeRun } from "#store/schedules.ts";
import { damageTable } from "#support/damage.ts";
import { startProgram } from "#support/program.ts";
import { days, storedStory } from "#support/stored.ts";

/** A data folder with a store that holds what `fill` puts in. */
async function storeOf(fill: (db: Db) => Promise<void>): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-doctor-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  await fill(opening.database.db);
  await opening.database.close();
  return dataDir;
}

async function played(args: readonly string[], dataDir: string) {
  const program = startProgram(args, { POLICYWIRE_DATA: dataDir });
  return { code: await program.ended, output: program.output(), errors: program.errors() };
}

test("the doctor says what a day's share has left, and with --prune deletes all of it at once", async () => {
  const now = new Date();
  const dataDir = await storeOf(async (db) => {
    const ago = (count: number) => days(-count, now);
    for (const age of [100, 110, 120]) {
      const { id } = await storedStory(db, { keys: [`${age}`], firstSeenAt: now }, { lastArticleAt: now });
      await enqueue(db, [{ storyId: id, revision: 1, destination: `${age}`, dueAt: ago(age) }]);
      const [claim] = await claimDue(db, ago(age), 1);
      await settle(db, claim!, { kind: "posted", messageId: "m" }, ago(age));
    }
    for (const state of await claimDueFeeds(db, now, 9)) await saveFeedState(db, { ...state, lastPolledAt: now });
    await takeRun(db, "prune", ago(1));
  });
  const before = await played(["doctor"], dataDir);
  expect(before.output).toMatch(/up to 30 days older than it need be.*`policywire doctor --prune` deletes all of that/);
  expect(before).toMatchObject({ code: 0, errors: "" });
  expect(await played(["doctor", "--prune"], dataDir)).toEqual({
    code: 0,
    output: "Deleted 3 settled deliveries, 0 texts and 0 stories and articles outside of any.\n",
    errors: "",
  });
  expect((await played(["doctor"], dataDir)).output).not.toContain("older than it need be");
});

test("the doctor and an export say where a damaged file ends; the export holds the rest, for its owner's eyes alone", async () => {
  const dataDir = await storeOf(async (db) => {
    await transact(db, async (tx) => {
      for (let at = 0; at < 40; at += 1) await storedStory(tx, { keys: [`${at}`], text: "long ".repeat(200) });
    });
    await damageTable(db, "articles");
  });
  const end = /articles can be read up to \d+, and again from \d+ on\./;
  const [examined, saved] = await Promise.all([played(["doctor"], dataDir), exportedIntoFile(dataDir)]);
  expect(examined.code).toBe(1);
  expect(examined.output).toMatch(
    /^WRONG {2}The file .*restore a backup, or save what can be read with `policywire export`/m,
  );
  expect(examined.output).toMatch(end);
  expect(saved.code).toBe(1);
  expect(saved.errors).toMatch(end);
  expect(saved.text.match(/"table":"articles"/g)?.length).toBeGreaterThan(30);
  expect(saved.text).toContain('{"end":true,');
  expect(saved.mode).toBe(0o600);
});

/** As a shell does with `policywire export > FILE`. */
async function exportedIntoFile(dataDir: string) {
  const path = join(dataDir, "export.jsonl");
  const file = openSync(path, "w", 0o644);
  const child = spawn(process.execPath, ["src/main.ts", "export", "--data", dataDir], {
    stdio: ["ignore", file, "pipe"],
  });
  closeSync(file);
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    errors += part;
  });
  const [code] = await once(child, "close");
  return { code, errors, text: readFileSync(path, "utf8"), mode: statSync(path).mode & 0o777 };
}
