import { Command } from "commander";
import type { Config } from "#settings/config.ts";
import { complain } from "#settings/problem.ts";
import { backUp } from "#store/backup.ts";
import { withConfig } from "./with-config.ts";

/** `policywire backup FILE`: a copy of the embedded database. */
export function backupCommand(): Command {
  return new Command("backup")
    .argument("<file>", "the copy to make, in a folder that is there; it must not be there yet")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (file: string, options: { readonly data?: string }) => {
      process.exitCode = await withConfig((config) => copy(file, config, options.data));
    });
}

/** Resolves to the exit code. */
async function copy(file: string, config: Config, dataDir: string | undefined): Promise<number> {
  if (config.databaseUrl !== null) {
    return complain(["DATABASE_URL names a PostgreSQL: back it up with its own pg_dump, or with `policywire export`."]);
  }
  const copied = await backUp(dataDir ?? config.dataDir, file);
  if (copied.kind === "refused") return complain([copied.reason]);
  process.stdout.write(
    `${file} is a whole copy. To restore it, stop the bot and put it in the data folder as policywire.db.\n`,
  );
  return 0;
}
