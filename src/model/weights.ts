/** What was learned of a pack's labelled items: a weight by feature and output, added up for an article and turned into probabilities. */
export type Weights = {
  /** What they were fitted to and moved by, and how they did on what they had not seen, in words; empty where nobody has said yet. */
  readonly note: string;
  /** `relevant`, `point:penalties`, `stage:`, `stage:litigation`, `certainty:official`: the stage without an id is none. */
  readonly outputs: readonly string[];
  /** What the rows of `table` stand for. */
  readonly features: readonly string[];
  readonly table: Table;
  /** What each output is before anything was seen. */
  readonly bias: Float32Array;
  readonly calibration: Calibration;
  /** The share of the topic's articles in which a stem stands, of those that are not rare in it. */
  readonly words: ReadonlyMap<string, number>;
  /** When the last was decided of what people set right in a store and these weights know; null where they know nothing of it. */
  readonly taughtUntil: Date | null;
  /** They were made for any pack, and know nothing that a pack alone has: what its rules are sure of holds beside them. */
  readonly general: boolean;
};

/**
 * A row a feature, a column an output; only what weighs anything, a sixth of all. Row `i` is what stands from `starts[i]` to
 * `starts[i + 1]` in the other two, by column.
 */
export type Table = { readonly starts: Int32Array; readonly columns: Uint16Array; readonly weights: Float32Array };

/** What stands in a column, row by row: which rows weigh anything, in order, and how much. */
export type Column = { readonly rows: ArrayLike<number>; readonly weights: ArrayLike<number> };

export function tableOf(height: number, columns: readonly Column[]): Table {
  const starts = new Int32Array(height + 1);
  for (const { rows } of columns) for (let i = 0; i < rows.length; i += 1) starts[rows[i]! + 1]! += 1;
  for (let row = 0; row < height; row += 1) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const [columnOf, weightOf] = [new Uint16Array(starts[height]!), new Float32Array(starts[height]!)];
  for (const [column, { rows, weights }] of columns.entries()) {
    for (let i = 0; i < rows.length; i += 1) {
      const at = next[rows[i]!]!++;
      columnOf[at] = column;
      weightOf[at] = weights[i]!;
    }
  }
  return { starts, columns: columnOf, weights: weightOf };
}

/** The columns of a table again. */
export function columnsOf({ starts, columns, weights }: Table, width: number): readonly Column[] {
  const all = Array.from({ length: width }, () => ({ rows: [] as number[], weights: [] as number[] }));
  for (let row = 0; row + 1 < starts.length; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      all[columns[at]!]!.rows.push(row);
      all[columns[at]!]!.weights.push(weights[at]!);
    }
  }
  return all;
}

/**
 * What a sum of weights is worth, fitted on items that the weights had not seen. Its log-odds are `up` times what the sum stands above
 * even odds, less `down` times what it stands below, and `shift`: doubtful answers are told from each other otherwise than sure ones.
 */
export type Calibrated = readonly [up: number, down: number, shift: number];

/** Stage and certainty choose one of several: there the first two are alike and the third is 0. */
export type Calibration = Readonly<Record<"relevant" | "point" | "stage" | "certainty", Calibrated>>;

/**
 * Probabilities from which an article is looked up, stands in digests, and is posted; and from which a point is said of it, and it may be
 * looked up by it.
 */
export type Support = {
  readonly lookUp: number;
  readonly digest: number;
  readonly post: number;
  readonly point: number;
  readonly weakPoint: number;
};

/** How far a story goes by itself, the nearest first. */
export const REACHES = ["look-up", "digest", "post"] as const;
export type Reach = (typeof REACHES)[number];

/**
 * A post that comes by itself must be sure; a digest may hold what is doubtful, and a look-up more of it. docs/learning.md has what other
 * thresholds would bring.
 */
export const USUAL_SUPPORT: Support = { lookUp: 0.4, digest: 0.7, post: 0.8, point: 0.5, weakPoint: 0.3 };
