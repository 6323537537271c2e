/**
 * A wait in milliseconds that doubles with each try, from `firstMs` to `longestMs`, with a jitter of a half so that many channels do
 * not come back together.
 */
export function doubling(attempts: number, firstMs: number, longestMs: number, random: () => number): number {
  const wait = Math.min(firstMs * 2 ** Math.min(attempts - 1, 20), longestMs);
  return wait * (0.5 + random() / 2);
}
