import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ChartWeek } from "#model/trend.ts";

/** A chart takes a fifth of a second; a machine that swaps takes longer. */
const DEADLINE_MS = 20_000;

const DRAW = fileURLToPath(new URL("./draw.ts", import.meta.url));

let last: Promise<unknown> = Promise.resolve();

/**
 * A PNG of the weeks, 1000 by 520 pixels. Drawn in a process of its own, one at a time: the renderer's 60 MB are there for as long as it
 * draws. Null where it cannot be drawn (the renderer has no build for this machine, no memory, or too long), which `fault` hears of.
 */
export function drawChart(weeks: readonly ChartWeek[], fault: (error: unknown) => void): Promise<Buffer | null> {
  const mine = last
    .then(() => drawNow(weeks))
    .catch((error: unknown) => {
      fault(error);
      return null;
    });
  last = mine;
  return mine;
}

async function drawNow(weeks: readonly ChartWeek[]): Promise<Buffer> {
  const child = spawn(process.execPath, [DRAW], { stdio: "pipe", timeout: DEADLINE_MS, killSignal: "SIGKILL" });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  // One that could not start or has ended reads nothing; how it ended says so.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(weeks));
  const [code, png, said] = await Promise.all([ended, buffer(child.stdout), buffer(child.stderr)]);
  if (code !== 0) throw new Error(`The chart could not be drawn: ${said.toString("utf8").slice(-LONGEST_SAID).trim()}`);
  return png;
}

/** What is kept of why it failed: the end of a stack. */
const LONGEST_SAID = 1_000;
