import { Command } from "commander";
import type { Config } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { openDatabase } from "#store/engine/database.ts";
import { SCHEMA_VERSION } from "#store/migrate.ts";
import { withConfig } from "./with-config.ts";

/** `policywire migrate`: what workers and bots that share a store leave to one. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async ({ data }: { readonly data?: string }) => {
      process.exitCode = await withConfig((config) => bringUpToDate(config, data));
    });
}

async function bringUpToDate({ databaseUrl, dataDir }: Config, data: string | undefined): Promise<number> {
  const opening = await openDatabase({ url: databaseUrl, dataDir: data ?? dataDir });
  if (opening.kind === "refused") return complain([opening.reason]);
  process.stdout.write(`The database is up to date (schema ${SCHEMA_VERSION}).\n`);
  await opening.database.close();
  return 0;
}
