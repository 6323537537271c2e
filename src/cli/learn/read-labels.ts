import { createReadStream, existsSync } from "node:fs";
import { linesOf, readLine } from "#cli/json-lines.ts";
import { type LabelLine, labelLine, merged } from "./labels.ts";

/** Every line of the files, those of one id put together; or in words what cannot be read, with its file and line. */
export async function readLabels(files: readonly string[]): Promise<readonly LabelLine[] | string> {
  const byId = new Map<string, LabelLine>();
  for (const file of files) {
    if (!existsSync(file)) return `${file}: no such file`;
    let number = 0;
    for await (const line of linesOf(createReadStream(file))) {
      number += 1;
      if (line.trim() === "") continue;
      const read = readLine(line, labelLine);
      if (!read.ok) return `${file}:${number}: ${read.error}`;
      const { id } = read.value;
      byId.set(id, merged(byId.get(id), read.value));
    }
  }
  return [...byId.values()];
}
