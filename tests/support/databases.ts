import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, describe, inject } from "vitest";
import { type Database, type Engine, openDatabase, type Where } from "#store/engine/database.ts";
import { sqlitePath } from "#store/engine/sqlite.ts";

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
type Places = {
  make(): Promise<Where>;
  /** Opens a place with all tables and nothing in them. Migrating one for each test would take longer than most tests do. */
  openReady(): Promise<Opened>;
  clear(): Promise<void>;
};

/** `giveBack` is called once it is closed. */
type Opened = { readonly database: Database; readonly giveBack?: () => void };

function databasesIn(engine: Engine, places: Places): Databases {
  const opened: Opened[] = [];
  afterEach(async () => {
    for (const { database, giveBack } of opened.splice(0)) {
      await database.close();
      giveBack?.();
    }
  });
  afterAll(() => places.clear());
  return {
    engine,
    place: places.make,
    open: async (where) => {
      const one = where === undefined ? await places.openReady() : { database: await open(where) };
      opened.push(one);
      return one.database;
    },
    openShared: async () => open(await places.make()),
  };
}

async function open(where: Where): Promise<Database> {
  const opening = await openDatabase(where);
  if (opening.kind === "refused") throw new Error(opening.reason);
  return opening.database;
}

function sqlitePlaces(): Places {
  const folders: string[] = [];
  const make = () => {
    const dataDir = mkdtempSync(join(tmpdir(), "policywire-store-"));
    folders.push(dataDir);
    return { url: null, dataDir };
  };
  return {
    make: async () => make(),
    openReady: async () => {
      const where = make();
      emptyFile ??= makeEmptyFile();
      writeFileSync(sqlitePath(where.dataDir), await emptyFile);
      return { database: await open(where) };
    },
    clear: async () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

let emptyFile: Promise<Buffer> | undefined;

async function makeEmptyFile(): Promise<Buffer> {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-store-"));
  try {
    const database = await open({ url: null, dataDir });
    await database.close();
    return readFileSync(sqlitePath(dataDir));
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

/** A schema is a database for our purposes. Those of a test run are dropped at its end (postgres.ts). */
function postgresPlaces(url: string): Places {
  const make = async () => {
    const schema = `${inject("postgresSchemas")}_${randomBytes(8).toString("hex")}`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`create schema ${schema}`);
    await client.end();
    const place = new URL(url);
    place.searchParams.set("options", `-c search_path=${schema}`);
    return { url: place.href, dataDir: "" };
  };
  return {
    make,
    openReady: async () => {
      const usedOne = used.pop();
      const where = usedOne ?? (await make());
      const database = await open(where);
      if (usedOne !== undefined) await sql.raw(EMPTY).execute(database.db);
      return { database, giveBack: () => void used.push(where) };
    },
    clear: async () => {},
  };
}

/** Schemas that are migrated and nobody's any more. */
const used: Where[] = [];

/**
 * Empties all tables but the version of the schema. Rows refer to each other, which is not looked at meanwhile. Truncating takes sixty
 * times as long.
 */
const EMPTY = `do $$
declare
  one record;
begin
  set local session_replication_role = replica;
  for one in select relname, relkind from pg_class where relnamespace = current_schema()::regnamespace loop
    if one.relkind = 'r' and one.relname <> 'schema_version' then
      execute format('delete from %I', one.relname);
    elsif one.relkind = 'S' then
      perform setval(format('%I', one.relname), 1, false);
    end if;
  end loop;
end
$$`;
