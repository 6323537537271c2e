import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { openDatabase, openToRead, transact } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { SCHEMA_VERSION } from "#store/migrate.ts";
import { onEachEngine } from "#support/databases.ts";
import { NOON, storedStory } from "#support/stored.ts";

onEachEngine("a database", (databases) => {
  test("keeps what it was given when it is opened again", async () => {
    const where = await databases.place();
    const first = await databases.open(where);
    await storedStory(first.db);
    const again = await databases.open(where);
    expect(await again.db.selectFrom("stories").select("title").execute()).toHaveLength(1);
  });

  test("written by a newer program is refused and left as it is", async () => {
    const where = await databases.place();
    const { db } = await databases.open(where);
    await sql`update schema_version set version = ${SCHEMA_VERSION + 4}`.execute(db);
    const opening = await openDatabase(where);
    expect(opening).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/newer Policywire .*schema is \d+, this program knows \d+.*restore a backup/),
    });
  });

  test("is read only when it is of this program's schema", async () => {
    const where = await databases.place();
    const { db } = await databases.open(where);
    const reading = async (version: number) => {
      await sql`update schema_version set version = ${version}`.execute(db);
      const opening = await openToRead(where);
      if (opening.kind === "refused") return opening.reason;
      await opening.database.close();
      return opening.database.engine;
    };
    expect(await reading(SCHEMA_VERSION)).toBe(databases.engine);
    expect(await reading(SCHEMA_VERSION + 1)).toContain("was written by a newer Policywire");
    expect(await reading(0)).toContain("is empty: `npm start` fills it");
  });

  test("that is empty but known is migrated from its beginning", async () => {
    const { db } = await databases.open();
    expect((await sql<{ version: number }>`select version from schema_version`.execute(db)).rows).toEqual([
      { version: SCHEMA_VERSION },
    ]);
  });

  // On SQLite they would be two processes: within one, the second would wait for the first with the only thread.
  test.runIf(databases.engine === "postgres")("opened by two programs at once is migrated once", async () => {
    const where = await databases.place();
    const both = await Promise.all([databases.open(where), databases.open(where)]);
    const versions = await Promise.all(both.map(({ db }) => sql`select version from schema_version`.execute(db)));
    expect(versions.map(({ rows }) => rows)).toEqual([[{ version: SCHEMA_VERSION }], [{ version: SCHEMA_VERSION }]]);
  });

  test("keeps all of a transaction or none", async () => {
    const { db } = await databases.open();
    const failing = transact(db, async (tx) => {
      await storedStory(tx);
      throw new Error("a bug after the writes");
    });
    await expect(failing).rejects.toThrow("a bug after the writes");
    expect(await db.selectFrom("articles").select("id").execute()).toEqual([]);
  });

  test.runIf(databases.engine === "postgres")("outlives its connections: who uses one is told", async () => {
    const where = await databases.place();
    const [{ db }, { db: other }] = [await databases.open(where), await databases.open(where)];
    const cut = transact(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(other);
      await sql`select 1`.execute(tx);
    });
    await expect(cut).rejects.toThrow();
    expect(await feedStates(db)).toEqual([]);
  });

  test("runs transactions one after another", async () => {
    const { db } = await databases.open();
    const log: string[] = [];
    let second: Promise<void> | undefined;
    await transact(db, async (tx) => {
      second = transact(db, async (other) => {
        log.push(`the second sees ${(await other.selectFrom("sagas").selectAll().execute()).length} row`);
      });
      await tx.insertInto("sagas").values({ opened_at: NOON.getTime() }).execute();
      for (let at = 0; at < 20; at++) await tx.selectFrom("feeds").select("feed_id").execute();
      log.push("the first ends");
    });
    await second;
    expect(log).toEqual(["the first ends", "the second sees 1 row"]);
  });
});

describe("a database that cannot be used is refused with its place and the remedy:", () => {
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), "policywire-refused-"));
    folders.push(made);
    return made;
  };
  afterAll(() => {
    for (const made of folders) rmSync(made, { recursive: true });
  });

  test("a file that is something else", async () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, "policywire.db"), "not a database, but long enough to be read as one".repeat(40));
    expect(await openDatabase({ url: null, dataDir })).toEqual({
      kind: "refused",
      reason: `${join(dataDir, "policywire.db")} cannot be used as the database: it is not a SQLite database. Restore a backup over it, or move it away to start with an empty one.`,
    });
  });

  test("a folder that is a file", async () => {
    const dataDir = join(folder(), "data");
    writeFileSync(dataDir, "");
    expect(await openDatabase({ url: null, dataDir })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("choose another with --data"),
    });
  });

  test("a database path that is a folder", async () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, "policywire.db"));
    expect(await openDatabase({ url: null, dataDir })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("cannot be opened"),
    });
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written", async () => {
    const dataDir = folder();
    chmodSync(dataDir, 0o500);
    expect(await openDatabase({ url: null, dataDir })).toMatchObject({ kind: "refused" });
  });

  test("a server that is not there, without its password in the sentence", async () => {
    const opening = await openDatabase({ url: "postgres://ann:secret@127.0.0.1:1/wire", dataDir: "" });
    expect(opening).toEqual({
      kind: "refused",
      reason:
        "postgres://ann@127.0.0.1:1/wire cannot be used as the database: nothing answers there; start the server, or correct host and port in DATABASE_URL.",
    });
  });

  test("an address that is no URL", async () => {
    expect(await openDatabase({ url: "mysql://x", dataDir: "" })).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("postgres://user:password@host"),
    });
  });
});
