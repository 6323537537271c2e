import { createReadStream, statSync } from "node:fs";
import { linesOf, readLine } from "#cli/json-lines.ts";
import type { Pack } from "#model/pack.ts";
import { type LabelLine, labelLine, merged, strangerIn } from "./labels.ts";

/**
 * Every line of the files, those of one id put together; or in words what cannot be read, with its file and line. Where the labels are to
 * mean something to a pack, every id in them has to be one of its own.
 */
export async function readLabels(files: readonly string[], pack: Pack | null): Promise<readonly LabelLine[] | string> {
  const byId = new Map<string, LabelLine>();
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return `${file}: no such file`;
    if (found.isDirectory()) return `${file}: a folder, not a file. Name the files in it, as ${file}/*.jsonl does.`;
    let number = 0;
    for await (const line of linesOf(createReadStream(file))) {
      number += 1;
      if (line.trim() === "") continue;
      const read = readLine(line, labelLine);
      if (!read.ok) return `${file}:${number}: ${read.error}`;
      const stranger = pack === null ? null : strangerIn(read.value, pack);
      if (stranger !== null) return `${file}:${number}: ${stranger}`;
      const { id } = read.value;
      byId.set(id, merged(byId.get(id), read.value));
    }
  }
  return [...byId.values()];
}
