import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { exported } from "#store/transfer.ts";
import { readStore } from "./look-up.ts";

/** `policywire export`: the whole store as JSON lines. */
export function exportCommand(): Command {
  return new Command("export")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: { readonly data?: string }) => {
      process.exitCode = await readStore(options, async (db) => {
        await pipeline(Readable.from(asLines(exported(db, new Date()))), process.stdout);
        return 0;
      });
    });
}

async function* asLines(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}
