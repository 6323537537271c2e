import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Where } from "#store/engine/database.ts";
import { chaos } from "#support/chaos/chaos.ts";
import { optionsOf } from "./options.ts";
import { inDatabase } from "./scale/postgres.ts";

/**
 * Posts through every trouble that Discord, the network, moderators, the database, the clock and a SIGKILL can make, and checks:
 * exactly once, in order, nothing lost, nobody told twice. `--engine postgres` runs two workers and a bot on one database.
 * `--only "late work,refusal without a reason"` has requests meet these kinds alone, and so more often.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("chaos", args, { seed: "1", rounds: "300", engine: "sqlite", only: "" });
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const play = async (where: Where) => {
    const { owed, reminders, memos, asked, faults, violations, trouble, repeated } = await chaos({
      seed: Number(values.seed),
      rounds: Number(values.rounds),
      where,
      only: values.only.split(",").filter(Boolean),
    });
    const counted = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts)
        .map(([name, times]) => `${name} ${times}`)
        .join(", ");
    process.stdout.write(
      `${values.engine}, seed ${values.seed}, ${values.rounds} rounds: ${owed} posts owed, ${reminders} of them reminders and ${memos} memos, ${asked} requests confirmed, ` +
        `${faults.length} faults, ${violations.length} violations.\nTrouble: ${counted(trouble)}.\nSent again, and kept once: ${counted(repeated)}.\nThe servers were held up for ${Math.round(delay.max / 1e6)} ms at the longest.\n`,
    );
    for (const fault of [...faults, ...violations]) process.stdout.write(`${fault}\n`);
    if (faults.length + violations.length > 0) process.exitCode = 1;
  };
  if (values.engine === "postgres") return inDatabase(({ where }) => play(where));
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-chaos-"));
  try {
    await play({ url: null, dataDir });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
