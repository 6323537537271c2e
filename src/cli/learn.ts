import { createReadStream, existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Pack } from "#model/pack.ts";
import { loadPack, WEIGHTS_FILE } from "#pack/pack.ts";
import { weightsText } from "#pack/weights.ts";
import { byTime, fitWeights, type Lesson, matrixOf } from "#pipeline/tag/fit.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { loadConfig } from "#settings/config.ts";
import { problemLine } from "#settings/problem.ts";
import { linesOf, readLine } from "./json-lines.ts";
import { type LabelLine, labelLine, labelledOf, merged } from "./learn/labels.ts";

/** What was adopted before, for the way back. */
const BEFORE_FILE = "weights.before.json";
/** Stretches of time that are held out in turn to see what the weights are worth. */
const PARTS = 4;

type LearnOptions = { readonly pack?: string; readonly adopt?: boolean; readonly back?: boolean };

/** `policywire learn`: fits the weights of a pack to labelled items. */
export function learnCommand(): Command {
  return new Command("learn")
    .argument("[files...]", "JSON lines of labelled items; lines of one id are put together (docs/learning.md)")
    .option("--pack <dir>", "the pack to teach (POLICYWIRE_PACK)")
    .option("--adopt", "keep what was learned: the pack's weights from the next start on")
    .option("--back", "take the weights that were adopted before the last ones")
    .action(async (files: readonly string[], options: LearnOptions) => {
      process.exitCode = await learn(files, options);
    });
}

async function learn(files: readonly string[], options: LearnOptions): Promise<number> {
  const dir = options.pack ?? loadConfig().config.packDir;
  const loaded = loadPack(dir);
  if (!loaded.ok) {
    for (const problem of loaded.problems) console.error(problemLine(problem));
    return 1;
  }
  if (options.back === true) return goBack(dir);
  if (files.length === 0) {
    console.error("No labelled items: name one file or more (docs/learning.md says what stands in them).");
    return 2;
  }
  const lines = await readAll(files);
  if (typeof lines === "string") {
    console.error(lines);
    return 1;
  }
  const { lesson, items } = teach(lines, loaded.pack);
  const note = noteOf(lesson, items);
  console.log(note);
  if (options.adopt !== true) {
    console.log("Nothing is changed. `--adopt` keeps it.");
    return 0;
  }
  const file = join(dir, WEIGHTS_FILE);
  if (existsSync(file)) renameSync(file, join(dir, BEFORE_FILE));
  writeFileSync(file, weightsText(lesson.weights, note));
  console.log(`Adopted in ${file}. Running workers take it at their next start; \`learn --back\` undoes it.`);
  return 0;
}

/** Every line of the files, those of one id put together; or in words what cannot be read. */
async function readAll(files: readonly string[]): Promise<readonly LabelLine[] | string> {
  const byId = new Map<string, LabelLine>();
  for (const file of files) {
    if (!existsSync(file)) return `${file}: no such file`;
    let number = 0;
    for await (const line of linesOf(createReadStream(file))) {
      number += 1;
      if (line.trim() === "") continue;
      const read = readLine(line, labelLine);
      if (!read.ok) return `${file}:${number}: ${read.error}`;
      const { id } = read.value;
      byId.set(id, merged(byId.get(id), read.value));
    }
  }
  return [...byId.values()];
}

function teach(lines: readonly LabelLine[], pack: Pack): { readonly lesson: Lesson; readonly items: number } {
  const rules = compileRules(pack);
  const items = lines.flatMap((line) => labelledOf(line, rules));
  process.stderr.write(`${items.length} labelled items; fitting ${PARTS + 1} times …\n`);
  return { lesson: fitWeights(matrixOf(items, rules), rules, byTime(items, PARTS)), items: items.length };
}

function noteOf({ heldOut }: Lesson, items: number): string {
  const percent = (share: number) => (100 * share).toFixed(0);
  const agreement = ({ precision, recall }: Lesson["heldOut"]["point"]) =>
    `precision ${percent(precision)}, recall ${percent(recall)}`;
  return [
    `Fitted to ${items} items. On each quarter of their time, judged by what was fitted to the rest:`,
    `relevance ${agreement(heldOut.relevant)};`,
    `points ${agreement(heldOut.point)};`,
    `stage right in ${percent(heldOut.stage)} of 100, certainty in ${percent(heldOut.certainty)}.`,
  ].join(" ");
}

function goBack(dir: string): number {
  const [file, before] = [join(dir, WEIGHTS_FILE), join(dir, BEFORE_FILE)];
  if (!existsSync(before)) {
    console.error(`There is nothing to go back to: ${before} does not exist.`);
    return 1;
  }
  renameSync(before, file);
  console.log(`${file} is again what it was before.`);
  return 0;
}
