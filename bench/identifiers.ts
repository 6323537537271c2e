import { measured, PARTS } from "#support/identifiers.ts";
import { optionsOf } from "./options.ts";

/**
 * How well numbers of bills, cases and acts are found in labelled sentences; what is wrong is shown of the part that `--show`
 * names.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("identifiers", args, { show: "tuned" });
  process.stdout.write("part       with  without  precision  recall\n");
  for (const part of PARTS) {
    const { named, bare, precision, recall, faults } = measured(part);
    const counts = `${String(named).padStart(7)}${String(bare).padStart(9)}`;
    const rates = `${(100 * precision).toFixed(1).padStart(11)}${(100 * recall).toFixed(1).padStart(8)}`;
    process.stdout.write(`${part.padEnd(8)}${counts}${rates}\n`);
    if (values.show === part) for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  }
}
