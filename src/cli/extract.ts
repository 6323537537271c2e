import { Command } from "commander";
import { z } from "zod";
import { eachLine } from "./json-lines.ts";

const LINE = z.object({ id: z.string(), url: z.string(), html: z.string() });

export function extractCommand(): Command {
  return new Command("extract").action(async () => {
    // Loaded only here: a DOM takes 35 MB.
    const { extract } = await import("#pipeline/extract/extract.ts");
    const answer = ({ id, url, html }: z.infer<typeof LINE>) => ({ id, ...extract(html, url) });
    if ((await eachLine({ input: process.stdin, output: process.stdout }, LINE, answer)) > 0) process.exitCode = 1;
  });
}
