import { createTask } from "node-cron";

/** As often as whoever watches is told how it goes. */
export const EVERY_MINUTE = "* * * * *";

/** For what is done once a day: whoever is up at some hour of it does it. */
export const EVERY_HOUR = "7 * * * *";

/** For what is owed as soon as it is due: polls, and posts. */
export const EVERY_FEW_SECONDS = "*/5 * * * * *";

const SECOND_MS = 1_000;

/** A busy process looks late at its clock. What fell due longer ago, in a sleep of the machine for one, is left out. */
const LATEST_SECONDS = 120;

/**
 * Runs `tick` at the times of a cron expression, never two at once: while one is running, those that fall due are left
 * out. A tick that throws is told to `failed`, and the schedule goes on. Returns how to stop: it resolves when the tick
 * under way has ended.
 *
 * node-cron says which seconds are meant, and its own timers are not used: after a jump of the clock they go through each second
 * of it, or wait until the old time comes again.
 */
export function every(
  expression: string,
  tick: () => Promise<unknown> | unknown,
  failed: (error: unknown) => void,
  clock: () => Date,
): () => Promise<void> {
  const times = createTask(expression, () => {});
  const secondOf = () => Math.floor(clock().getTime() / SECOND_MS);
  let looked = secondOf();
  let running: Promise<unknown> | null = null;

  function fellDue(): boolean {
    const now = secondOf();
    // A clock that was put back is followed at once.
    let at = Math.max(Math.min(looked, now - 1), now - LATEST_SECONDS);
    looked = now;
    while (at < now) {
      at += 1;
      if (times.match(new Date(at * SECOND_MS))) return true;
    }
    return false;
  }

  const timer = setInterval(() => {
    if (secondOf() === looked || !fellDue() || running !== null) return;
    running = (async () => tick())()
      .catch(failed)
      .finally(() => {
        running = null;
      });
  }, SECOND_MS / 4);
  return async () => {
    clearInterval(timer);
    await times.destroy();
    await running;
  };
}
