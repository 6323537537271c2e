import { Command } from "commander";
import { type Config, loadConfig } from "#app/config.ts";
import { problemLine } from "#app/problem.ts";

type RunOptions = { readonly once?: boolean; readonly pack?: string; readonly data?: string };

/** `policywire run`; `run` does the work and resolves to the exit code. */
export function runCommand(run: (config: Config, options: { once: boolean }) => Promise<number>): Command {
  return new Command("run")
    .description(
      "Poll the pack's feeds and post what moved: to Discord when DISCORD_TOKEN is set, else in the terminal.",
    )
    .option("--once", "end after one round over all feeds")
    .option("--pack <dir>", "the pack to load (POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (POLICYWIRE_DATA)")
    .action(async ({ once = false, pack, data }: RunOptions) => {
      const outcome = loadConfig();
      if (!outcome.ok) {
        for (const problem of outcome.problems) process.stderr.write(`${problemLine(problem)}\n`);
        process.exitCode = 1;
        return;
      }
      const { config } = outcome;
      const chosen = { ...config, packDir: pack ?? config.packDir, dataDir: data ?? config.dataDir };
      process.exitCode = await run(chosen, { once });
    });
}
