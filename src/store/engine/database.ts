import { migrate, SCHEMA_VERSION, schemaVersion } from "#store/migrate.ts";
import { type Db, type Engine, engineOf, type Opening, refused, type Store } from "./engine.ts";
import { explain, openSqlite, openSqliteForNow, openSqliteToRead, sqlitePath } from "./sqlite.ts";

export type { Db, Engine, Opening } from "./engine.ts";
export { transact } from "./transact.ts";

export type Database = Store & {
  readonly engine: Engine;
  close(): Promise<void>;
};

/** Where the store lives: a PostgreSQL when `url` is set, else a file in `dataDir`. */
export type Where = { readonly url: string | null; readonly dataDir: string };

/**
 * Opens the store and brings an older one up to date, or, where it is one of many that write there, refuses it. What cannot be
 * used is refused with a sentence for the person who runs it.
 */
export async function openDatabase(where: Where, { migrates = true } = {}): Promise<Opening<Database>> {
  const opening = where.url === null ? openSqlite(where.dataDir) : await openServer(where.url);
  return opening.kind === "refused"
    ? opening
    : checked(opening.database, where, migrates ? bringUpToDate : expectMigrated);
}

/** Opens an empty store that is gone when it is closed. */
export async function openTemporary(): Promise<Database> {
  const { db, lookUps } = openSqliteForNow();
  await migrate(db);
  return { db, lookUps, engine: "sqlite", close: () => db.destroy() };
}

/** Opens the store to look things up in, also while a worker writes it: makes, migrates and changes nothing. */
export async function openToRead(where: Where): Promise<Opening<Database>> {
  const opening = where.url === null ? openSqliteToRead(where.dataDir) : await openServer(where.url);
  return opening.kind === "refused" ? opening : checked(opening.database, where, expectUpToDate);
}

/** Opens a store as it is, to be filled by an import, which makes its tables. */
export async function openEmpty(where: Where): Promise<Opening<Database>> {
  const opening = where.url === null ? openSqlite(where.dataDir) : await openServer(where.url);
  return opening.kind === "refused" ? opening : checked(opening.database, where, async () => null);
}

/** Whoever keeps to the embedded database need not load the driver. */
export async function openServer(url: string): Promise<Opening<Store>> {
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(url);
}

type Check = (db: Db, place: string) => Promise<string | null>;

async function checked(store: Store, where: Where, check: Check): Promise<Opening<Database>> {
  const { db, lookUps } = store;
  const close = async () => {
    await lookUps.destroy();
    await db.destroy();
  };
  const place = where.url === null ? sqlitePath(where.dataDir) : "The database of DATABASE_URL";
  const fault = await faultOf(db, place, check);
  if (fault === null) return { kind: "opened", database: { ...store, engine: engineOf(db), close } };
  await close();
  return refused(fault);
}

/** A damaged file shows itself only when it is first read. */
async function faultOf(db: Db, place: string, check: Check): Promise<string | null> {
  try {
    return await check(db, place);
  } catch (error) {
    if (engineOf(db) === "postgres") throw error;
    return `${place} cannot be used as the database: ${explain(error)}`;
  }
}

const bringUpToDate: Check = async (db, place) => {
  const migrated = await migrate(db);
  return migrated.kind === "newer" ? newer(place, migrated.version) : null;
};

const expectUpToDate: Check = async (db, place) => {
  const version = await schemaVersion(db);
  if (version > SCHEMA_VERSION) return newer(place, version);
  if (version === SCHEMA_VERSION) return null;
  return version === 0
    ? `${place} is empty: \`npm start\` fills it.`
    : `${place} was written by an older Policywire: \`npm start\` or \`policywire migrate\` brings it up to date.`;
};

const expectMigrated: Check = async (db, place) => {
  const version = await schemaVersion(db);
  if (version >= SCHEMA_VERSION) return version > SCHEMA_VERSION ? newer(place, version) : null;
  return `${place} is ${version === 0 ? "empty" : "from an older Policywire"}: run \`policywire migrate\` first, once.`;
};

const newer = (place: string, version: number): string =>
  `${place} was written by a newer Policywire (its schema is ${version}, this program knows ${SCHEMA_VERSION}). ` +
  "Run the newer program, or restore a backup from before the upgrade.";
