import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { editorSchemas } from "#pack/json-schema.ts";

export function schemaCommand(): Command {
  return new Command("schema")
    .option("--out <dir>", "folder to write to", "feeds/schema")
    .action(({ out }: { out: string }) => {
      mkdirSync(out, { recursive: true });
      for (const { name, text } of editorSchemas()) {
        writeFileSync(join(out, name), text);
        process.stdout.write(`${join(out, name)}\n`);
      }
    });
}
