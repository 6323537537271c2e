import { schedule } from "node-cron";

/** Every minute: the shortest time between two looks at which feeds are due. */
export const EVERY_MINUTE = "* * * * *";

/**
 * Runs `tick` at the times of a cron expression, never two at once: a tick that is still running when the next is due
 * lets that one fall out. A tick that throws is told to `failed`, and the schedule goes on. Returns how to stop.
 */
export function every(expression: string, tick: () => Promise<void>, failed: (error: unknown) => void): () => void {
  const task = schedule(expression, () => tick().catch(failed), { noOverlap: true, suppressMissedWarning: true });
  return () => void task.destroy();
}
