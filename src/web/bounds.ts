import { MINUTE_MS } from "#model/time.ts";

/** Pages made at once: the store answers look-ups in a few threads, and more would only wait there. */
const MOST_AT_ONCE = 8;

/** Those that wait for their turn; who comes after them is told to come again. */
const MOST_WAITING = 64;

/** A page takes milliseconds: one that takes so long waits for a store that does not answer. */
const LONGEST_MS = MINUTE_MS / 6;

/** What became of work: its result, or why there is none. */
export type Bounded<T> = { readonly kind: "done"; readonly result: T } | { readonly kind: "busy" | "late" };

export type Bounds = { take<T>(work: () => Promise<T>): Promise<Bounded<T>> };

/** Work takes its turn and a time at most. What is late keeps its place until it ends: a store that hangs is not asked more and more. */
export function createBounds(): Bounds {
  let atWork = 0;
  const waiting: (() => void)[] = [];
  const end = () => {
    const next = waiting.shift();
    if (next === undefined) atWork--;
    else next();
  };
  return {
    async take(work) {
      if (atWork >= MOST_AT_ONCE) {
        if (waiting.length >= MOST_WAITING) return { kind: "busy" };
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else atWork++;
      const done = work().finally(end);
      return within(LONGEST_MS, done);
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<Bounded<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Bounded<T>>();
  const timer = setTimeout(() => resolve({ kind: "late" }), ms);
  try {
    return await Promise.race([work.then((result) => ({ kind: "done" as const, result })), late]);
  } finally {
    clearTimeout(timer);
  }
}
