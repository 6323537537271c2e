import { FeatureIndex } from "./feature-index.ts";
import { eachFeature, MEANINGS } from "./features.ts";
import { type Found, type Rows, rowsOf } from "./rows.ts";
import type { Rules } from "./rules.ts";
import type { Labelled } from "./tasks.ts";

/** A feature that fewer items have says more of these items than of any to come. */
const FEWEST = 6;

/** Items turned to rows, once for all that is fitted to them. */
export type Matrix = {
  readonly names: readonly string[];
  readonly rows: Rows;
  readonly items: readonly Labelled[];
};

export function matrixOf(items: readonly Labelled[], rules: Rules): Matrix {
  const index = new FeatureIndex();
  const counts: number[] = [];
  const seen = items.map((item) => featuresOf(item, rules, index));
  for (const found of seen) for (const [feature] of found) counts[feature] = (counts[feature] ?? 0) + 1;
  const kept = [...counts.keys()].filter((feature) => counts[feature]! >= FEWEST);
  const columnOf = new Int32Array(counts.length).fill(-1);
  for (const [column, feature] of kept.entries()) columnOf[feature] = column;
  const found = seen.map((row) =>
    row.flatMap(([feature, value]): Found[] => (columnOf[feature]! < 0 ? [] : [[columnOf[feature]!, value]])),
  );
  return { names: kept.map((feature) => index.names[feature]!), rows: rowsOf(found, kept.length), items };
}

/** Each feature that an item has, once; −1 stands for those that the index does not know. */
export function featuresOf({ findings, publisher }: Labelled, rules: Rules, index: FeatureIndex): readonly Found[] {
  const found: Found[] = [];
  eachFeature(findings, rules, publisher, index, {
    feature: (feature, value) => found.push([feature, value]),
    meaning: (field, mean) => {
      for (const [i, name] of MEANINGS[field].entries()) found.push([index.other(name), mean[i]!]);
    },
  });
  return found;
}
