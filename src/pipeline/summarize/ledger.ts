/** Dollars for a million tokens. */
export type Prices = { readonly input: number; readonly output: number };

export type Spent = {
  /** The UTC day that is counted, as `2026-11-24`. */
  readonly day: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when no prices are known. */
  readonly dollars: number | null;
};

export type Ledger = {
  /** Sets tokens aside for a call, or null when the day's ceiling leaves no room. Close it with what was used. */
  reserve(tokens: number, now: Date): { close(inputTokens: number, outputTokens: number): void } | null;
  spent(now: Date): Spent;
};

const MILLION = 1_000_000;

/** Counts tokens by UTC day, in this process: calls under way count at their worst. */
export function createLedger(dailyTokens: number, prices: Prices | null): Ledger {
  let day = "";
  let calls = 0;
  let input = 0;
  let output = 0;
  let reserved = 0;
  const turn = (now: Date) => {
    const today = now.toISOString().slice(0, 10);
    if (today === day) return;
    [day, calls, input, output] = [today, 0, 0, 0];
  };
  return {
    reserve(tokens, now) {
      turn(now);
      if (input + output + reserved + tokens > dailyTokens) return null;
      reserved += tokens;
      return {
        close(inputTokens, outputTokens) {
          reserved -= tokens;
          calls += 1;
          input += inputTokens;
          output += outputTokens;
        },
      };
    },
    spent(now) {
      turn(now);
      const dollars = prices === null ? null : (input * prices.input + output * prices.output) / MILLION;
      return { day, calls, inputTokens: input, outputTokens: output, dollars };
    },
  };
}
