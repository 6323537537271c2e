/** The exit code of a program that SIGINT ended. */
export const STOPPED = 130;

/** Runs `work`, which SIGINT and SIGTERM stop. Resolves to its exit code. */
export async function withStop(work: (stop: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end);
  try {
    return await work(stop.signal);
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}
