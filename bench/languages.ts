import { parseArgs } from "node:util";
import { loadPack } from "#pack/pack.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { isHeldOut, itemsIn, LANGUAGES, readItems, scoreOf } from "#support/languages.ts";

/**
 * How well items of our own in other languages are read: those in view, and with `--all` those that no word was chosen with in view
 * and all sixty. F1 of relevance and points; stages, by group, and certainties right in percent.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { all: { type: "boolean" } } });
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  const rules = compileRules(loaded.pack);
  console.log("items        relevance  points  stage  certainty");
  for (const language of LANGUAGES) {
    const items = itemsIn(language);
    const parts = {
      "in view": items.filter((item) => !isHeldOut(item)),
      "held out": items.filter(isHeldOut),
      all: items,
    };
    for (const [part, some] of Object.entries(parts).slice(0, values.all === true ? undefined : 1)) {
      const { relevance, points, stage, certainty } = scoreOf(readItems(language, rules, some), rules);
      const figures = [relevance, points, stage, certainty].map((figure) => figure.toFixed(0).padStart(6));
      console.log(`${language} ${part}`.padEnd(12), figures.join("  "), `  of ${some.length}`);
    }
  }
}
