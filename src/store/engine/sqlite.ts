import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Schema } from "#store/tables.ts";
import { type Opening, refused, type Store } from "./engine.ts";
import { type Reader, readInThread } from "./reader.ts";
import { sqliteDialect, writerOf } from "./sqlite-dialect.ts";

/** How long a statement waits for another process's transaction; ours last milliseconds, a backup's step not longer. */
const BUSY_TIMEOUT_MS = 5_000;

/** The first SQLite in which resetting the write-ahead log cannot corrupt the file; Node 24.15 ships it. */
const OLDEST_SQLITE = [3, 51, 3] as const;

export const sqlitePath = (dataDir: string): string => join(dataDir, "policywire.db");

/** Opens (or creates) the database file of a data folder, durable to the last acknowledged transaction. */
export function openSqlite(dataDir: string): Opening<Store> {
  const path = sqlitePath(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    makePrivate(path);
    const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    const fault = configure(file);
    if (fault !== null) {
      file.close();
      return refused(`${path}: ${fault}`);
    }
    // A plain begin takes the write lock only at the first write, and can then fail where waiting would do.
    const writer = writerOf(file);
    const over = (reader: Reader | null) =>
      new Kysely<Schema>({ dialect: sqliteDialect(file, "begin immediate", writer, reader) });
    return { kind: "opened", database: { db: over(null), lookUps: over(readInThread(path, BUSY_TIMEOUT_MS)) } };
  } catch (error) {
    return refused(`${path} cannot be used as the database: ${explain(error)}`);
  }
}

/**
 * Makes a file that is not there yet, for this user's eyes alone. SQLite takes an empty file for a new database, and gives its
 * log the same rights.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, "a", 0o600));
  } catch {
    // Whoever opens it next says in its own words why it cannot be.
  }
}

/**
 * Opens a database that is nobody else's and gone when it is closed, or when the process ends in whatever way: SQLite keeps it in
 * memory, and what is too much in a file without a name.
 */
export function openSqliteForNow(): Store {
  const file = new DatabaseSync("", { enableForeignKeyConstraints: true });
  // Nothing of it outlives the process, so nothing need reach a disk.
  file.exec("pragma synchronous = off");
  file.exec("pragma journal_mode = memory");
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file, "begin", writerOf(file), null) });
  return { db, lookUps: db };
}

/** Opens an existing database file to look things up in, beside the worker that writes it. */
export function openSqliteToRead(dataDir: string): Opening<Store> {
  const path = sqlitePath(dataDir);
  if (!existsSync(path)) return refused(`There is no database at ${path} yet: \`npm start\` makes one and fills it.`);
  try {
    const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
    const db = new Kysely<Schema>({ dialect: sqliteDialect(file, "begin", writerOf(file), null) });
    return { kind: "opened", database: { db, lookUps: db } };
  } catch (error) {
    return refused(`${path} cannot be read: ${explain(error)}`);
  }
}

/** FULL, because NORMAL loses acknowledged transactions in a power cut. Returns what is wrong, or null. */
function configure(file: DatabaseSync): string | null {
  const version = String(file.prepare("select sqlite_version() as v").get()?.v);
  if (isOlder(version, OLDEST_SQLITE)) {
    return `SQLite ${version} can corrupt its write-ahead log; run Node 24.15 or newer (\`npm start\` brings its own).`;
  }
  const mode = file.prepare("pragma journal_mode = wal").get()?.journal_mode;
  if (mode !== "wal") {
    return `its disk allows no write-ahead log (journal mode ${mode}); put the data folder on a local disk.`;
  }
  file.exec("pragma synchronous = full");
  const synchronous = file.prepare("pragma synchronous").get()?.synchronous;
  return synchronous === 2 ? null : `synchronous = full was not accepted (it is ${synchronous}).`;
}

function isOlder(version: string, than: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [at, least] of than.entries()) {
    const part = parts[at] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** SQLite's primary result codes that a person can do something about, https://sqlite.org/rescode.html. */
const REMEDIES: Readonly<Record<number, string>> = {
  5: "another process holds it; wait for it or stop it.",
  8: "it cannot be written; give this user the right to write it and its folder.",
  11: "it is damaged. Restore a backup over it, or move it away to start with an empty one.",
  13: "the disk is full; make room and start again.",
  14: "it cannot be opened; give this user the right to read and write its folder.",
  26: "it is not a SQLite database. Restore a backup over it, or move it away to start with an empty one.",
};

export function explain(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  // Extended codes carry the primary code in their low byte.
  if ("errcode" in error && typeof error.errcode === "number") {
    return REMEDIES[error.errcode & 0xff] ?? `${error.message}.`;
  }
  if ("syscall" in error) return `its folder cannot be made (${error.message}); choose another with --data.`;
  throw error;
}
