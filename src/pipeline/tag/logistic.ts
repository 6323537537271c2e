import { minimise } from "./minimise.ts";

/** The features of one item: what stands in the first columns, which every item has, then columns and values of what else is not nothing. */
export type Row = { readonly dense: Float32Array; readonly columns: Int32Array; readonly values: Float32Array };

/** An item's class among several, and how much it counts; 0 leaves it out. */
export type Example = { readonly row: Row; readonly choice: number; readonly weight: number };

/** Keeps weights small; 1 was as good as its half and its double on windows left out. */
const RIDGE = 1;
const STEPS = 60;

/** Weights of each class, one after the other: `columns` of them, then what the class is before anything was seen. */
export type Fitted = { readonly weights: Float64Array; readonly columns: number; readonly classes: number };

/** Fits a choice among `classes`. Of two classes the first has no weights: the second's are the log-odds. */
export function fitChoice(examples: readonly Example[], columns: number, classes: number): Fitted {
  const width = columns + 1;
  const free = classes === 2 ? 1 : classes;
  const counted = examples.filter(({ weight }) => weight > 0);
  const sums = new Float64Array(free);
  const weights = minimise(
    (at, slope) => {
      slope.fill(0);
      let loss = 0;
      for (const { row, choice, weight } of counted) {
        addUp(at, row, width, sums);
        loss += weight * surprise(sums, choice);
        const { dense, columns: where, values } = row;
        for (let k = 0; k < free; k += 1) {
          // What `surprise` left in its place is the probability.
          const error = weight * (sums[k]! - Number((free === 1 ? 1 : k) === choice));
          const from = k * width;
          for (let j = 0; j < dense.length; j += 1) slope[from + j]! += error * dense[j]!;
          for (let j = 0; j < where.length; j += 1) slope[from + where[j]!]! += error * values[j]!;
          slope[from + columns]! += error;
        }
      }
      for (let k = 0; k < free; k += 1) {
        for (let i = k * width; i < k * width + columns; i += 1) {
          loss += 0.5 * RIDGE * at[i]! ** 2;
          slope[i]! += RIDGE * at[i]!;
        }
      }
      return loss;
    },
    free * width,
    STEPS,
  );
  return { weights, columns, classes: free };
}

/** The sums of each class for one item. */
export function sumsOf({ weights, columns, classes }: Fitted, row: Row): Float64Array {
  const sums = new Float64Array(classes);
  addUp(weights, row, columns + 1, sums);
  return sums;
}

function addUp(at: Float64Array, { dense, columns, values }: Row, width: number, sums: Float64Array): void {
  for (let k = 0; k < sums.length; k += 1) {
    const from = k * width;
    // Four sums side by side, as none then waits for the others.
    let [a, b, c, d] = [at[from + width - 1]!, 0, 0, 0];
    let j = 0;
    for (; j + 3 < dense.length; j += 4) {
      a += at[from + j]! * dense[j]!;
      b += at[from + j + 1]! * dense[j + 1]!;
      c += at[from + j + 2]! * dense[j + 2]!;
      d += at[from + j + 3]! * dense[j + 3]!;
    }
    for (; j < dense.length; j += 1) a += at[from + j]! * dense[j]!;
    for (j = 1; j < columns.length; j += 2) {
      a += at[from + columns[j - 1]!]! * values[j - 1]!;
      b += at[from + columns[j]!]! * values[j]!;
    }
    if (j === columns.length) c += at[from + columns[j - 1]!]! * values[j - 1]!;
    sums[k] = a + b + (c + d);
  }
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
