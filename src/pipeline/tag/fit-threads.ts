import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Examples } from "./logistic.ts";
import type { Rows } from "./rows.ts";

/** Is told how many fits are made, of how many. */
export type Heard = (done: number, of: number) => void;

/**
 * `fitChoice` of each to the same rows, several at a time in threads of their own, and the weights in the order asked for: how many
 * threads there are changes nothing but the time. Rejects with what one of them throws.
 */
export async function fitAll(
  rows: Rows,
  fits: readonly Examples[],
  heard: Heard = () => {},
  threads = availableParallelism(),
): Promise<readonly Float64Array[]> {
  const fitted: Float64Array[] = [];
  // The longest first, so that at the end no thread waits long for another.
  const waiting = [...fits.keys()].sort((a, b) => fits[b]!.outputs - fits[a]!.outputs).values();
  let done = 0;
  const work = async (worker: Worker) => {
    for (const at of waiting) {
      worker.postMessage(fits[at]);
      [fitted[at]] = (await once(worker, "message")) as [Float64Array];
      done += 1;
      heard(done, fits.length);
    }
  };
  const workers = Array.from(
    { length: Math.min(threads, fits.length) },
    () => new Worker(new URL("./fit-thread.ts", import.meta.url), { workerData: rows }),
  );
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return fitted;
}
