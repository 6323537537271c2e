import { type Db, type Engine, engineOf, type Opening, refused } from "./engine.ts";
import { migrate, SCHEMA_VERSION } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { explain, openSqlite, sqlitePath } from "./sqlite.ts";

export type { Db, Engine, Opening } from "./engine.ts";
export { transact } from "./transact.ts";

export type Database = {
  readonly db: Db;
  readonly engine: Engine;
  close(): Promise<void>;
};

/** Where the store lives: a PostgreSQL when `url` is set, else a file in `dataDir`. */
export type Where = { readonly url: string | null; readonly dataDir: string };

/** Opens the store and brings an older one up to date. What cannot be used is refused with a sentence for the person who runs it. */
export async function openDatabase(where: Where): Promise<Opening<Database>> {
  const opening = where.url === null ? openSqlite(where.dataDir) : await openPostgres(where.url);
  if (opening.kind === "refused") return opening;
  const db = opening.database;
  const fault = await bringUpToDate(db, where);
  if (fault === null) return { kind: "opened", database: { db, engine: engineOf(db), close: () => db.destroy() } };
  await db.destroy();
  return refused(fault);
}

async function bringUpToDate(db: Db, where: Where): Promise<string | null> {
  const place = where.url === null ? sqlitePath(where.dataDir) : "The database of DATABASE_URL";
  try {
    const migrated = await migrate(db);
    if (migrated.kind === "current") return null;
    return (
      `${place} was written by a newer Policywire (its schema is ${migrated.version}, this program knows ${SCHEMA_VERSION}). ` +
      "Run the newer program, or restore a backup from before the upgrade."
    );
  } catch (error) {
    if (engineOf(db) === "postgres") throw error;
    return `${place} cannot be used as the database: ${explain(error)}`;
  }
}
