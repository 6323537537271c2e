import { parentPort } from "node:worker_threads";
import { readDocument } from "./read.ts";
import type { Job } from "./thread.ts";

/** The other side of `thread.ts`: reads one document after another. */
parentPort?.on("message", async ({ body, origin }: Job) => {
  parentPort?.postMessage(await readDocument(body, origin));
});
