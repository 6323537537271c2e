import { open } from "node:fs/promises";
import { devNull } from "node:os";
import { sql } from "kysely";
import { keepForAMoment } from "#store/schedules.ts";
import { type Db, engineOf } from "./engine.ts";

/** A fault of the store or of the machine, for which no feed is to blame: what is wrong, and what to do. */
export type OwnFault = {
  readonly sentence: string;
  /** It does not go away while the program runs. */
  readonly lasting: boolean;
};

const passing = (sentence: string): OwnFault => ({ sentence, lasting: false });
const lasting = (sentence: string): OwnFault => ({ sentence, lasting: true });

const FULL = passing("The disk of the database is full. Make room.");
const UNWRITABLE = passing("The database cannot be written. Give it back the right to be written.");
const DISK = passing("The disk of the database fails. Look at the disk and at the system's log.");
const DAMAGED = lasting(
  "The database is damaged. Stop the program, look with `policywire doctor`, save what can be read with `policywire export`, and restore a backup.",
);
const NO_FILES = passing(
  "This process may open no more files. Raise its limit (`ulimit -n`, LimitNOFILE) or close what else has them.",
);
const NO_THREADS = passing(
  "This process may start no more threads. Raise its limits (`ulimit -n` and `-u`, LimitNOFILE, TasksMax) or end what else uses them up.",
);
const NO_MEMORY = passing("This machine has no memory left. Stop something else on it, or give it more.");
const AWAY = passing("The PostgreSQL does not answer. Start it, or mend the way to it.");

/** SQLite's primary result codes, https://sqlite.org/rescode.html. */
const OF_SQLITE: Readonly<Record<number, OwnFault>> = {
  5: passing("Another process holds the database for too long. Stop that."),
  7: NO_MEMORY,
  8: UNWRITABLE,
  10: DISK,
  11: DAMAGED,
  13: FULL,
  14: passing(
    "The database, or a file beside it, cannot be opened. Give this user the right to its folder, and enough open files.",
  ),
  26: DAMAGED,
};

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and those of the way there. */
const OF_POSTGRES: Readonly<Record<string, OwnFault>> = {
  "25006": passing("The PostgreSQL is read-only. Make it writable, or point DATABASE_URL at the one that is."),
  "42501": UNWRITABLE,
  "53100": passing("The disk of the PostgreSQL is full. Make room."),
  "53200": passing("The PostgreSQL has no memory left. Give it more."),
  "53300": passing("The PostgreSQL has no connection left. Raise its max_connections."),
  "58030": passing("The disk of the PostgreSQL fails. Look at its log."),
  XX001: lasting("The PostgreSQL is damaged. Restore a backup."),
  XX002: lasting("An index of the PostgreSQL is damaged. Run `reindex database`, and start again."),
  ...Object.fromEntries(
    [
      ...["57P01", "57P02", "57P03", "57P05", "08000", "08001", "08003", "08004", "08006"],
      ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"],
    ].map((code) => [code, AWAY]),
  ),
};

/** Of the operating system, whoever met them. */
const OF_SYSTEM: Readonly<Record<string, OwnFault>> = {
  EMFILE: NO_FILES,
  ENFILE: NO_FILES,
  ERR_WORKER_INIT_FAILED: NO_THREADS,
  ENOMEM: NO_MEMORY,
  ENOBUFS: NO_MEMORY,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: UNWRITABLE,
  EIO: DISK,
};

const UNKNOWN = passing("The database cannot be written; the log says how.");

/** Thrown where the store was asked whether it can be written, and cannot. */
class Unwritten extends Error {}

/** The fault of our own that an error is, or was caused by; null when it is none that is known. */
export function ownFaultOf(db: Db, error: unknown): OwnFault | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  // Extended codes carry the primary code in their low byte.
  const inSqlite = typeof errcode === "number" ? OF_SQLITE[errcode & 0xff] : undefined;
  const named = typeof code === "string" ? code : "";
  const found = inSqlite ?? (engineOf(db) === "postgres" ? OF_POSTGRES[named] : undefined) ?? OF_SYSTEM[named];
  if (found !== undefined) return found;
  if (error.cause !== undefined) return ownFaultOf(db, error.cause);
  return error instanceof Unwritten ? UNKNOWN : null;
}

/** Some hundred articles: room for less is none. */
const ROOM_BYTES = 256 * 1024;

/** Asks the store to keep something, and the system for a file. Rejects with what stands in the way. */
export async function tryToWrite(db: Db): Promise<void> {
  await (await open(devNull)).close();
  try {
    await keepForAMoment(db, engineOf(db) === "sqlite" ? ROOM_BYTES : 0);
  } catch (cause) {
    // A connection keeps what the server was when it was made: the next try has one of its own.
    if (engineOf(db) === "postgres")
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db).catch(() => {});
    throw new Unwritten("the store was not written", { cause });
  }
}
