import { Command } from "commander";
import { loadConfig } from "#app/config.ts";
import { problemLine } from "#app/problem.ts";
import { openDatabase } from "#store/database.ts";
import { SCHEMA_VERSION } from "#store/migrate.ts";

/** `policywire migrate`: what workers and bots that share a store leave to one. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("bring the database up to date, before the workers and the bot of a new version start")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async ({ data }: { readonly data?: string }) => {
      const outcome = loadConfig();
      const { databaseUrl, dataDir } = outcome.config;
      const faults = outcome.ok ? [] : outcome.problems.map(problemLine);
      const opening = faults.length > 0 ? null : await openDatabase({ url: databaseUrl, dataDir: data ?? dataDir });
      if (opening?.kind === "opened") {
        process.stdout.write(`The database is up to date (schema ${SCHEMA_VERSION}).\n`);
        return opening.database.close();
      }
      for (const fault of opening === null ? faults : [opening.reason]) process.stderr.write(`${fault}\n`);
      process.exitCode = 1;
    });
}
