/**
 * What was asked of a hosted model on one UTC day. A call under way counts at its worst, and so does one that was never heard of
 * again.
 */
export type Spending = { readonly calls: number; readonly inputTokens: number; readonly outputTokens: number };

/**
 * Adds to what a day (`2026-11-24`) has cost and resolves to what it has cost then; null, and nothing added, where that would
 * pass `mostTokens`, in and out together. Whoever shares the count shares the ceiling.
 */
export type Spend = (day: string, more: Spending, mostTokens: number) => Promise<Spending | null>;
