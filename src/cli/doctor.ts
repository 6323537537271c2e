import { Command } from "commander";
import { examine } from "#store/doctor.ts";
import type { Db } from "#store/engine/database.ts";
import { changeStoreAlone, readStore } from "./look-up.ts";

/**
 * What main makes of store and worker: deletes all that is older than it is kept for. Resolves to what was done, in a sentence.
 */
export type PruneAll = (db: Db) => Promise<string>;

/** `policywire doctor`: examines the store, and says what to do. */
export function doctorCommand(pruneAll: PruneAll, clock: () => Date): Command {
  return new Command("doctor")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .option("--prune", "delete all that is older than it is kept for, where the worker deletes a day's share a day")
    .action(async (options: { readonly data?: string; readonly prune?: boolean }) => {
      process.exitCode = options.prune
        ? await changeStoreAlone(options, async (db) => {
            process.stdout.write(`${await pruneAll(db)}\n`);
            return 0;
          })
        : await readStore(options, (db) => report(db, clock()));
    });
}

/** Resolves to the exit code. */
async function report(db: Db, now: Date): Promise<number> {
  const findings = await examine(db, now);
  for (const { sound, text } of findings) process.stdout.write(`${sound ? "ok   " : "WRONG"}  ${text}\n`);
  return findings.every(({ sound }) => sound) ? 0 : 1;
}
