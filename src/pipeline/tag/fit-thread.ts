/** The thread of fit-threads.ts: makes one fit after another to the rows that it shares. */
import { parentPort, workerData } from "node:worker_threads";
import { type Examples, fitChoice } from "./logistic.ts";
import type { Rows } from "./rows.ts";

const rows = workerData as Rows;

parentPort?.on("message", (examples: Examples) => parentPort?.postMessage(fitChoice(rows, examples)));
