import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { rss, writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";

/** Whether the limit of a process that runs can be changed here. */
const hasPrlimit = (() => {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.runIf(hasPrlimit)(
  "the program that may open no more files says so once, charges no feed, and goes on when it may",
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "policywire-files-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    const ids = ["gazette", "courier"];
    // Without a connection that is still open, each request needs one more.
    const headers = { connection: "close" };
    for (const id of ids) server.answer(`/${id}`, { body: rss(server.origin, []), headers });
    const pack = writePack(
      join(dataDir, "pack"),
      ids.map((id) => ({ id, url: `${server.origin}/${id}` })),
    );
    const program = startProgram(["run", "--pack", pack, "--data", dataDir]);
    onTestFinished(async () => {
      program.child.kill("SIGKILL");
      await program.ended;
    });
    await program.says("2 feeds");
    const mayOpen = (most: string) =>
      execFileSync("prlimit", [`--pid=${program.child.pid}`, `--nofile=${most}:`], { stdio: "ignore" });

    const opening = await openDatabase({ url: null, dataDir });
    if (opening.kind === "refused") throw new Error(opening.reason);
    const { db, close } = opening.database;
    onTestFinished(close);
    const asked = server.asked.length;
    mayOpen("3");
    await db.updateTable("feeds").set({ next_poll_at: 0 }).execute();
    await program.says("Polling and posting have stopped");
    expect(server.asked).toHaveLength(asked);
    expect((await feedStates(db)).map(({ failureCount, failingSince }) => [failureCount, failingSince])).toEqual([
      [0, null],
      [0, null],
    ]);

    mayOpen("1024");
    await program.says("The fault is over");
    await expect.poll(() => server.asked.length).toBeGreaterThanOrEqual(asked + 2);
    const said = program
      .errors()
      .split("\n")
      .filter((line) => /"(?:warn|error)"/.test(line));
    expect(said.map((line) => JSON.parse(line).message)).toEqual([
      "Polling and posting have stopped, and no feed is to blame. This process may open no more files. Raise its limit (`ulimit -n`, LimitNOFILE) or close what else has them. Both go on by themselves when that is done.",
      "The fault is over: polling and posting go on.",
    ]);
  },
);
