import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type LabelLine, labelledOf } from "#cli/learn/labels.ts";
import { readLabels } from "#cli/learn/read-labels.ts";
import type { Pack } from "#model/pack.ts";
import { loadPack } from "#pack/pack.ts";
import { fitWeights } from "#pipeline/tag/fit.ts";
import { byTime } from "#pipeline/tag/held-out.ts";
import { matrixOf } from "#pipeline/tag/matrix.ts";
import { compileRules, type Rules } from "#pipeline/tag/tag.ts";
import type { Labelled } from "#pipeline/tag/tasks.ts";

export type Item = { readonly line: LabelLine; readonly labelled: Labelled };

/** A stretch of labelled items, and the pack with weights that never saw its days. */
export type Window = { readonly name: string; readonly items: readonly Item[]; readonly taught: Rules };

/** The rules of a pack alone, and one window after the other. */
export type Windows = { readonly rules: Rules; readonly each: AsyncIterable<Window> };

/**
 * Each window of labelled items with weights that were fitted without it: `--data DIR [--also FILE …] [--only WINDOW]`. DIR holds
 * `dev/WINDOW.jsonl` and `gold/WINDOW.jsonl`; what stands under `--also` is learned from, and never judged. Items of a window's days
 * that lie in other files are left out of what is learned.
 */
export async function windowsOf(args: readonly string[]): Promise<Windows> {
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
  const windows = await readWindows(values.data, rules);
  const also = (await Promise.all(values.also.map((file) => itemsOf([file], rules)))).flat();
  return { rules, each: eachOf(windows, values.only ?? [...windows.keys()], also, rules.pack) };
}

/** The windows that a folder holds, by name. */
export async function readWindows(data: string, rules: Rules): Promise<ReadonlyMap<string, readonly Item[]>> {
  const names = readdirSync(join(data, "gold"))
    .map((file) => file.replace(/\.jsonl$/, ""))
    .filter((name) => /^tags-(stream-|news$)/.test(name));
  const windows = new Map<string, readonly Item[]>();
  for (const name of names) {
    const files = ["dev", "gold"].map((part) => join(data, part, `${name}.jsonl`));
    windows.set(name, await itemsOf(files, rules));
  }
  return windows;
}

async function* eachOf(
  windows: ReadonlyMap<string, readonly Item[]>,
  names: readonly string[],
  also: readonly Item[],
  pack: Pack,
): AsyncGenerator<Window> {
  const rules = compileRules(pack);
  for (const name of names) {
    const items = windows.get(name)!;
    const days = new Set(items.flatMap(({ labelled }) => dayOf(labelled) ?? []));
    const others = [...windows].flatMap(([other, some]) => (other === name ? [] : some));
    const learned = [...others, ...also]
      .filter(({ labelled }) => !days.has(dayOf(labelled) ?? ""))
      .map(({ labelled }) => labelled);
    const { weights } = await fitWeights(matrixOf(learned, rules), rules, byTime(learned, 3));
    yield { name, items, taught: compileRules({ ...pack, weights }) };
  }
}

async function itemsOf(files: readonly string[], rules: Rules): Promise<readonly Item[]> {
  const lines = await readLabels(files, rules.pack);
  if (typeof lines === "string") throw new Error(lines);
  return lines.flatMap((line) => labelledOf(line, rules).map((labelled) => ({ line, labelled })));
}

const dayOf = ({ at }: Labelled): string | undefined => at?.toISOString().slice(0, 10);
