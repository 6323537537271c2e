import { parseArgs } from "node:util";
import type { Pack } from "#model/pack.ts";
import { tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { type Placed, phrasesOf } from "#pipeline/tag/rules.ts";
import { compileRules, findIn, judgeFindings, type Rules } from "#pipeline/tag/tag.ts";
import { createUse } from "#pipeline/tag/use.ts";
import { type Item, readWindows } from "./windows.ts";

/**
 * What it costs to drop a point's phrases that decide nothing, with the weights that a pack has: `npm run bench -- dropped --data DIR
 * [--pack PACK] [--only WINDOW]`. Before a window is judged those are dropped that decided nothing of all the other windows. A line a
 * point: its phrases, how many of them decide nothing of any window, F1 with all of them, F1 without those dropped.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      only: { type: "string", multiple: true },
      pack: { type: "string", default: "feeds/ai-policy" },
    },
  });
  if (values.data === undefined) throw new Error("Which data? --data DIR");
  const loaded = loadPack(values.pack);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("; "));
  const { pack } = loaded;
  const rules = compileRules(pack);
  const windows = await readWindows(values.data, rules);
  const used = new Map([...windows].map(([name, items]) => [name, usedIn(items, rules)]));
  const [all, kept] = [countsOf(pack), countsOf(pack)];
  for (const name of values.only ?? windows.keys()) {
    const elsewhere = new Set([...used].flatMap(([other, keys]) => (other === name ? [] : [...keys])));
    count(all, windows.get(name)!, rules);
    count(kept, windows.get(name)!, compileRules(without(pack, (phrase) => !elsewhere.has(keyOf(phrase)))));
  }
  const everywhere = new Set([...used.values()].flatMap((keys) => [...keys]));
  console.log("point | phrases | decide nothing | F1 with all | F1 without");
  for (const { id } of pack.points) {
    const own = [...phrasesOf(pack)].filter((phrase) => ownerOf(phrase) === id);
    const idle = own.filter((phrase) => !everywhere.has(keyOf(phrase)));
    console.log(`${id} | ${own.length} | ${idle.length} | ${f1(all.get(id)!)} | ${f1(kept.get(id)!)}`);
  }
  const sum = (counts: Counts) =>
    f1(
      [...counts.values()].reduce(({ said, there, right }, one) => ({
        said: said + one.said,
        there: there + one.there,
        right: right + one.right,
      })),
    );
  console.log(`all | | | ${sum(all)} | ${sum(kept)}`);
}

const POINT_ROLES = new Set(["strong", "weak", "exclude"]);

/** The point that a phrase is of, if it is one's. */
const ownerOf = ({ role }: Placed): string | null =>
  POINT_ROLES.has(role.kind) && "owner" in role ? String(role.owner) : null;

const keyOf = (phrase: Placed): string => `${ownerOf(phrase)} ${phrase.role.kind} ${phrase.source}`;

function usedIn(items: readonly Item[], rules: Rules): ReadonlySet<string> {
  const use = createUse(rules);
  for (const { labelled } of items) use.look(articleIn(labelled), labelled.publisher);
  const idle = new Set(use.unused().map(keyOf));
  return new Set([...phrasesOf(rules.pack)].map(keyOf).filter((key) => !idle.has(key)));
}

/** A pack without some of its points' phrases. */
function without(pack: Pack, isDropped: (phrase: Placed) => boolean): Pack {
  const dropped = new Set([...phrasesOf(pack)].filter((each) => ownerOf(each) !== null && isDropped(each)).map(keyOf));
  return {
    ...pack,
    points: pack.points.map((point) => ({
      ...point,
      strong: point.strong.filter((source) => !dropped.has(`${point.id} strong ${source}`)),
      weak: point.weak.filter((source) => !dropped.has(`${point.id} weak ${source}`)),
      exclude: point.exclude.filter(({ phrase }) => !dropped.has(`${point.id} exclude ${phrase}`)),
    })),
  };
}

type Count = { said: number; there: number; right: number };
type Counts = ReadonlyMap<string, Count>;

const countsOf = ({ points }: Pack): Counts => new Map(points.map(({ id }) => [id, { said: 0, there: 0, right: 0 }]));

const f1 = ({ said, there, right }: Count): string =>
  said + there === 0 ? "–" : ((200 * right) / (said + there)).toFixed(0);

function count(counts: Counts, items: readonly Item[], rules: Rules): void {
  for (const { labelled } of items) {
    const { labels, publisher } = labelled;
    const { tags } = judgeFindings(findIn(articleIn(labelled), rules, publisher), rules, publisher).tagging;
    const said = new Set(tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : [])));
    for (const [id, of] of counts) {
      if (labels.maybe.includes(id) || labels.judged?.includes(id) === false) continue;
      of.said += Number(said.has(id));
      of.there += Number(labels.points.includes(id));
      of.right += Number(said.has(id) && labels.points.includes(id));
    }
  }
}

const articleIn = ({ findings, at }: Item["labelled"]) => ({ ...findings.document.article, publishedAt: at });
