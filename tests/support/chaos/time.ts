import { DAY_MS, HOUR_MS } from "#model/time.ts";

/** Chaos lives this many times faster: a minute's claim lasts 3 s, and Discord forgets a nonce after 9 s. */
export const SPEED = 20;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A clock that several processes share: it showed `epoch` (milliseconds) at that moment, and has run fast since. */
export const fastClock =
  (epoch: number): (() => Date) =>
  () =>
    new Date(epoch + (Date.now() - epoch) * SPEED);

const TEN_YEARS_MS = 10 * 365 * DAY_MS;

/** What a clock is ahead by, one turn after the other. */
const AHEAD = [0, TEN_YEARS_MS, -TEN_YEARS_MS] as const;

/** Half as long as a wrong clock must go on to be believed: the program then deletes what chaos still tells of, as it should. */
const LONGEST_WRONG_MS = HOUR_MS / 2;

/** A machine's clock that each turn puts ten years ahead, then as much behind, then right; somebody puts it right before it is believed. */
export function turnable(right: () => Date): { readonly now: () => Date; readonly turn: () => void } {
  let turns = 0;
  let rightFrom = 0;
  return {
    now() {
      const now = right().getTime();
      return new Date(now < rightFrom ? now + AHEAD[turns % AHEAD.length]! : now);
    },
    turn() {
      turns += 1;
      rightFrom = right().getTime() + LONGEST_WRONG_MS;
    },
  };
}
