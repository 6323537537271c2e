import { minimise } from "./minimise.ts";
import { addUp, type Rows, spread } from "./rows.ts";

/**
 * What rows are examples of: each row's output by number, and how much it counts; 0 leaves it out. One output alone is so (1) or
 * not (0); of several one holds.
 */
export type Examples = { readonly outputs: number; readonly choices: Int32Array; readonly weights: Float64Array };

/** Keeps weights small; 1 was as good as its half and its double on windows left out. */
const RIDGE = 1;
const STEPS = 60;

/**
 * The weights of all outputs for each column in turn, and behind them what each output is before anything was seen. Those of one output
 * alone are log-odds.
 */
export function fitChoice(rows: Rows, { outputs, choices, weights }: Examples): Float64Array {
  const ridged = rows.width * outputs;
  const counted = [...weights.keys()].filter((row) => weights[row]! > 0);
  const sums = new Float64Array(outputs);
  const loss = (at: Float64Array, slope: Float64Array) => {
    slope.fill(0);
    let loss = 0;
    for (const row of counted) {
      const [choice, weight] = [choices[row]!, weights[row]!];
      sums.set(at.subarray(ridged));
      addUp(rows, row, at, sums);
      loss += weight * surprise(sums, choice);
      // What `surprise` left in their place are probabilities; what is added to the slope is how far they are wrong.
      for (let k = 0; k < outputs; k += 1) {
        sums[k] = weight * (sums[k]! - Number((outputs === 1 ? 1 : k) === choice));
        slope[ridged + k]! += sums[k]!;
      }
      spread(rows, row, sums, slope);
    }
    for (let i = 0; i < ridged; i += 1) {
      loss += 0.5 * RIDGE * at[i]! ** 2;
      slope[i]! += RIDGE * at[i]!;
    }
    return loss;
  };
  return minimise(loss, ridged + outputs, STEPS);
}

/** The sum of each output for one row. */
export function sumsOf(fitted: Float64Array, rows: Rows, row: number): Float64Array {
  const sums = fitted.slice((fitted.length / (rows.width + 1)) * rows.width);
  addUp(rows, row, fitted, sums);
  return sums;
}

/** How surprising the choice is, in nats; the sums are replaced by the probabilities. */
export function surprise(sums: Float64Array, choice: number): number {
  if (sums.length === 1) {
    const odds = sums[0]!;
    sums[0] = 1 / (1 + Math.exp(-odds));
    return (odds > 0 ? Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds)) - odds) + (choice === 1 ? 0 : odds);
  }
  const most = Math.max(...sums);
  let total = 0;
  for (let k = 0; k < sums.length; k += 1) total += sums[k] = Math.exp(sums[k]! - most);
  for (let k = 0; k < sums.length; k += 1) sums[k]! /= total;
  return -Math.log(sums[choice]! + 1e-12);
}
