import type { Field } from "#model/tag.ts";
import type { Calibrated, Table, Weights } from "#model/weights.ts";
import { FUNCTION_WORDS } from "#text/english.ts";
import { once } from "#text/once.ts";
import { DIMENSIONS } from "#text/vectors.ts";
import { calibrated } from "./calibration.ts";
import type { Document } from "./document.ts";
import { FeatureIndex } from "./feature-index.ts";
import { eachFeature, eachStand, type Findings, MEANINGS, type Stand } from "./features.ts";
import { eachGeneral } from "./general-features.ts";
import { product } from "./product.ts";
import type { Publisher } from "./publisher.ts";
import type { Rules } from "./rules.ts";

/** What the weights make of an article: calibrated probabilities. */
export type Scores = {
  readonly relevant: number;
  /** By id of a point: independent of each other. */
  readonly points: ReadonlyMap<string, number>;
  /** By id of a stage; the empty id is that there is none. They sum to 1, as those of certainty do. */
  readonly stages: ReadonlyMap<string, number>;
  readonly certainties: ReadonlyMap<string, number>;
};

/** Weights made ready: the features that they know, by their rows, and what the meaning of a field weighs, a row of it an output. */
const preparedOf = once((weights: Weights) => {
  const index = new FeatureIndex(weights.features);
  const meaningOf = (field: Field) => {
    const table = new Float64Array(weights.outputs.length * DIMENSIONS);
    for (const [i, name] of MEANINGS[field].entries()) {
      const row = index.other(name);
      for (let k = 0; row >= 0 && k < weights.outputs.length; k += 1) {
        table[k * DIMENSIONS + i] = weightIn(weights.table, row, k);
      }
    }
    return table;
  };
  return { index, meanings: { title: meaningOf("title"), text: meaningOf("text") } };
});

/** The log-odds of every output, in the order of `weights.outputs`. */
export function logits(
  findings: Findings,
  rules: Rules,
  publisher: Publisher | undefined,
  weights: Weights,
): Float64Array {
  const { starts, columns, weights: weigh } = weights.table;
  const { index, meanings } = preparedOf(weights);
  const sums = Float64Array.from(weights.bias);
  const add = (row: number, value: number) => {
    if (row < 0) return;
    for (let at = starts[row]!, end = starts[row + 1]!; at < end; at += 1) sums[columns[at]!]! += weigh[at]! * value;
  };
  eachFeature(findings, rules, publisher, index, {
    feature: add,
    meaning: (field, mean) => {
      const table = meanings[field];
      for (let i = 0; i < sums.length; i += 1) sums[i]! += product(table, i * DIMENSIONS, mean);
    },
  });
  if (weights.general) eachGeneral(findings.document, rules.pack, (name, value) => add(index.other(name), value));
  return sums;
}

/** Which columns of the table are of what, with the ids that they stand for. */
const columnsOf = once(({ outputs }: Weights) => {
  const under = (prefix: string) =>
    outputs.flatMap((name, i) => (name.startsWith(prefix) ? [[name.slice(prefix.length), i] as const] : []));
  return {
    relevant: outputs.indexOf("relevant"),
    points: under("point:"),
    stages: under("stage:"),
    certainties: under("certainty:"),
  };
});

type Columns = readonly (readonly [id: string, column: number])[];

export function scoresOf(sums: Float64Array, weights: Weights): Scores {
  const { calibration } = weights;
  const { relevant, points, stages, certainties } = columnsOf(weights);
  const odds = (i: number, how: Calibrated) => 1 / (1 + Math.exp(-calibrated(sums[i]!, how)));
  const chosen = (some: Columns, [sharpness]: Calibrated) => {
    const most = Math.max(...some.map(([, i]) => sums[i]! * sharpness));
    const powers = some.map(([id, i]) => [id, Math.exp(sums[i]! * sharpness - most)] as const);
    const total = powers.reduce((sum, [, power]) => sum + power, 0);
    return new Map(powers.map(([id, power]) => [id, power / total]));
  };
  return {
    relevant: odds(relevant, calibration.relevant),
    points: new Map(points.map(([id, i]) => [id, odds(i, calibration.point)])),
    stages: chosen(stages, calibration.stage),
    certainties: chosen(certainties, calibration.certainty),
  };
}

/** A word or two that spoke for an output, how much, and where they stand. */
export type Spoken = Stand & { readonly words: string; readonly weight: number };

/** Small words weigh, too, but nobody would take them for proof. */
const isTelling = (words: string): boolean => words.split(" ").some((word) => !FUNCTION_WORDS.has(word));

function weightIn({ starts, columns, weights }: Table, row: number, column: number): number {
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) if (columns[at] === column) return weights[at]!;
  return 0;
}

/** The words that spoke most for an output, each at its first stand. */
export function wordsFor(output: string, document: Document, weights: Weights, most: number): readonly Spoken[] {
  const { outputs, features, table } = weights;
  const column = outputs.indexOf(output);
  const spoken = new Map<number, Spoken>();
  eachStand(document, preparedOf(weights).index, (row, stand) => {
    const weight = weightIn(table, row, column);
    const words = features[row]!.slice(2);
    if (weight > 0 && !spoken.has(row) && isTelling(words)) spoken.set(row, { ...stand, words, weight });
  });
  const kept: Spoken[] = [];
  // Words that stand within a pair that spoke louder, or the same words once more, say nothing further.
  const covered = (one: Spoken) =>
    kept.some((other) => other.field === one.field && other.start < one.end && one.start < other.end);
  for (const one of [...spoken.values()].toSorted((a, b) => b.weight - a.weight)) {
    if (kept.length < most && !covered(one)) kept.push(one);
  }
  return kept;
}
