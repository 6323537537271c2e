import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPack, WEIGHTS_FILE } from "#pack/pack.ts";
import { readWeights } from "#pack/weights.ts";
import { compileRules, judge, type Rules } from "#pipeline/tag/tag.ts";
import { randomFrom } from "#support/random.ts";
import { heapMb } from "./heap.ts";
import { proseOf } from "./prose.ts";

/** Of so many articles words come often enough that what is kept of them has grown as far as it may. */
const ARTICLES = 5_000;
const LENGTH = 1_000;

/** What is held more, in MB, once articles were judged by a pack's rules and weights than by its rules alone: weights, features, word vectors. */
export function learnedPartMb(dir: string): number {
  const loaded = loadPack(dir, { namesAlone: true });
  if (!loaded.ok) throw new Error(`${dir} does not load: npm run policywire -- check`);
  const rules = compileRules(loaded.pack);
  const prose = proseOf(loaded.pack, ARTICLES * LENGTH, randomFrom(1));
  judgeAll(prose, rules);
  const before = heapMb();
  const weights = readWeights(readFileSync(join(dir, WEIGHTS_FILE), "utf8"));
  if (typeof weights === "string") throw new Error(weights);
  const taught = { ...rules, pack: { ...rules.pack, weights } };
  judgeAll(prose, taught);
  const more = heapMb() - before;
  // Whatever the collector thinks of it, all is held until here.
  return judge({ title: prose.slice(0, LENGTH), text: "" }, taught).scores === null ? Number.NaN : more;
}

function judgeAll(prose: string, rules: Rules): void {
  for (let at = 0; at < prose.length; at += LENGTH)
    judge({ title: prose.slice(at, at + 80), text: prose.slice(at + 80, at + LENGTH) }, rules);
}
