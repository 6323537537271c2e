import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { replaceFile } from "#cli/replace-file.ts";
import type { Weights } from "#model/weights.ts";
import { WEIGHTS_FILE } from "#pack/pack.ts";
import { weightsText } from "#pack/weights.ts";

/** What was adopted before, for the way back. */
const BEFORE_FILE = "weights.before.json";
/** What stands there when the pack had no weights of its own. */
const NO_WEIGHTS = "null\n";

/** Keeps weights as those of a pack; what was there, or that nothing was, stays beside them. */
export function adopt(dir: string, weights: Weights, note: string): void {
  const file = join(dir, WEIGHTS_FILE);
  replaceFile(join(dir, BEFORE_FILE), existsSync(file) ? readFileSync(file, "utf8") : NO_WEIGHTS);
  replaceFile(file, weightsText(weights, note));
  console.log(`Adopted in ${file}. Running workers take it at their next start; \`learn --back\` undoes it.`);
}

/** Takes what was adopted before again. Returns the exit code. */
export function goBack(dir: string): number {
  const [file, before] = [join(dir, WEIGHTS_FILE), join(dir, BEFORE_FILE)];
  if (!existsSync(before)) {
    console.error(`There is nothing to go back to: ${before} does not exist.`);
    return 1;
  }
  if (readFileSync(before, "utf8") !== NO_WEIGHTS) {
    renameSync(before, file);
    console.log(`${file} is again what it was before.`);
    return 0;
  }
  rmSync(file, { force: true });
  rmSync(before);
  console.log(`${file} is gone again: the pack has the general weights, as before.`);
  return 0;
}

/** Asks a person at a terminal; who is at none has not said yes. */
export async function isWanted({ stdin, stdout }: Pick<NodeJS.Process, "stdin" | "stdout">): Promise<boolean> {
  if (!stdin.isTTY || !stdout.isTTY) return false;
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question("Adopt it? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}
