import type { Matrix } from "./matrix.ts";

/** Shares are kept from this on: what is rarer among the items is about as rare in everyday English. */
const LEAST_SHARE = 0.002;
/** What one stands for in a weights file. */
const DIGITS = 4;

/**
 * The share of a topic's articles in which a stem stands, counted in the labelled items that are policy, each as much as it counts: in
 * news on one policy its own words tell no article from another, however rare they are in everyday English.
 */
export function commonWords({ names, rows, items }: Matrix): ReadonlyMap<string, number> {
  const sums = new Float64Array(names.length);
  let whole = 0;
  for (const [i, { labels, weight }] of items.entries()) {
    if (labels.relevant === "no") continue;
    whole += weight;
    for (let at = rows.starts[i]!; at < rows.starts[i + 1]!; at += 1) sums[rows.columns[at]!]! += weight;
  }
  const shares = new Map<string, number>();
  for (const [column, name] of names.entries()) {
    const stem = /^a:(\S+)$/.exec(name)?.[1];
    const share = Number((sums[column]! / whole).toFixed(DIGITS));
    if (stem !== undefined && share >= LEAST_SHARE) shares.set(stem, share);
  }
  return shares;
}
