import { parseArgs } from "node:util";
import { loadPack } from "#pack/pack.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { isHeldOut, itemsIn, LANGUAGES, readItems, scoreOf } from "#support/languages.ts";

/** How well items of our own in other languages are read, those that no word was made with in view apart. `--all` scores these. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { all: { type: "boolean" } } });
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
  const rules = compileRules(loaded.pack);
  console.log("language  items  relevance  points  stage  certainty");
  for (const language of LANGUAGES) {
    for (const held of values.all === true ? [false, true] : [false]) {
      const items = itemsIn(language).filter((item) => isHeldOut(item) === held);
      const { relevance, points, stage, certainty } = scoreOf(readItems(language, rules, items), rules);
      const figures = [relevance, points, stage, certainty].map((figure) => figure.toFixed(0).padStart(6));
      console.log(`${language}${held ? " held out" : ""}`.padEnd(14), items.length, figures.join("  "));
    }
  }
}
