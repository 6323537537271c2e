/**
 * Starts one; it tells the milliseconds since. All that is measured below main is how long work takes: when it is, is passed in.
 */
export function stopwatch(): () => number {
  const started = performance.now();
  return () => performance.now() - started;
}
