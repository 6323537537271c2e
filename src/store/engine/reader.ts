import { Worker } from "node:worker_threads";
import { MINUTE_MS } from "#model/time.ts";

/** A thread nobody has asked for so long ends: it holds 10 MB, and another is there in 50 ms. */
const QUIET_MS = MINUTE_MS;

/** Selects on a read-only connection in a thread of its own: however long one takes, the process goes on. */
export type Reader = {
  all(sql: string, parameters: readonly unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
};

/** A select for the thread, and its answer. */
export type Question = { readonly id: number; readonly sql: string; readonly parameters: readonly unknown[] };
export type Answer =
  | { readonly id: number; readonly rows: unknown[] }
  | { readonly id: number; readonly message: string; readonly errcode: unknown };

type Waiting = { resolve(rows: unknown[]): void; reject(error: Error): void };

/**
 * The thread starts with the first question. One that fails takes the questions that wait with it; the next question starts
 * another.
 */
export function readInThread(path: string, timeoutMs: number): Reader {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let thread: Worker | null = null;
  let quiet: NodeJS.Timeout | undefined;

  const giveUp = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const end = async (): Promise<void> => {
    clearTimeout(quiet);
    const ended = thread;
    thread = null;
    await ended?.terminate();
  };

  const start = (): Worker => {
    const started = new Worker(new URL("./reader-thread.ts", import.meta.url), { workerData: { path, timeoutMs } });
    started.unref();
    started.on("message", (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("rows" in answer) asked?.resolve(answer.rows);
      else
        asked?.reject(Object.assign(new Error(answer.message), { code: "ERR_SQLITE_ERROR", errcode: answer.errcode }));
      if (waiting.size > 0) return;
      started.unref();
      quiet = setTimeout(end, QUIET_MS).unref();
    });
    const fail = (error: Error) => {
      // Another one has begun, and what waits is for that.
      if (thread !== started) return;
      thread = null;
      giveUp(error);
    };
    started.on("error", (cause) => fail(new Error("The reading thread failed.", { cause })));
    started.on("exit", () => fail(new Error("The reading thread has ended.")));
    return started;
  };
  return {
    all(sql, parameters) {
      clearTimeout(quiet);
      thread ??= start();
      const id = ++lastId;
      // While somebody waits for an answer, the process must not end.
      thread.ref();
      thread.postMessage({ id, sql, parameters } satisfies Question);
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    },
    async close() {
      await end();
      giveUp(new Error("The store was closed."));
    },
  };
}
