import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PLAYER = fileURLToPath(new URL("./player.ts", import.meta.url));

/**
 * Plays the sequence in processes that are killed with SIGKILL at random moments, within `longestMs` of their first step,
 * until one comes to the end; after `mostKills` the next may. Resolves to the step at which each was killed.
 */
export async function playKilled(
  folder: string,
  { random, longestMs, mostKills }: { random: () => number; longestMs: number; mostKills: number },
): Promise<number[]> {
  const killedAt: number[] = [];
  for (;;) {
    const player = spawn(process.execPath, [PLAYER, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    player.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const ended = once(player, "close");
    await Promise.race([once(player.stdout, "data"), ended]);
    const delayMs = random() * longestMs;
    const timer = killedAt.length < mostKills ? setTimeout(() => player.kill("SIGKILL"), delayMs) : undefined;
    const [code, signal] = (await ended) as [number | null, string | null];
    clearTimeout(timer);
    if (code === 0) return killedAt;
    if (signal !== "SIGKILL") throw new Error(`the player ended with ${code ?? signal}`);
    killedAt.push(Number(printed.trim().split("\n").at(-1)));
  }
}
