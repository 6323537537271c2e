import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type LabelLine, labelledOf } from "#cli/learn/labels.ts";
import { readLabels } from "#cli/learn/read-labels.ts";
import { type Pack, stageGroups } from "#model/pack.ts";
import { idOn, type Tagging, tagsOn } from "#model/tag.ts";
import { loadPack } from "#pack/pack.ts";
import { fitWeights } from "#pipeline/tag/fit.ts";
import { byTime } from "#pipeline/tag/held-out.ts";
import { matrixOf } from "#pipeline/tag/matrix.ts";
import { publisherNamed } from "#pipeline/tag/publisher.ts";
import { compileRules, judge, type Rules } from "#pipeline/tag/tag.ts";
import type { Labelled } from "#pipeline/tag/tasks.ts";

/**
 * Judges each window of labelled items by weights that were fitted without it, beside the rules alone: `npm run bench -- judge
 * --data DIR [--also FILE …] [--only WINDOW]`. DIR holds `dev/WINDOW.jsonl` and `gold/WINDOW.jsonl`; what stands under `--also`
 * is learned from, and never judged. Items of a window's days that lie in other files are left out of what is learned.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      also: { type: "string", multiple: true, default: [] },
      only: { type: "string", multiple: true },
      pack: { type: "string", default: "feeds/ai-policy" },
    },
  });
  if (values.data === undefined) throw new Error("Which data? --data DIR");
  const loaded = loadPack(values.pack);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("; "));
  const pack = { ...loaded.pack, weights: null };
  const rules = compileRules(pack);
  const names = readdirSync(join(values.data, "gold"))
    .map((file) => file.replace(/\.jsonl$/, ""))
    .filter((name) => /^tags-(stream-|news$)/.test(name));
  const windows = new Map<string, readonly Item[]>();
  for (const name of names) {
    const files = ["dev", "gold"].map((part) => join(values.data!, part, `${name}.jsonl`));
    windows.set(name, await itemsOf(files, rules));
  }
  const also = (await Promise.all(values.also.map((file) => itemsOf([file], rules)))).flat();
  console.log(
    "window                    relevance P/R/F1   points P/R/F1      stage P/R   certainty   (the rules alone)",
  );
  for (const name of values.only ?? names) {
    const judged = windows.get(name)!;
    const days = new Set(judged.flatMap(({ labelled }) => dayOf(labelled) ?? []));
    const others = [...windows].flatMap(([other, items]) => (other === name ? [] : items));
    const learned = [...others, ...also]
      .filter(({ labelled }) => !days.has(dayOf(labelled) ?? ""))
      .map(({ labelled }) => labelled);
    const { weights } = await fitWeights(matrixOf(learned, rules), rules, byTime(learned, 3));
    const taught = compileRules({ ...pack, weights });
    console.log(`${name.padEnd(24)}  ${lineOf(judged, taught)}   (${lineOf(judged, rules)})`);
  }
}

type Item = { readonly line: LabelLine; readonly labelled: Labelled };

async function itemsOf(files: readonly string[], rules: Rules): Promise<readonly Item[]> {
  const lines = await readLabels(files, rules.pack);
  if (typeof lines === "string") throw new Error(lines);
  return lines.flatMap((line) => labelledOf(line, rules).map((labelled) => ({ line, labelled })));
}

const dayOf = ({ at }: Labelled): string | undefined => at?.toISOString().slice(0, 10);

/** Of claims, right ones and those there were to make: what is counted of any answer. */
class Count {
  said = 0;
  there = 0;
  right = 0;

  add(said: boolean, there: boolean, right = said && there): void {
    this.said += Number(said);
    this.there += Number(there);
    this.right += Number(right);
  }

  toString(): string {
    const percent = (part: number, whole: number) => (whole === 0 ? "–" : ((100 * part) / whole).toFixed(0));
    return `${percent(this.right, this.said)}/${percent(this.right, this.there)}/${percent(2 * this.right, this.said + this.there)}`;
  }
}

function lineOf(items: readonly Item[], rules: Rules): string {
  const [relevance, points, stage, certainty] = [new Count(), new Count(), new Count(), new Count()];
  const groupOf = groupsOf(rules.pack);
  for (const { line, labelled } of items) {
    const article = { title: line.title ?? "", text: line.text ?? "", publishedAt: labelled.at };
    const { tagging } = judge(article, rules, publisherNamed(line.source, rules));
    const { labels } = labelled;
    if (labels.relevant !== "border") relevance.add(tagging.relevant, labels.relevant === "yes");
    const said = strongPoints(tagging).filter(
      (id) => !labels.maybe.includes(id) && (labels.judged?.includes(id) ?? true),
    );
    for (const id of new Set([...said, ...labels.points])) points.add(said.includes(id), labels.points.includes(id));
    if (labels.relevant === "yes" && line.facets === true) {
      const [claimed, true_] = [groupOf(idOn(tagging.tags, "stage")), groupOf(labels.stage ?? null)];
      stage.add(claimed !== null, true_ !== null, claimed !== null && claimed === true_);
    }
    if (labels.certainty !== null) {
      const is = idOn(tagging.tags, "certainty");
      certainty.add(true, true, is === labels.certainty);
    }
  }
  return [relevance, points, stage, certainty].map((count) => String(count).padEnd(10)).join("  ");
}

const strongPoints = ({ tags }: Tagging): readonly string[] =>
  tagsOn(tags, "point").flatMap(({ id, strength }) => (strength === "strong" ? [id] : []));

/** The group of a stage; null for those that say that nothing is decided. */
function groupsOf({ facets }: Pack): (id: string | null) => string | null {
  const { of, open } = stageGroups(facets);
  return (id) => {
    const group = id === null ? open : (of.get(id) ?? open);
    return group === open ? null : group;
  };
}
