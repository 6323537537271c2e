import type { Calibrated, Calibration } from "#model/weights.ts";
import { fitChoice } from "./logistic.ts";
import { rowsOf } from "./rows.ts";

/** What was answered about an item that had not been seen, and what is right. */
export type Answer = { readonly sums: Float64Array; readonly choice: number; readonly weight: number };
export type Answers = Readonly<Record<keyof Calibration, readonly Answer[]>>;

/** How far a sum stands above even odds, and below: they differ by the sum itself, and bend where it is near nothing. */
const above = (sum: number): number => Math.max(sum, 0) + Math.log1p(Math.exp(-Math.abs(sum)));
const below = (sum: number): number => above(-sum);

/** The log-odds that a sum of weights is worth. */
export const calibrated = (sum: number, [up, down, shift]: Calibrated): number =>
  up * above(sum) - down * below(sum) + shift;

/** By how much they grow with the sum. */
export function steepness(sum: number, [up, down]: Calibrated): number {
  const share = 1 / (1 + Math.exp(-sum));
  return up * share + down * (1 - share);
}

/** How far the sums may be believed, by what became of them on items that had not been seen. */
export function calibrate(judged: Answers): Calibration {
  return {
    relevant: slopesOf(judged.relevant),
    point: slopesOf(judged.point),
    stage: sharpnessOf(judged.stage),
    certainty: sharpnessOf(judged.certainty),
  };
}

/** The beta calibration (Kull, Silva Filho, Flach 2017). A surer answer is never made less probable than one that was less sure. */
function slopesOf(answers: readonly Answer[]): Calibrated {
  if (answers.length === 0) return [1, 1, 0];
  const rows = rowsOf(
    answers.map(({ sums }) => [
      [0, above(sums[0]!)],
      [1, -below(sums[0]!)],
    ]),
    2,
  );
  const choices = Int32Array.from(answers, ({ choice }) => choice);
  const weights = Float64Array.from(answers, ({ weight }) => weight);
  const [up, down, shift] = fitChoice(rows, { outputs: 1, choices, weights });
  return [Math.max(0, up!), Math.max(0, down!), shift!];
}

/** Of several answers one holds: their sums are multiplied alike, which sharpens or flattens. */
function sharpnessOf(answers: readonly Answer[]): Calibrated {
  if (answers.length === 0) return [1, 1, 0];
  const surprise = (sharp: number) =>
    answers.reduce((sum, { sums, choice, weight }) => {
      const total = sums.reduce((all, each) => all + Math.exp((each - sums[choice]!) * sharp), 0);
      return sum + weight * Math.log(total);
    }, 0);
  const tried = Array.from({ length: 26 }, (_, i) => 0.5 + i * 0.04);
  const best = tried.reduce((a, b) => (surprise(b) < surprise(a) ? b : a));
  return [best, best, 0];
}
