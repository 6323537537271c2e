import { randomFrom } from "#support/random.ts";
import { playKilled } from "#support/replay/kills.ts";
import { recordOf } from "#support/replay/outcome.ts";
import { play } from "#support/replay/play.ts";
import { inFolder, optionsOf } from "./options.ts";

/**
 * Plays tests/fixtures/replay.yaml in processes killed at random moments, and compares stories and posts with a play that nothing
 * disturbed.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("replay-kills", args, { rounds: "10", seed: "1", "longest-ms": "400" });
  const random = randomFrom(Number(values.seed));
  const longestMs = Number(values["longest-ms"]);
  const undisturbed = await inFolder("replay", async (folder) => {
    await play(folder);
    return JSON.stringify(await recordOf(folder));
  });
  let [kills, differing] = [0, 0];
  for (let round = 1; round <= Number(values.rounds); round++) {
    await inFolder("replay", async (folder) => {
      const killedAt = await playKilled(folder, { random, longestMs, mostKills: Number.POSITIVE_INFINITY });
      kills += killedAt.length;
      if (JSON.stringify(await recordOf(folder)) === undisturbed) return;
      differing += 1;
      process.stdout.write(`round ${round}, killed at steps ${killedAt.join(", ")}: other stories or posts\n`);
    });
  }
  process.stdout.write(
    `${values.rounds} replays, ${kills} kills (seed ${values.seed}): ${differing} with other stories or posts than undisturbed.\n`,
  );
  if (differing > 0) process.exitCode = 1;
}
