import { type Column, columnsOf, tableOf, type Weights } from "#model/weights.ts";
import { calibrated, steepness } from "./calibration.ts";
import { FeatureIndex } from "./feature-index.ts";
import { eachGeneral } from "./general-features.ts";
import { surprise } from "./logistic.ts";
import { featuresOf } from "./matrix.ts";
import { minimise } from "./minimise.ts";
import { addUp, type Rows, rowsOf, spread, weightsOfOne } from "./rows.ts";
import type { Rules } from "./rules.ts";
import { logits, scoresOf } from "./scorer.ts";
import { type Labelled, type Task, tasksFor } from "./tasks.ts";

/**
 * How firmly weights hold to what they were: they were fitted to thousands of items. On a window left out, moved by the 50 mistakes of its
 * first half, points of its second half came from F1 67.2 to 69.4, 69.9, 71.0 and 69.9 at 1, 3, 10 and 30, relevance from 85.6 to 87.0,
 * 85.7, 86.1 and 84.4; what was learned elsewhere is kept the better the firmer.
 */
const FIRMNESS = 10;
const STEPS = 40;

/** What people set right in a store, as labelled items in order of time, and when the last of it was decided. */
export type Lessons = { readonly items: readonly Labelled[]; readonly until: Date | null };

/**
 * Weights moved as little as agrees with what people have decided. Decisions are about what was judged wrongly, so they tell nothing of
 * how often anything is so: what each output is before anything was seen stays, and so does the calibration. The same decisions in the
 * same order give the same weights to the byte.
 */
export function refit(items: readonly Labelled[], rules: Rules, weights: Weights): Weights {
  const { outputs, features } = weights;
  const index = new FeatureIndex(features);
  const found = items.map((item) => {
    const all = [...featuresOf(item, rules, index)];
    if (weights.general)
      eachGeneral(item.findings.document, rules.pack, (name, value) => all.push([index.other(name), value]));
    return all.filter(([feature]) => feature >= 0);
  });
  const rows = rowsOf(found, features.length);
  const lessons = items.map((item): Lesson => {
    return { item, sums: logits(item.findings, rules, item.publisher, weights) };
  });
  const table = [...columnsOf(weights.table, outputs.length)];
  for (const task of tasksFor((output) => outputs.includes(output), rules.pack)) {
    const columns = task.outputs.map((name) => outputs.indexOf(name));
    const moved = move(task, columns, lessons, rows, weights);
    for (const [k, column] of columns.entries())
      table[column] = added(table[column]!, weightsOfOne(moved, k, columns.length));
  }
  return { ...weights, table: tableOf(features.length, table) };
}

function added(column: Column, moved: Float64Array): Column {
  const sums = Float64Array.from(moved);
  for (let i = 0; i < column.rows.length; i += 1) sums[column.rows[i]!]! += column.weights[i]!;
  const rows = [...sums.keys()].filter((row) => sums[row] !== 0);
  return { rows, weights: rows.map((row) => sums[row]!) };
}

type Lesson = { readonly item: Labelled; readonly sums: Float64Array };

/** What is to be added to the weights of a task's outputs, which stand as `addUp` reads them. */
function move(
  { kind, choose }: Task,
  columns: readonly number[],
  lessons: readonly Lesson[],
  rows: Rows,
  { calibration }: Weights,
): Float64Array {
  const how = calibration[kind];
  const examples = lessons.flatMap(({ item, sums }, row) => {
    // Every decision counts alike.
    const [choice, weight] = choose(item, 0);
    const before = columns.map((column) => sums[column]!);
    const stands = before.map((sum) => calibrated(sum, how));
    // However far it is moved, what it is worth grows as where it stood: so the loss has one lowest place.
    return weight > 0 ? [{ row, choice, stands, slopes: before.map((sum) => steepness(sum, how)) }] : [];
  });
  const sums = new Float64Array(columns.length);
  return minimise(
    (at, way) => {
      let loss = 0;
      for (const [i, value] of at.entries()) {
        loss += 0.5 * FIRMNESS * value ** 2;
        way[i] = FIRMNESS * value;
      }
      for (const { row, choice, stands, slopes } of examples) {
        sums.fill(0);
        addUp(rows, row, at, sums);
        for (let k = 0; k < sums.length; k += 1) sums[k] = stands[k]! + slopes[k]! * sums[k]!;
        loss += surprise(sums, choice);
        // What `surprise` left in their place are probabilities; what is added to the way is how far they are wrong.
        for (let k = 0; k < sums.length; k += 1)
          sums[k] = slopes[k]! * (sums[k]! - Number((sums.length === 1 ? 1 : k) === choice));
        spread(rows, row, sums, way);
      }
      return loss;
    },
    columns.length * rows.width,
    STEPS,
  );
}

/** Of all that people decided about the items, how much the weights say too. */
export function agreement(
  items: readonly Labelled[],
  rules: Rules,
  weights: Weights,
): { asked: number; right: number } {
  const answers = items.flatMap(({ labels, findings, publisher }): readonly boolean[] => {
    const { relevant, points, stages, certainties } = scoresOf(logits(findings, rules, publisher, weights), weights);
    const isLikely = (probability: number) => probability >= 0.5;
    const about = [isLikely(relevant) === (labels.relevant === "yes")];
    if (labels.relevant !== "yes") return about;
    if (labels.judged === null) about.push([...points].every(([id, p]) => isLikely(p) === labels.points.includes(id)));
    if (labels.stage !== undefined) about.push(likeliest(stages) === (labels.stage ?? ""));
    if (labels.certainty !== null) about.push(likeliest(certainties) === labels.certainty);
    return about;
  });
  return { asked: answers.length, right: answers.filter(Boolean).length };
}

const likeliest = (of: ReadonlyMap<string, number>): string =>
  [...of].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0] as const)[0];
