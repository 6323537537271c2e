import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { type Db, openDatabase, transact } from "#store/engine/database.ts";
import { ownFaultOf, tryToWrite } from "#store/engine/own-fault.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { damageTable } from "#support/damage.ts";
import { startMortalServer } from "#support/kills/server.ts";
import { type Sites, sitesOf } from "#support/sites.ts";
import { mountSmallDisk } from "#support/small-disk.ts";
import { minutes, NOON, storedStory } from "#support/stored.ts";
import { takeDue } from "#worker/agenda.ts";
import { deliverDue } from "#worker/deliver.ts";
import { watchOwnFaults } from "#worker/own-faults.ts";
import { createPolls } from "#worker/polls.ts";

/** Polls as `run` does, tick by tick, while nothing stands in the way. */
function workerOf(sites: Sites) {
  const { world } = sites;
  const polls = createPolls(world, () => {});
  const faults = watchOwnFaults(world.db, world.tell);
  onTestFinished(() => polls.end().catch(() => {}));
  const tick = async () => {
    if (await faults.isOver())
      await polls.takeUp(takeDue(world)).catch((error: unknown) => expect(faults.note(error)).toBe(true));
  };
  return { faults, tick };
}

/** What fills the store as news do. */
const news = (db: Db, text: string) =>
  transact(db, (tx) => storedStory(tx, { keys: [text], text: "x".repeat(20_000) }));

const GOES_ON = "The fault is over: polling and posting go on.";
const stopped = (text: string) => expect.stringMatching(new RegExp(`^Polling and posting have stopped.*${text}`));

/** SQLite's own limit stands for a small disk where none may be mounted. */
function smallStore(sites: Sites, disk: ReturnType<typeof mountSmallDisk>) {
  const { db } = sites.world;
  const limit = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);
  return disk === null
    ? { fill: () => limit(1), free: () => limit(1_000_000) }
    : { fill: async () => disk.fill(0), free: async () => disk.free() };
}

test("a full disk stops polling and says so once, charges no feed, and is over when there is room", async () => {
  const disk = mountSmallDisk(8);
  if (disk !== null) onTestFinished(() => disk.close());
  const where = disk === null ? undefined : { url: null, dataDir: disk.folder };
  const sites = await sitesOf(["gazette", "courier"], NOON, where);
  const store = smallStore(sites, disk);
  const { faults, tick } = workerOf(sites);
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>();
  for (const id of ["gazette", "courier"]) sites.held.set(id, answer);
  await tick();
  expect(sites.asked).toHaveLength(2);
  await store.fill();
  // What was left in the log of the store.
  await expect(
    (async () => {
      for (let one = 0; ; one += 1) await news(sites.world.db, `filler ${one}`);
    })(),
  ).rejects.toMatchObject({ errcode: 13 });
  letAnswer();
  await expect
    .poll(async () => {
      await tick();
      return faults.standing();
    })
    .toBe("The disk of the database is full. Make room.");
  sites.now = minutes(10);
  for (let again = 0; again < 3; again += 1) await tick();
  expect(sites.asked).toHaveLength(2);
  expect(await sites.stateOf("gazette")).toMatchObject({ failureCount: 0, lastPolledAt: null });

  await store.free();
  await tick();
  await expect.poll(() => sites.asked.length).toBe(4);
  await expect.poll(async () => (await sites.stateOf("gazette")).lastSuccessAt).toEqual(minutes(10));
  expect(faults.standing()).toBeNull();
  expect(sites.told).toEqual([stopped("Make room"), GOES_ON]);
});

test("a file that became read-only stops polling and says so once, charges no feed, and is over when it can be written", async () => {
  const sites = await sitesOf(["gazette"], NOON);
  const { db } = sites.world;
  const { faults, tick } = workerOf(sites);
  const standing = async () => {
    await tick();
    return faults.standing();
  };
  // SQLite's own switch, and the answer of SQLite that a file without rights gives: the test's user may have all rights.
  await sql`pragma query_only = on`.execute(db);
  await expect.poll(standing).toBe("The database cannot be written. Give it back the right to be written.");
  sites.now = minutes(10);
  for (let again = 0; again < 3; again += 1) await tick();
  expect(sites.asked).toEqual([]);
  expect(await sites.stateOf("gazette")).toMatchObject({ failureCount: 0, failingSince: null, lastPolledAt: null });
  await sql`pragma query_only = off`.execute(db);
  await expect.poll(standing).toBeNull();
  await expect.poll(async () => (await sites.stateOf("gazette")).lastSuccessAt).toEqual(minutes(10));
  expect(sites.told).toEqual([stopped("right to be written"), GOES_ON]);
});

test("a damaged page stops posting for good, and no delivery is given up", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-damaged-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const where = { url: null, dataDir };
  const opening = await openDatabase(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { id } = await storedStory(opening.database.db);
  await enqueue(opening.database.db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }]);
  await damageTable(opening.database.db, "stories");
  await opening.database.close();
  const sites = await sitesOf(["gazette"], NOON, where);
  const { db } = sites.world;
  const faults = watchOwnFaults(db, sites.world.tell);
  const post = () => expect.fail("nothing can be posted");
  for (const minute of [0, 2]) {
    // When the claim of the last try has lapsed.
    sites.now = minutes(minute);
    const error = await deliverDue(sites.world, { post }, sites.world.stop).catch((fault: unknown) => fault);
    expect(faults.note(error)).toBe(true);
    expect(await faults.isOver()).toBe(false);
  }
  expect(sites.told).toEqual([stopped("damaged.*restore a backup")]);
  expect(await db.selectFrom("deliveries").select("state").execute()).toEqual([{ state: "due" }]);
});

