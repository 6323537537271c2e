import type { Spending } from "#model/spending.ts";
import type { Db } from "./engine/engine.ts";

/** A `Spend` on a store: one count for all who share it, which a restart does not begin anew. */
export async function addSpending(
  db: Db,
  day: string,
  { calls, inputTokens, outputTokens }: Spending,
  mostTokens: number,
): Promise<Spending | null> {
  if (inputTokens + outputTokens > mostTokens) return null;
  const row = await db
    .insertInto("spending")
    .values({ day, calls, input_tokens: inputTokens, output_tokens: outputTokens })
    .onConflict((conflict) =>
      conflict
        .column("day")
        .doUpdateSet((eb) => ({
          calls: eb("spending.calls", "+", calls),
          input_tokens: eb("spending.input_tokens", "+", inputTokens),
          output_tokens: eb("spending.output_tokens", "+", outputTokens),
        }))
        .where(
          (eb) =>
            eb(eb("spending.input_tokens", "+", eb.ref("spending.output_tokens")), "+", inputTokens + outputTokens),
          "<=",
          mostTokens,
        ),
    )
    .returning(["calls", "input_tokens", "output_tokens"])
    .executeTakeFirst();
  return row === undefined
    ? null
    : { calls: row.calls, inputTokens: row.input_tokens, outputTokens: row.output_tokens };
}
