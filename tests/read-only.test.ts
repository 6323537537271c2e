import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

/** Takes the right to write a file away, also from root, and returns how to give it back; null where that cannot be done. */
function makeReadOnly(path: string): (() => void) | null {
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o400);
    return () => chmodSync(path, 0o600);
  }
  const mount = (...args: string[]) => execFileSync("mount", args, { stdio: "ignore" });
  const umount = () => execFileSync("umount", [path], { stdio: "ignore" });
  try {
    mount("--bind", path, path);
  } catch {
    return null;
  }
  try {
    mount("-o", "remount,ro,bind", path);
    return umount;
  } catch {
    umount();
    return null;
  }
}

test("a read-only database ends a start with one sentence and the remedy, and charges no feed", async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-read-only-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const server = await startFeedServer();
  onTestFinished(() => server.close());
  server.answer("/gazette", { body: rss(server.origin, []) });
  const pack = writePack(join(dataDir, "pack"), [{ id: "gazette", url: `${server.origin}/gazette` }]);
  const run = async () => {
    const { ended, errors } = startProgram(["run", "--once", "--pack", pack, "--data", dataDir]);
    return { code: await ended, errors: errors() };
  };
  expect(await run()).toEqual({ code: 0, errors: "" });
  const asked = server.asked.length;
  const giveBack = makeReadOnly(join(dataDir, "policywire.db"));
  if (giveBack === null) return context.skip("no file can be made read-only for this user");
  try {
    const sentence = "The database cannot be written. Give it back the right to be written.\n";
    expect(await run()).toEqual({ code: 1, errors: sentence });
  } finally {
    giveBack();
  }
  expect(server.asked).toHaveLength(asked);
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const states = await feedStates(opening.database.db);
  await opening.database.close();
  expect(states).toMatchObject([{ failureCount: 0, failingSince: null }]);
  expect(await run()).toEqual({ code: 0, errors: "" });
});