test("a process without files left stops polling, and no feed is charged", async () => {
  const sites = await sitesOf(["gazette"], NOON);
  let left = 1;
  const { get } = sites.world.fetcher;
  const world: Sites["world"] = {
    ...sites.world,
    fetcher: {
      ...sites.world.fetcher,
      get: async (request) => {
        if (left-- > 0) throw Object.assign(new Error("connect EMFILE"), { code: "EMFILE" });
        return get(request);
      },
    },
  };
  const { tick } = workerOf({ ...sites, world });
  await tick();
  await expect
    .poll(async () => {
      await tick();
      return sites.told;
    })
    .toEqual([stopped("no more files")]);
  expect(await sites.stateOf("gazette")).toMatchObject({ failureCount: 0 });
  sites.now = minutes(1);
  await tick();
  await expect.poll(() => sites.asked).toEqual(["gazette"]);
  expect(sites.told).toEqual([stopped("no more files"), GOES_ON]);
});

/** Asks for a thread when there is no file left for one, and says what of its error is known. */
const withoutThreads = (dataDir: string) => `
  const { closeSync, openSync } = await import("node:fs");
  const { inThread } = await import(${JSON.stringify(new URL("../../src/text/in-thread.ts", import.meta.url).href)});
  const { openDatabase } = await import(${JSON.stringify(new URL("../../src/store/engine/database.ts", import.meta.url).href)});
  const { ownFaultOf } = await import(${JSON.stringify(new URL("../../src/store/engine/own-fault.ts", import.meta.url).href)});
  const { database } = await openDatabase({ url: null, dataDir: ${JSON.stringify(dataDir)} });
  const open = [];
  try {
    for (;;) open.push(openSync("/dev/null", "r"));
  } catch {}
  const error = await inThread(new URL("file:///none"), "none").catch((error) => error);
  open.forEach((file) => closeSync(file));
  console.log(JSON.stringify(ownFaultOf(database.db, error)));
  await database.close();`;

test.skipIf(process.platform === "win32")("no more threads is a fault of our own, with its remedy", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-threads-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const limited = ["-c", 'ulimit -n 80 && exec "$0" -e "$1"', process.execPath, withoutThreads(dataDir)];
  const { stdout, stderr } = spawnSync("sh", limited, { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    sentence:
      "This process may start no more threads. Raise its limits (`ulimit -n` and `-u`, LimitNOFILE, TasksMax) or end what else uses them up.",
    lasting: false,
  });
});

test("other errors are no faults of ours", async () => {
  const { world } = await sitesOf(["gazette"], NOON);
  for (const error of [new Error("disk full"), Object.assign(new Error("x"), { code: "ECONNRESET" }), "EMFILE", null])
    expect(ownFaultOf(world.db, error)).toBeNull();
  const unique = await sql`insert into schedules values ('a', 1), ('a', 1)`.execute(world.db).catch((error) => error);
  expect(ownFaultOf(world.db, unique)).toBeNull();
  await tryToWrite(world.db);
  expect(await world.db.selectFrom("schedules").selectAll().execute()).toEqual([]);
});

// What a server has started is read from /proc, and root is who may start one as somebody else.
test.runIf(process.platform === "linux")(
  "a PostgreSQL that is killed or made read-only stops polling, says so once, and charges no feed",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "policywire-mortal-"));
    const server = await startMortalServer(folder);
    onTestFinished(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const sites = await sitesOf(["gazette"], NOON, { url: server.url, dataDir: "" });
    const { faults, tick } = workerOf(sites);
    const isOver = async () => {
      await tick();
      return faults.standing() === null;
    };
    const polled = async (minute: number) => {
      await tick();
      await expect.poll(async () => (await sites.stateOf("gazette")).lastSuccessAt).toEqual(minutes(minute));
    };
    await polled(0);

    server.kill();
    sites.now = minutes(10);
    await expect.poll(isOver).toBe(false);
    await tick();
    await server.start();
    await expect.poll(isOver).toBe(true);
    await polled(10);
    expect(sites.told).toEqual([stopped("does not answer"), GOES_ON]);

    await setReadOnly(server.url, true);
    sites.now = minutes(30);
    // Its connections are broken first, for as long as the machine takes to notice.
    const isToldReadOnly = async () => {
      await tick();
      return sites.told.slice(2).some((sentence) => sentence.includes("read-only"));
    };
    await expect.poll(isToldReadOnly).toBe(true);
    await setReadOnly(server.url, false);
    await expect.poll(isOver).toBe(true);
    await polled(30);
    expect(sites.told.slice(2)).toEqual(expect.arrayContaining([stopped("read-only"), GOES_ON]));
    expect(await sites.stateOf("gazette")).toMatchObject({ failureCount: 0, failureReason: null });
  },
);

/** Connections that are there keep what they were made with, so when it becomes read-only they are ended, as an operator would. */
async function setReadOnly(url: string, readOnly: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set default_transaction_read_only = off");
  await client.query(`alter database policywire set default_transaction_read_only = ${readOnly ? "on" : "off"}`);
  if (readOnly)
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'policywire' and pid <> pg_backend_pid()",
    );
  await client.end();
}
