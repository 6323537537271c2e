import { Command } from "commander";
import { examine } from "#store/doctor.ts";
import { readStore } from "./look-up.ts";

/** `policywire doctor`: examines the store, and says what to do. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: { readonly data?: string }) => {
      process.exitCode = await readStore(options, async (db) => {
        const findings = await examine(db, new Date());
        for (const { sound, text } of findings) process.stdout.write(`${sound ? "ok   " : "WRONG"}  ${text}\n`);
        return findings.every(({ sound }) => sound) ? 0 : 1;
      });
    });
}
