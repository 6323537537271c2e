import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Where } from "./database.ts";
import { type Opening, refused } from "./engine.ts";
import { explain } from "./sqlite.ts";

/** The right to be the worker of a data folder. */
export type WorkerLock = { release(): void };

/**
 * Makes this process the one worker of a data folder: a second would poll every feed twice. The lock is the operating system's, on a
 * file of its own, so it ends with the process, however that dies. On PostgreSQL any number of workers share the work.
 */
export function lockFolder(where: Where): Opening<WorkerLock> {
  if (where.url !== null) return { kind: "opened", database: { release() {} } };
  const path = join(where.dataDir, "worker.lock");
  try {
    mkdirSync(where.dataDir, { recursive: true });
    const file = new DatabaseSync(path, { timeout: 0 });
    file.exec("begin exclusive");
    return { kind: "opened", database: { release: () => file.close() } };
  } catch (error) {
    if (!isBusy(error)) return refused(`${path} cannot be used as the worker's lock: ${explain(error)}`);
    return refused(
      `Another Policywire is at work on the folder ${where.dataDir}. Stop it first, or choose another folder with --data; ` +
        "latest, search and the other look-ups work beside it.",
    );
  }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy. */
const isBusy = (error: unknown): boolean => error instanceof Error && "errcode" in error && error.errcode === 5;
