import { chaos } from "#support/chaos/chaos.ts";
import { optionsOf } from "./options.ts";

/**
 * Posts through every trouble that Discord, the network, the database, the clock and a SIGKILL can make, and checks: exactly
 * once, in order, nothing lost.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("chaos", args, { seed: "1", rounds: "200" });
  const { owed, faults, violations, trouble } = await chaos({
    seed: Number(values.seed),
    rounds: Number(values.rounds),
  });
  const made = Object.entries(trouble).map(([name, times]) => `${name} ${times}`);
  process.stdout.write(
    `seed ${values.seed}, ${values.rounds} rounds: ${owed} posts owed, ${faults.length} faults, ${violations.length} violations.\nTrouble: ${made.join(", ")}.\n`,
  );
  for (const fault of [...faults, ...violations]) process.stdout.write(`${fault}\n`);
  if (faults.length + violations.length > 0) process.exitCode = 1;
}
