import { mkdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { holdTurn, letGoOfTurn } from "#store/turns.ts";
import type { Db, Where } from "./database.ts";
import { type Opening, refused } from "./engine.ts";
import { explain } from "./sqlite.ts";

/** The right to be the worker of a data folder. */
export type WorkerLock = { release(): void };

/**
 * Makes this process the one worker of a data folder: a second would poll every feed twice. The lock is the operating system's,
 * on a file of its own, so it ends with the process, however that dies. On Linux it outlives the file as well, should somebody
 * tidy up. On PostgreSQL any number of workers share the work.
 */
export async function lockFolder(where: Where): Promise<Opening<WorkerLock>> {
  if (where.url !== null) return { kind: "opened", database: { release() {} } };
  const path = join(where.dataDir, "worker.lock");
  try {
    mkdirSync(where.dataDir, { recursive: true });
    const release = await lockTwice(path);
    if (release !== null) return { kind: "opened", database: { release } };
  } catch (error) {
    return refused(`${path} cannot be used as the worker's lock: ${explain(error)}`);
  }
  return refused(
    `Another Policywire is at work on the folder ${where.dataDir}. Stop it first, or choose another folder with --data; ` +
      "latest, search and the other look-ups work beside it.",
  );
}

/** The right to be the one bot of a store. */
export type BotLock = {
  /** Call it every few seconds: false when another bot has taken over meanwhile. */
  keep(now: Date): Promise<boolean>;
  release(): Promise<void>;
};

/** How long the lock of a bot that died keeps others out: three times the few seconds after which a living one renews it. */
export const BOT_LEASE_MS = 15_000;

/**
 * Makes this process the one bot of a store, or null while there is another: two would both answer. On SQLite the lock is again
 * the operating system's; on PostgreSQL, where bots may be on different machines, a lease.
 */
export async function lockBot(db: Db, where: Where, now: Date): Promise<BotLock | null> {
  if (where.url === null) {
    const release = await lockTwice(join(where.dataDir, "bot.lock"));
    return release && { keep: async () => true, release: async () => release() };
  }
  let held = await holdTurn(db, THE_BOT, null, now, BOT_LEASE_MS);
  if (held === null) return null;
  return {
    async keep(later) {
      const again = await holdTurn(db, THE_BOT, held, later, BOT_LEASE_MS);
      held = again ?? held;
      return again !== null;
    },
    release: async () => void (held && (await letGoOfTurn(db, THE_BOT, held))),
  };
}

const THE_BOT = "the bot";

/** Locks a file, and the name of its place. Resolves to how to let go; null when another process has either. */
async function lockTwice(path: string): Promise<(() => void) | null> {
  const file = lockFile(path);
  if (file === null) return null;
  const letGo = await lockName(path);
  if (letGo === null) {
    file.close();
    return null;
  }
  return () => {
    letGo();
    file.close();
  };
}

/** Locks a file for as long as it stays open; null when another process has it. */
function lockFile(path: string): DatabaseSync | null {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("begin exclusive");
    return file;
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy. */
const isBusy = (error: unknown): boolean => error instanceof Error && "errcode" in error && error.errcode === 5;

/**
 * Holds a name that stands for a file's place: a socket of Linux's abstract namespace, which is no file and ends with the
 * process. Null when another process holds it. Processes with networks of their own, as containers have, do not meet there.
 */
async function lockName(path: string): Promise<(() => void) | null> {
  if (process.platform !== "linux") return () => {};
  const { dev, ino } = statSync(dirname(path));
  const server = createServer((socket) => socket.destroy()).unref();
  const fault = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once("error", resolve);
    server.listen(`\0policywire ${dev} ${ino} ${basename(path)}`, () => resolve(null));
  });
  if (fault === null) return () => server.close();
  // Where such sockets are forbidden, the file is all there is.
  return fault.code === "EADDRINUSE" ? null : () => {};
}
