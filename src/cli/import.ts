import { Command } from "commander";
import { complain } from "#settings/problem.ts";
import { openEmpty, type Where } from "#store/engine/database.ts";
import { lockFolder } from "#store/engine/lock.ts";
import { importInto } from "#store/transfer.ts";
import { linesOf } from "./json-lines.ts";
import { withConfig } from "./with-config.ts";

/** `policywire import`: fills an empty store from an export. */
export function importCommand(): Command {
  return new Command("import")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: { readonly data?: string }) => {
      process.exitCode = await withConfig(({ databaseUrl, dataDir }) =>
        fill({ url: databaseUrl, dataDir: options.data ?? dataDir }, linesOf(process.stdin)),
      );
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
