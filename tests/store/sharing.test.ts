import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { transact } from "#store/engine/database.ts";
import { BOT_LEASE_MS, lockBot, lockFolder } from "#store/engine/lock.ts";
import { feedCount } from "#store/feeds.ts";
import { takeRun } from "#store/schedules.ts";
import { forgetTurns, pauseTurns, takeTurn, takeTurnAt } from "#store/turns.ts";
import { onEachEngine } from "#support/databases.ts";
import { minutes, NOON } from "#support/stored.ts";

onEachEngine("workers that share a store", (databases) => {
  test("run a schedule once", async () => {
    const { db } = await databases.open();
    const asked = await Promise.all(Array.from({ length: 5 }, () => takeRun(db, "prune", NOON)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await takeRun(db, "prune", minutes(-1))).toBe(false);
    expect(await takeRun(db, "digest", NOON)).toBe(true);
    expect(await takeRun(db, "prune", minutes(1))).toBe(true);
  });

  test("take turns at a domain", async () => {
    const { db } = await databases.open();
    const turns = await Promise.all(Array.from({ length: 4 }, () => takeTurn(db, "gazette.example", NOON, 1_000)));
    expect(turns.map((turn) => turn.getTime() - NOON.getTime()).sort((a, b) => a - b)).toEqual([
      0, 1_000, 2_000, 3_000,
    ]);
    expect(await takeTurn(db, "courier.example", NOON, 1_000)).toEqual(NOON);
    expect(await takeTurn(db, "gazette.example", minutes(5), 1_000)).toEqual(minutes(5));
    await forgetTurns(db, minutes(1));
    expect(await db.selectFrom("turns").select("key").execute()).toEqual([{ key: "gazette.example" }]);
  });

  test("leave a host alone that asked one of them for a pause, until the latest time that it named", async () => {
    const { db } = await databases.open();
    const site = "gazette.example";
    const turnAt = (host: string, gapMs: number) => takeTurnAt(db, { site, host }, NOON, gapMs);
    const pausedUntil = async () => (await turnAt("www.gazette.example", 1_000)).pausedUntil;
    expect(await pausedUntil()).toBeNull();
    await pauseTurns(db, "www.gazette.example", minutes(15));
    await pauseTurns(db, "www.gazette.example", minutes(2));
    expect(await pausedUntil()).toEqual(minutes(15));
    expect(await turnAt("feeds.gazette.example", 0)).toEqual({
      at: new Date(NOON.getTime() + 2_000),
      pausedUntil: null,
    });
    await forgetTurns(db, minutes(16));
    expect(await pausedUntil()).toBeNull();
  });

  test.runIf(databases.engine === "postgres")("answer while many transactions wait for another worker's", async () => {
    const where = await databases.place();
    const [{ db }, other] = [await databases.open(where), await databases.open(where)];
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const holding = transact(other.db, async () => {
      begin();
      await held;
    });
    await begun;
    const waiting = Array.from({ length: 16 }, () => transact(db, async () => {}));
    expect(await feedCount(db)).toBe(0);
    letGo();
    await Promise.all([holding, ...waiting]);
  });

  test("have one bot, until it lets go", async () => {
    const where = await databases.place();
    const [{ db }, { db: other }] = [await databases.open(where), await databases.open(where)];
    const lock = await lockBot(db, where, NOON);
    expect(await lock?.keep(minutes(1))).toBe(true);
    expect(await lockBot(other, where, minutes(1))).toBeNull();
    await lock?.release();
    const next = await lockBot(other, where, minutes(1));
    expect(next).not.toBeNull();
    await next?.release();
  });

  test.runIf(databases.engine === "postgres")(
    "have another bot once the one is dead or asleep, which then knows it",
    async () => {
      const where = await databases.place();
      const [{ db }, { db: other }] = [await databases.open(where), await databases.open(where)];
      const lapsed = new Date(NOON.getTime() + BOT_LEASE_MS);
      const asleep = await lockBot(db, where, NOON);
      expect(await lockBot(other, where, new Date(lapsed.getTime() - 1))).toBeNull();
      const next = await lockBot(other, where, lapsed);
      expect(await asleep?.keep(lapsed)).toBe(false);
      await asleep?.release();
      expect(await next?.keep(new Date(lapsed.getTime() + 5_000))).toBe(true);
      expect(await lockBot(db, where, new Date(lapsed.getTime() + 5_001))).toBeNull();
    },
  );

  test.runIf(databases.engine === "postgres")("need no lock", async () => {
    const where = await databases.place();
    const kinds = async () => (await lockFolder(where)).kind;
    expect([await kinds(), await kinds()]).toEqual(["opened", "opened"]);
  });
});

test("a data folder has one worker, and is free as soon as that dies", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-lock-"));
  const where = { url: null, dataDir };
  const script = `
    const { lockFolder } = await import("#store/engine/lock.ts");
    process.stdout.write((await lockFolder(${JSON.stringify(where)})).kind);
    setInterval(() => {}, 1_000);`;
  const other = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  expect(String((await once(other.stdout, "data"))[0])).toBe("opened");
  const taken = {
    kind: "refused",
    reason: `Another Policywire is at work on the folder ${dataDir}. Stop it first, or choose another folder with --data; latest, search and the other look-ups work beside it.`,
  };
  expect(await lockFolder(where)).toEqual(taken);
  // Elsewhere there is the file alone.
  if (process.platform === "linux") {
    rmSync(join(dataDir, "worker.lock"));
    expect(await lockFolder(where)).toEqual(taken);
  }
  other.kill("SIGKILL");
  await once(other, "exit");
  const mine = await lockFolder(where);
  expect(mine.kind).toBe("opened");
  if (mine.kind === "opened") mine.database.release();
  rmSync(dataDir, { recursive: true });
});
