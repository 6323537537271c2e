import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { backUp } from "#store/backup.ts";
import { examine } from "#store/doctor.ts";
import { transact } from "#store/engine/database.ts";
import { feedStates, saveFeedState } from "#store/feeds.ts";
import { claimDue, settle } from "#store/outbox/claims.ts";
import { enqueue } from "#store/outbox/owed.ts";
import { takeRun } from "#store/schedules.ts";
import { onEachEngine } from "#support/databases.ts";
import { days, minutes, NOON, storedStory } from "#support/stored.ts";

onEachEngine("the doctor", (databases) => {
  const wrong = async (db: Parameters<typeof examine>[0], now = NOON) =>
    (await examine(db, now)).filter(({ sound }) => !sound).map(({ text }) => text);

  test("finds nothing wrong with a new store", async () => {
    const { db } = await databases.open();
    expect(await wrong(db)).toEqual([]);
  });

  test("names late and dead deliveries, feeds that fail, and a prune that never comes", async () => {
    const { db } = await databases.open();
    const { id } = await storedStory(db);
    await takeRun(db, "prune", days(-9));
    await enqueue(db, [
      { storyId: id, revision: 1, destination: "here", dueAt: NOON },
      { storyId: id, revision: 1, destination: "there", dueAt: NOON },
    ]);
    const [here, there] = await claimDue(db, NOON, 2);
    await settle(db, here!, { kind: "rejected", reason: "Embed too long." }, NOON);
    await settle(db, there!, { kind: "retry", at: NOON, reason: "It answered 503." }, NOON);
    const [feed] = await feedStates(db);
    await saveFeedState(db, { ...feed!, lastPolledAt: NOON, failingSince: days(-2) });
    expect(await wrong(db, minutes(90))).toEqual([
      "1 deliveries are due since 2026-03-02T12:00:00.000Z at the longest. The last reason: It answered 503.",
      "1 deliveries can never be posted (Embed too long.). Please report it.",
      "1 of 2 feeds fail for more than a day: courier. Correct or remove them in feeds.yaml.",
      "Last pruned on 2026-02-21. Keep a worker running for more than an hour a day.",
    ]);
    expect(await wrong(db, days(3))).toContain(
      "No feed was polled in the last day. Start a worker with `policywire run`.",
    );
  });

  test("finds an article that search does not know", async () => {
    const { db } = await databases.open();
    const onMembers = databases.engine === "sqlite" ? sql`` : sql`on members`;
    await sql`drop trigger article_words_insert ${onMembers}`.execute(db);
    await storedStory(db);
    expect(await wrong(db)).toEqual([
      expect.stringContaining("Search knows 0 of 1 articles in stories."),
      expect.stringContaining("No feed was polled"),
    ]);
  });

  test.runIf(databases.engine === "sqlite")("finds rows that refer to nothing", async () => {
    const { db } = await databases.open();
    await storedStory(db);
    await sql`pragma foreign_keys = off`.execute(db);
    await db.deleteFrom("stories").execute();
    expect((await wrong(db))[0]).toContain("rows refer to nothing, in ");
  });

  test.runIf(databases.engine === "sqlite")("passes a backup made under load, which posts nothing again", async () => {
    const where = await databases.place();
    const { db } = await databases.open(where);
    const { id } = await storedStory(db);
    await enqueue(db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }]);
    const [claim] = await claimDue(db, NOON, 1);
    await settle(db, claim!, { kind: "posted", messageId: "m" }, NOON);
    let writing = true;
    const load = (async () => {
      for (let at = 0; writing; at++) {
        await transact(db, (tx) => storedStory(tx, { keys: [`load ${at}`] }));
        // SQLite answers at once: without a pause nothing else would ever be heard.
        await new Promise(setImmediate);
      }
    })();
    const target = join(where.dataDir, "copy.db");
    expect(await backUp(where.dataDir, target)).toMatchObject({ kind: "done" });
    writing = false;
    await load;

    const restored = await databases.place();
    copyFileSync(target, join(restored.dataDir, "policywire.db"));
    const copy = await databases.open(restored);
    expect(await examine(copy.db, NOON)).toContainEqual({ sound: true, text: "The file is whole." });
    expect(await enqueue(copy.db, [{ storyId: id, revision: 1, destination: "here", dueAt: NOON }])).toBe(0);
    expect(await claimDue(copy.db, days(1), 9)).toEqual([]);
  });

  test.runIf(databases.engine === "sqlite")(
    "is not needed where a backup is refused: nothing to copy, a file in the way, a folder that is not there",
    async () => {
      const where = await databases.place();
      expect(await backUp(where.dataDir, "x")).toEqual({
        kind: "refused",
        reason: `There is no database at ${join(where.dataDir, "policywire.db")}.`,
      });
      await databases.open(where);
      const taken = join(where.dataDir, "taken");
      writeFileSync(taken, "");
      expect(await backUp(where.dataDir, taken)).toEqual({
        kind: "refused",
        reason: `${taken} is there already; name a new file.`,
      });
      const astray = join(where.dataDir, "no", "copy.db");
      expect(await backUp(where.dataDir, astray)).toEqual({
        kind: "refused",
        reason: `There is no folder ${join(where.dataDir, "no")}: make it first.`,
      });
      expect(existsSync(join(where.dataDir, "no"))).toBe(false);
      expect(await backUp(where.dataDir, join(taken, "copy.db"))).toEqual({
        kind: "refused",
        reason: `There is no folder ${taken}: make it first.`,
      });
      mkdirSync(join(where.dataDir, "no"));
      expect(await backUp(where.dataDir, astray)).toMatchObject({ kind: "done" });
      expect(existsSync(`${astray}.unfinished`)).toBe(false);
    },
  );
});
