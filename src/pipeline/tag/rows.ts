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

/** What a row weighs by the weights that stand from `from` on. */
export function weightOf({ starts, columns, values }: Rows, row: number, weights: Float64Array, from: number): number {
  let sum = 0;
  for (let at = starts[row]!, end = starts[row + 1]!; at < end; at += 1)
    sum += weights[from + columns[at]!]! * values[at]!;
  return sum;
}

/** Adds so many times a row to what stands from `from` on. */
export function addRow(
  { starts, columns, values }: Rows,
  row: number,
  times: number,
  to: Float64Array,
  from: number,
): void {
  for (let at = starts[row]!, end = starts[row + 1]!; at < end; at += 1)
    to[from + columns[at]!]! += times * values[at]!;
}
