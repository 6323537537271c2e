import { labelledDeadlines, PARTS, scoreOf } from "#support/deadlines.ts";
import { optionsOf } from "./options.ts";

/**
 * How well days to come are read from labelled sentences of official texts and of the press, of the part that rules are made by, of
 * the part that is held apart and of another hand; with `--errors true` what went wrong in the first.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("deadlines", args, { errors: "false" });
  process.stdout.write("part      texts   set  found  precision  recall\n");
  for (const part of PARTS) {
    const labelled = labelledDeadlines(part);
    const { set, found, precision, recall } = scoreOf(labelled);
    const figures = [labelled.length, set, found].map((count) => String(count).padStart(6)).join("");
    process.stdout.write(
      `${part.padEnd(8)}${figures}${(100 * precision).toFixed(1).padStart(11)}${(100 * recall).toFixed(1).padStart(8)}\n`,
    );
  }
  if (values.errors !== "true") return;
  for (const { text, set, found } of labelledDeadlines("tuned")) {
    if (set.toSorted().join() !== found.toSorted().join())
      process.stdout.write(`\n${text}\n  set:   ${set.join("; ") || "-"}\n  found: ${found.join("; ") || "-"}\n`);
  }
}
