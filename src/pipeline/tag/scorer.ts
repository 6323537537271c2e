import type { Weights } from "#model/weights.ts";
import type { Document } from "./document.ts";
import { eachFeature, type Findings, type Stand, standsOfWords } from "./features.ts";
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

/** The log-odds of every output, in the order of `weights.outputs`. */
export function logits(
  findings: Findings,
  rules: Rules,
  publisher: Publisher | undefined,
  weights: Weights,
): Float64Array {
  const { features, table, bias } = weights;
  const width = bias.length;
  const sums = Float64Array.from(bias);
  eachFeature(findings, rules, publisher, (name, value) => {
    const row = features.get(name);
    if (row === undefined) return;
    for (let at = row * width, i = 0; i < width; i += 1) sums[i]! += table[at + i]! * value;
  });
  return sums;
}

export function scoresOf(sums: Float64Array, { outputs, calibration }: Weights): Scores {
  const chosen = (prefix: string, [sharpness]: readonly [number, number]) => {
    const some = outputs.flatMap((name, i) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), i] as const] : [],
    );
    const most = Math.max(...some.map(([, i]) => sums[i]! * sharpness));
    const powers = some.map(([id, i]) => [id, Math.exp(sums[i]! * sharpness - most)] as const);
    const total = powers.reduce((sum, [, power]) => sum + power, 0);
    return new Map(powers.map(([id, power]) => [id, power / total]));
  };
  const odds = (i: number, [slope, shift]: readonly [number, number]) =>
    1 / (1 + Math.exp(-(sums[i]! * slope + shift)));
  return {
    relevant: odds(outputs.indexOf("relevant"), calibration.relevant),
    points: new Map(
      outputs.flatMap((name, i) =>
        name.startsWith("point:") ? [[name.slice("point:".length), odds(i, calibration.point)] as const] : [],
      ),
    ),
    stages: chosen("stage:", calibration.stage),
    certainties: chosen("certainty:", calibration.certainty),
  };
}

/** A word or two that spoke for an output, how much, and where they stand. */
export type Spoken = Stand & { readonly feature: string; readonly weight: number };

/** The words that spoke most for an output, each at its first stand. */
export function wordsFor(output: string, document: Document, weights: Weights, most: number): readonly Spoken[] {
  const column = weights.outputs.indexOf(output);
  const width = weights.outputs.length;
  const spoken = new Map<string, Spoken>();
  for (const [feature, stand] of standsOfWords(document)) {
    const row = weights.features.get(feature);
    const weight = row === undefined ? 0 : weights.table[row * width + column]!;
    if (weight > 0 && !spoken.has(feature)) spoken.set(feature, { ...stand, feature, weight });
  }
  const strongest = [...spoken.values()].toSorted((a, b) => b.weight - a.weight);
  const kept: Spoken[] = [];
  // Words that stand within a pair that spoke louder, or the same words once more, say nothing further.
  const covered = (one: Spoken) =>
    kept.some((other) => other.field === one.field && other.start < one.end && one.start < other.end);
  for (const one of strongest) if (kept.length < most && !covered(one)) kept.push(one);
  return kept;
}
