import { Command } from "commander";
import { examine, type Finding } from "#store/doctor.ts";
import type { Db } from "#store/engine/database.ts";
import { unopened } from "./destinations/unopened.ts";
import type { OpenWorkshop, Workshop } from "./destinations/workshop.ts";
import { changeStoreAlone, readStore } from "./look-up.ts";

/**
 * What main makes of store and worker: deletes all that is older than it is kept for. Resolves to what was done, in a sentence.
 */
export type PruneAll = (db: Db) => Promise<string>;

/** `policywire doctor`: examines the store, and says what to do. */
export function doctorCommand(pruneAll: PruneAll, openWorkshop: OpenWorkshop, clock: () => Date): Command {
  return new Command("doctor")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .option("--prune", "delete all that is older than it is kept for, where the worker deletes a day's share a day")
    .action(async (options: { readonly data?: string; readonly prune?: boolean }) => {
      process.exitCode = options.prune
        ? await changeStoreAlone(options, async (db) => {
            process.stdout.write(`${await pruneAll(db)}\n`);
            return 0;
          })
        : await readStore(options, (db, { databaseUrl, dataDir }) =>
            report(db, () => openWorkshop({ databaseUrl, dataDir: options.data ?? dataDir }), clock()),
          );
    });
}

/** Resolves to the exit code. */
async function report(db: Db, workshop: () => Promise<Workshop>, now: Date): Promise<number> {
  const findings = [...(await examine(db, now)), ...(await keyOfDestinations(db, workshop))];
  for (const { sound, text } of findings) process.stdout.write(`${sound ? "ok   " : "WRONG"}  ${text}\n`);
  return findings.every(({ sound }) => sound) ? 0 : 1;
}

/** Nothing where there are no destinations. */
async function keyOfDestinations(db: Db, workshop: () => Promise<Workshop>): Promise<Finding[]> {
  const { count, faults } = await unopened(db, workshop);
  if (faults.length > 0) return faults.map((text) => ({ sound: false, text }));
  return count === 0 ? [] : [{ sound: true, text: `The key opens the settings of all destinations (${count}).` }];
}
