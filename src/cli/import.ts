import { Command } from "commander";
import { loadConfig } from "#settings/config.ts";
import { complain, problemLine } from "#settings/problem.ts";
import { openEmpty, type Where } from "#store/engine/database.ts";
import { lockFolder } from "#store/engine/lock.ts";
import { importInto } from "#store/transfer.ts";
import { linesOf } from "./json-lines.ts";

/** `policywire import`: fills an empty store from an export. */
export function importCommand(): Command {
  return new Command("import")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: { readonly data?: string }) => {
      const loaded = loadConfig();
      if (!loaded.ok) process.exitCode = complain(loaded.problems.map(problemLine));
      else {
        const { databaseUrl, dataDir } = loaded.config;
        process.exitCode = await fill({ url: databaseUrl, dataDir: options.data ?? dataDir }, linesOf(process.stdin));
      }
    });
}

/** Resolves to the exit code. */
async function fill(where: Where, lines: AsyncIterable<string>): Promise<number> {
  const locking = await lockFolder(where);
  if (locking.kind === "refused") return complain([locking.reason]);
  try {
    const opening = await openEmpty(where);
    if (opening.kind === "refused") return complain([opening.reason]);
    const { db, close } = opening.database;
    try {
      const imported = await importInto(db, lines);
      if (imported.kind === "refused") return complain([`${imported.reason} Nothing was imported.`]);
      process.stdout.write(`Imported ${imported.rows} rows.\n`);
      return 0;
    } finally {
      await close();
    }
  } finally {
    locking.database.release();
  }
}
