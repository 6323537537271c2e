/** The thread of reader.ts: answers selects one by one on its own read-only connection. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Question } from "./reader.ts";

const { path, timeoutMs } = workerData as { readonly path: string; readonly timeoutMs: number };
const file = new DatabaseSync(path, { readOnly: true, timeout: timeoutMs });

parentPort?.on("message", ({ id, sql, parameters }: Question) => {
  parentPort?.postMessage(answer(id, sql, parameters));
});

function answer(id: number, sql: string, parameters: readonly unknown[]): Answer {
  try {
    return { id, rows: file.prepare(sql).all(...(parameters as readonly SQLInputValue[])) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { id, message: error.message, errcode: "errcode" in error ? error.errcode : null };
  }
}
