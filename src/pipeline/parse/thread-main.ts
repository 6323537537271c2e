import { parentPort } from "node:worker_threads";
import { readDocument } from "./read.ts";
import type { Job } from "./thread.ts";

/** The other side of `thread.ts`: reads one document after another. An outcome goes back as JSON, so that one string is copied instead of a tree. */
parentPort?.on("message", async ({ body, origin }: Job) => {
  parentPort?.postMessage(JSON.stringify(await readDocument(body, origin)));
});
