import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, describe, inject } from "vitest";
import { type Database, type Engine, openDatabase, type Where } from "#store/engine/database.ts";

/** Databases of one engine for the tests of one suite. */
export type Databases = {
  readonly engine: Engine;
  /** A place with an empty database, which is deleted after the suite. */
  place(): Promise<Where>;
  /** Opens a place, a new one by default. Closed after the test. */
  open(where?: Where): Promise<Database>;
  /** Opens a new place for a whole suite, which closes it itself. */
  openShared(): Promise<Database>;
};

/** Runs a suite on a SQLite file, and on a real PostgreSQL where the test run has one. */
export function onEachEngine(name: string, suite: (databases: Databases) => void): void {
  const url = inject("postgresUrl");
  describe(`${name} (sqlite)`, () => suite(databasesIn("sqlite", sqlitePlaces())));
  describe.skipIf(url === null)(`${name} (postgres)`, () => suite(databasesIn("postgres", postgresPlaces(url ?? ""))));
}

/** SQLite files for a suite of which one engine is enough. */
export const sqliteDatabases = (): Databases => databasesIn("sqlite", sqlitePlaces());

/** Fresh places, and how to delete them all. */
type Places = { make(): Promise<Where>; clear(): Promise<void> };

function databasesIn(engine: Engine, places: Places): Databases {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  afterAll(() => places.clear());
  const open = async (where: Where) => {
    const opening = await openDatabase(where);
    if (opening.kind === "refused") throw new Error(opening.reason);
    return opening.database;
  };
  return {
    engine,
    place: places.make,
    open: async (where) => {
      const database = await open(where ?? (await places.make()));
      opened.push(database);
      return database;
    },
    openShared: async () => open(await places.make()),
  };
}

function sqlitePlaces(): Places {
  const folders: string[] = [];
  return {
    make: async () => {
      const dataDir = mkdtempSync(join(tmpdir(), "policywire-store-"));
      folders.push(dataDir);
      return { url: null, dataDir };
    },
    clear: async () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A schema is a database for our purposes, and costs milliseconds. */
function postgresPlaces(url: string): Places {
  const schemas: string[] = [];
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    make: async () => {
      const schema = `t_${randomBytes(8).toString("hex")}`;
      schemas.push(schema);
      await run(`create schema ${schema}`);
      const place = new URL(url);
      place.searchParams.set("options", `-c search_path=${schema}`);
      return { url: place.href, dataDir: "" };
    },
    clear: async () => {
      const made = schemas.splice(0);
      if (made.length > 0) await run(`drop schema ${made.join(", ")} cascade`);
    },
  };
}
