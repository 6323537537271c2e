import type { Spend, Spending } from "#model/spending.ts";

/** A count of tokens that ends with the test. */
export function aPurse(): Spend {
  const days = new Map<string, Spending>();
  return async (day, more, mostTokens) => {
    const had = days.get(day) ?? { calls: 0, inputTokens: 0, outputTokens: 0 };
    const has = {
      calls: had.calls + more.calls,
      inputTokens: had.inputTokens + more.inputTokens,
      outputTokens: had.outputTokens + more.outputTokens,
    };
    if (has.inputTokens + has.outputTokens > mostTokens) return null;
    days.set(day, has);
    return has;
  };
}
