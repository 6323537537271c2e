import type { Spend, Spending } from "#model/spending.ts";

/** Dollars for a million tokens. */
export type Prices = { readonly input: number; readonly output: number };

export type Spent = Spending & {
  /** The UTC day that is counted, as `2026-11-24`. */
  readonly day: string;
  /** Null when no prices are known. */
  readonly dollars: number | null;
};

export type Ledger = {
  /** Sets aside the most that a call may use, or null when the day's ceiling leaves no room. Close it with what was used. */
  reserve(
    inputTokens: number,
    outputTokens: number,
    now: Date,
  ): Promise<{ close(inputTokens: number, outputTokens: number): Promise<Spent> } | null>;
};

const MILLION = 1_000_000;

/** Keeps to a ceiling by UTC day, in a count that others may share. */
export function createLedger(dailyTokens: number, prices: Prices | null, spend: Spend): Ledger {
  const spentOn = (day: string, spending: Spending): Spent => {
    const { inputTokens, outputTokens } = spending;
    const dollars = prices && (inputTokens * prices.input + outputTokens * prices.output) / MILLION;
    return { day, ...spending, dollars };
  };
  return {
    async reserve(inputTokens, outputTokens, now) {
      const day = now.toISOString().slice(0, 10);
      if ((await spend(day, { calls: 1, inputTokens, outputTokens }, dailyTokens)) === null) return null;
      return {
        async close(usedInput, usedOutput) {
          const rest = { calls: 0, inputTokens: usedInput - inputTokens, outputTokens: usedOutput - outputTokens };
          // A call may have used more than its worst; what is billed is counted, past the ceiling too.
          const spending = await spend(day, rest, Number.MAX_SAFE_INTEGER);
          if (spending === null) throw new Error(`The tokens of ${day} cannot be counted.`);
          return spentOn(day, spending);
        },
      };
    },
  };
}
