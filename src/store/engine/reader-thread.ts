/** The thread of reader.ts: answers selects one by one on its own read-only connection. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Question } from "./reader.ts";

const { path, timeoutMs } = workerData as { readonly path: string; readonly timeoutMs: number };
const file = new DatabaseSync(path, { readOnly: true, timeout: timeoutMs });

/** Statements kept ready; look-ups have some dozens, and lists of other lengths make more. */
const KEPT_STATEMENTS = 200;
const statements = new Map<string, StatementSync>();

parentPort?.on("message", ({ id, sql, parameters }: Question) => {
  parentPort?.postMessage(answer(id, sql, parameters));
});

function answer(id: number, sql: string, parameters: readonly unknown[]): Answer {
  try {
    return { id, rows: prepared(sql).all(...(parameters as readonly SQLInputValue[])) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { id, message: error.message, errcode: "errcode" in error ? error.errcode : null };
  }
}

function prepared(sql: string): StatementSync {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  if (statements.size >= KEPT_STATEMENTS) statements.clear();
  const statement = file.prepare(sql);
  statements.set(sql, statement);
  return statement;
}
