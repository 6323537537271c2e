import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { startFeedServer } from "#support/feed-server.ts";
import { freePort } from "#support/free-port.ts";
import { rss, writePack } from "#support/packs.ts";
import { startProgram } from "#support/program.ts";
import { mountSmallDisk } from "#support/small-disk.ts";

const disk = mountSmallDisk(16);

test.runIf(disk !== null)(
  "the program says that its disk is full, on its status pages too, and goes on when there is room",
  async () => {
    if (disk === null) return;
    onTestFinished(() => disk.close());
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    const ids = ["gazette", "courier", "ledger"];
    for (const id of ids) server.answer(`/${id}`, { body: rss(server.origin, []) });
    const pack = writePack(
      join(disk.folder, "pack"),
      ids.map((id) => ({ id, url: `${server.origin}/${id}` })),
    );
    const dataDir = join(disk.folder, "data");
    const port = await freePort();
    const program = startProgram(["run", "--pack", pack, "--data", dataDir], { STATUS_PORT: String(port) });
    onTestFinished(async () => {
      program.child.kill("SIGKILL");
      await program.ended;
    });
    const page = async (name: string) => {
      const response = await fetch(`http://127.0.0.1:${port}/${name}`);
      return { status: response.status, text: await response.text() };
    };
    await expect.poll(() => server.asked.length).toBe(3);
    await expect.poll(() => page("readyz").catch(() => null)).toEqual({ status: 200, text: "ok\n" });

    const opening = await openDatabase({ url: null, dataDir });
    if (opening.kind === "refused") throw new Error(opening.reason);
    const { db, close } = opening.database;
    onTestFinished(close);
    await expect.poll(async () => (await feedStates(db)).every((state) => state.lastSuccessAt)).toBe(true);
    // Room for the feeds to be made due, and hardly more.
    await db.transaction().execute(async (tx) => {
      await tx.updateTable("feeds").set({ next_poll_at: 0 }).execute();
      disk.fill(24 * 1024);
    });
    const fault = { status: 503, text: "The disk of the database is full. Make room.\n" };
    await expect.poll(() => page("healthz")).toEqual(fault);
    expect(await page("readyz")).toEqual(fault);
    expect((await feedStates(db)).map(({ failureCount }) => failureCount)).toEqual([0, 0, 0]);

    const asked = server.asked.length;
    disk.free();
    await expect.poll(() => page("readyz")).toEqual({ status: 200, text: "ok\n" });
    await expect.poll(() => server.asked.length).toBeGreaterThanOrEqual(asked + 1);
    const said = program
      .errors()
      .split("\n")
      .filter((line) => /"(?:warn|error)"/.test(line));
    expect(said.map((line) => JSON.parse(line).message)).toEqual([
      "Polling and posting have stopped, and no feed is to blame. The disk of the database is full. Make room. Both go on by themselves when that is done.",
      "The fault is over: polling and posting go on.",
    ]);
  },
);
