import { Buffer } from "node:buffer";
import { Command } from "commander";
import { z } from "zod";
import { readPdfAside } from "#pipeline/extract/page.ts";
import { eachLine, type Streams } from "./json-lines.ts";

const PAGE = z.object({ id: z.string(), url: z.string(), html: z.string() });
const DOCUMENT = z.object({ id: z.string(), pdf: z.base64() });
const LINE = z.union([PAGE, DOCUMENT]);

/** `policywire extract`: the text of pages (`html`) and of PDFs (`pdf`, in base64) read as JSON lines. */
export function extractCommand(): Command {
  return new Command("extract").action(async () => {
    const streams = { input: process.stdin, output: process.stdout };
    if ((await extractLines(streams)) > 0) process.exitCode = 1;
  });
}

/** Resolves to the number of lines that could not be read. */
export const extractLines = (streams: Streams): Promise<number> => eachLine(streams, LINE, answer);

async function answer(line: z.infer<typeof LINE>): Promise<object> {
  const { id } = line;
  if ("pdf" in line) {
    const read = await readPdfAside(Buffer.from(line.pdf, "base64"));
    return { id, ...(read.kind === "done" ? read.value : { failed: read.why }) };
  }
  // Loaded only here: a DOM takes 35 MB.
  const { extract } = await import("#pipeline/extract/extract.ts");
  return { id, ...extract(line.html, line.url) };
}
