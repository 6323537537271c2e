import { QUOTE_SETS, readLabelled, scoreOf } from "#support/quotes.ts";
import { optionsOf } from "./options.ts";

/** Percent of what is found that is right, and of what is there that is found. */
const BARS = { precision: 97, recall: 90 };

/** How well who said what is read in the labelled texts. `--show "made on"` lists what is wrong in those that it was made on. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("quotes", args, { show: undefined });
  process.stdout.write("texts      quotes  precision  recall  office\n");
  for (const set of Object.keys(QUOTE_SETS) as (keyof typeof QUOTE_SETS)[]) {
    const texts = readLabelled(set);
    const { labelled, precision, recall, offices } = scoreOf(texts);
    const figures = [precision, recall, offices].map((percent) => percent.toFixed(1).padStart(8)).join("");
    process.stdout.write(`${set.padEnd(11)}${String(labelled).padStart(6)}  ${figures}\n`);
    if (precision < BARS.precision || recall < BARS.recall) process.exitCode = 1;
    if (values.show !== set) continue;
    for (const { text, wrong, missed } of texts) {
      if (wrong.length + missed.length === 0) continue;
      process.stdout.write(
        `\n${text}\n${[...wrong.map((w) => `  + ${w}`), ...missed.map((m) => `  - ${m}`)].join("\n")}\n`,
      );
    }
  }
}
