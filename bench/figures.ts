/** Of numbers the one that a share of them does not exceed: 0.5 is the median, 1 the largest. */
export function percentile(of: readonly number[], share: number): number {
  const sorted = of.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

export const median = (of: readonly number[]): number => percentile(of, 0.5);
