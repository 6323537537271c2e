import { fchmodSync, fstatSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { complain } from "#settings/problem.ts";
import { exported } from "#store/transfer.ts";
import { readStore } from "./look-up.ts";

/** `policywire export`: the whole store as JSON lines, in a file that nobody else reads where the output is one. */
export function exportCommand(clock: () => Date): Command {
  return new Command("export")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: { readonly data?: string }) => {
      process.exitCode = await readStore(options, async (db) => {
        const missed: string[] = [];
        if (fstatSync(process.stdout.fd).isFile()) fchmodSync(process.stdout.fd, 0o600);
        const values = exported(db, clock(), (sentence) => missed.push(sentence));
        await pipeline(Readable.from(asLines(values)), process.stdout);
        return missed.length === 0
          ? 0
          : complain(["The store is damaged: this export holds what can be read.", ...missed]);
      });
    });
}

async function* asLines(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}
