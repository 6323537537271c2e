import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUp } from "#store/backup.ts";
import { examine } from "#store/doctor.ts";
import { openToRead, transact } from "#store/engine/database.ts";
import { exported, importInto } from "#store/transfer.ts";
import { damageTable } from "#support/damage.ts";
import { onEachEngine } from "#support/databases.ts";
import { NOON, storedStory } from "#support/stored.ts";

onEachEngine("a damaged store", (databases) => {
  /** A store of 40 stories with a page of this table damaged, opened to be looked at. */
  async function damaged(table: string) {
    const where = await databases.place();
    const written = await databases.open(where);
    await transact(written.db, async (tx) => {
      for (let at = 0; at < 40; at += 1) await storedStory(tx, { keys: [`${at}`], text: "long ".repeat(200) });
    });
    await damageTable(written.db, table);
    const opening = await openToRead(where);
    if (opening.kind === "refused") throw new Error(opening.reason);
    return { where, ...opening.database };
  }

  async function exportOf(db: Parameters<typeof exported>[0]) {
    const missed: string[] = [];
    const lines: string[] = [];
    for await (const value of exported(db, NOON, (sentence) => missed.push(sentence)))
      lines.push(JSON.stringify(value));
    return { missed, lines };
  }

  const sqlite = test.runIf(databases.engine === "sqlite");

  sqlite("is exported as far as it can be read, and what is saved can be taken in", async () => {
    const { db, close } = await damaged("articles");
    const { missed, lines } = await exportOf(db);
    await close();
    expect(missed).toEqual([
      expect.stringMatching(/^articles can be read up to \d+, and again from \d+ on\.$/),
      expect.stringMatching(/^\d+ rows that refer to what cannot be read are left out\.$/),
    ]);
    const saved = lines.filter((line) => line.includes('"table":"articles"')).length;
    expect(saved).toBeGreaterThan(30);
    expect(saved).toBeLessThan(40);
    const { db: fresh } = await databases.open();
    const taken = await importInto(
      fresh,
      (async function* () {
        yield* lines;
      })(),
    );
    expect(taken).toMatchObject({ kind: "imported" });
    expect(await fresh.selectFrom("stories").select("id").execute()).toHaveLength(saved);
  });

  sqlite("is exported without a table of which nothing can be read", async () => {
    const { db, close } = await damaged("feeds");
    const { missed, lines } = await exportOf(db);
    await close();
    expect(missed).toContain("Nothing of feeds can be read.");
    expect(lines.at(-1)).toContain('"end":true');
  });

  sqlite("is examined as far as it can be read, and the doctor says where that ends", async () => {
    const { db, close } = await damaged("articles");
    const wrong = (await examine(db, NOON)).filter(({ sound }) => !sound).map(({ text }) => text);
    await close();
    expect(wrong.join("\n")).toMatch(/The file (?:is damaged|cannot be read)/);
    expect(wrong.join("\n")).toMatch(/articles can be read up to \d+, and again from \d+ on\./);
  });

  sqlite("is no backup", async () => {
    const { where, close } = await damaged("articles");
    await close();
    const copy = join(where.dataDir, "copy.db");
    expect(await backUp(where.dataDir, copy)).toMatchObject({ reason: expect.stringContaining("damaged") });
  });
});

onEachEngine("a whole store", (databases) => {
  test("misses nothing in its export", async () => {
    const { db } = await databases.open();
    await storedStory(db);
    const missed: string[] = [];
    let rows = 0;
    for await (const _ of exported(db, NOON, (sentence) => missed.push(sentence))) rows += 1;
    expect(missed).toEqual([]);
    expect(rows).toBeGreaterThan(8);
  });

  test.runIf(databases.engine === "sqlite")(
    "is for its owner's eyes alone, and so are its log and its backup",
    async () => {
      const where = await databases.place();
      const { db } = await databases.open(where);
      await storedStory(db);
      await backUp(where.dataDir, join(where.dataDir, "copy.db"));
      for (const name of ["policywire.db", "policywire.db-wal", "policywire.db-shm", "copy.db"])
        expect([name, statSync(join(where.dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    },
  );
});
