/**
 * What items have, a row each, on memory that threads share: row `i` has `columns` and `values` from `starts[i]` up to
 * `starts[i + 1]`, and all columns are less than `width`.
 */
export type Rows = {
  readonly width: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
};

export type Found = readonly [column: number, value: number];

export function rowsOf(found: readonly (readonly Found[])[], width: number): Rows {
  const count = found.reduce((sum, { length }) => sum + length, 0);
  const starts = new Int32Array(new SharedArrayBuffer(4 * (found.length + 1)));
  const columns = new Int32Array(new SharedArrayBuffer(4 * count));
  const values = new Float32Array(new SharedArrayBuffer(4 * count));
  let at = 0;
  for (const [i, row] of found.entries()) {
    for (const [column, value] of row) {
      columns[at] = column;
      values[at] = value;
      at += 1;
    }
    starts[i + 1] = at;
  }
  return { width, starts, columns, values };
}

/**
 * Adds to each output's sum what a row weighs. `weights` has those of all outputs for the first column, then for the second and so on:
 * what is read together stands together, which takes a third of the time where there are fifteen.
 */
export function addUp(rows: Rows, row: number, weights: Float64Array, sums: Float64Array): void {
  const { starts, columns, values } = rows;
  const [outputs, end] = [sums.length, starts[row + 1]!];
  if (outputs === 1) {
    // Most that is learned has one output, and without a loop within the loop takes half the time.
    let sum = sums[0]!;
    for (let at = starts[row]!; at < end; at += 1) sum += weights[columns[at]!]! * values[at]!;
    sums[0] = sum;
    return;
  }
  for (let at = starts[row]!; at < end; at += 1) {
    const from = columns[at]! * outputs;
    const value = values[at]!;
    for (let k = 0; k < outputs; k += 1) sums[k]! += weights[from + k]! * value;
  }
}

/** Adds a row to the slope of such weights, so many times for each output. */
export function spread(rows: Rows, row: number, times: Float64Array, slope: Float64Array): void {
  const { starts, columns, values } = rows;
  const [outputs, end] = [times.length, starts[row + 1]!];
  if (outputs === 1) {
    const once = times[0]!;
    for (let at = starts[row]!; at < end; at += 1) slope[columns[at]!]! += once * values[at]!;
    return;
  }
  for (let at = starts[row]!; at < end; at += 1) {
    const from = columns[at]! * outputs;
    const value = values[at]!;
    for (let k = 0; k < outputs; k += 1) slope[from + k]! += times[k]! * value;
  }
}

/** The weights of one of several outputs, by column. */
export const weightsOfOne = (weights: Float64Array, output: number, outputs: number): Float64Array =>
  Float64Array.from({ length: weights.length / outputs }, (_, column) => weights[column * outputs + output]!);
