import type { Calibrated } from "#model/weights.ts";
import { type Answer, calibrated } from "./calibration.ts";
import type { Labelled } from "./tasks.ts";

/** Parts of the dated items to hold out in turn, each a stretch of time with as many of them. */
export function byTime(items: readonly Labelled[], parts: number): readonly ReadonlySet<number>[] {
  const dated = items
    .flatMap(({ at }, i) => (at === null ? [] : [{ i, at: at.getTime() }]))
    .toSorted((a, b) => a.at - b.at || a.i - b.i);
  const size = Math.ceil(dated.length / parts);
  return Array.from(
    { length: parts },
    (_, k) => new Set(dated.slice(k * size, (k + 1) * size).map(({ i }) => i)),
  ).filter((part) => part.size > 0);
}

/** How the answers about items that had not been seen agree with their labels: shares of 1. */
export type Agreement = { readonly items: number; readonly precision: number; readonly recall: number };

/** Right more likely than not. */
export function agreementOf(answers: readonly Answer[], calibration: Calibrated): Agreement {
  const said = answers.filter(({ sums }) => calibrated(sums[0]!, calibration) >= 0);
  const there = answers.filter(({ choice }) => choice === 1);
  const right = total(said.filter(({ choice }) => choice === 1));
  return { items: answers.length, precision: right / (total(said) || 1), recall: right / (total(there) || 1) };
}

/** Items count for as many as they stand for. */
const total = (answers: readonly Answer[]): number => answers.reduce((sum, { weight }) => sum + weight, 0);

export const shareRight = (answers: readonly Answer[]): number =>
  answers.filter(({ sums, choice }) => sums.indexOf(Math.max(...sums)) === choice).length / (answers.length || 1);
