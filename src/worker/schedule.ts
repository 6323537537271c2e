import { schedule } from "node-cron";

/** As often as whoever watches is told how it goes. */
export const EVERY_MINUTE = "* * * * *";

/** For what is done once a day: whoever is up at some hour of it does it. */
export const EVERY_HOUR = "7 * * * *";

/** For what is owed as soon as it is due: polls, and posts. */
export const EVERY_FEW_SECONDS = "*/5 * * * * *";

/** A tick that is left out, because the one before goes on, is no news. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Runs `tick` at the times of a cron expression, never two at once: while one is running, those that fall due are left
 * out. A tick that throws is told to `failed`, and the schedule goes on. Returns how to stop: it resolves when the tick
 * under way has ended.
 */
export function every(
  expression: string,
  tick: () => Promise<unknown> | unknown,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = (async () => tick())().catch(failed);
    return running;
  };
  const task = schedule(expression, run, { noOverlap: true, suppressMissedWarning: true, logger: SILENT });
  return async () => {
    await task.destroy();
    await running;
  };
}
