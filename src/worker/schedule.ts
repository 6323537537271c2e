import { schedule } from "node-cron";

/** Every minute: the shortest time between two looks at which feeds are due. */
export const EVERY_MINUTE = "* * * * *";

/** For what is done once a day: whoever is up at some hour of it does it. */
export const EVERY_HOUR = "7 * * * *";

/** What waits for a retry is not kept waiting for the next round. */
export const EVERY_FEW_SECONDS = "*/5 * * * * *";

/**
 * Runs `tick` at the times of a cron expression, never two at once: while one is running, those that fall due are left
 * out. A tick that throws is told to `failed`, and the schedule goes on. Returns how to stop: it resolves when the tick
 * under way has ended.
 */
export function every(
  expression: string,
  tick: () => Promise<unknown>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = tick().catch(failed);
    return running;
  };
  const task = schedule(expression, run, { noOverlap: true, suppressMissedWarning: true });
  return async () => {
    await task.destroy();
    await running;
  };
}
