/** Chaos lives this many times faster: a minute's claim lasts 3 s, and Discord forgets a nonce after 9 s. */
export const SPEED = 20;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A clock that several processes share: it showed `epoch` (milliseconds) at that moment, and has run fast since. */
export const fastClock =
  (epoch: number): (() => Date) =>
  () =>
    new Date(epoch + (Date.now() - epoch) * SPEED);
