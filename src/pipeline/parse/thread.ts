import { Worker } from "node:worker_threads";
import type { Origin, ParseOutcome } from "./outcome.ts";

export type Job = { readonly body: Uint8Array; readonly origin: Origin };

/** The largest body allowed (10 MiB) takes well under a second here; only an attack takes longer. */
const DEADLINE_MS = 10_000;
/** A thread out of work gives its memory back after this. */
const IDLE_MS = 20_000;
/** Ten times what the largest body needs when it is all entries; beyond it the thread is ended, not the program. */
const MOST_HEAP_MB = 256;

type Thread = { readonly worker: Worker; settle: ((outcome: ParseOutcome, over: boolean) => void) | null };

let thread: Thread | null = null;
let idle: NodeJS.Timeout | undefined;
let last: Promise<unknown> = Promise.resolve();

const failed = (reason: string): ParseOutcome => ({ kind: "not-a-feed", reason, suggestions: [] });

function start(): Thread {
  const worker = new Worker(new URL("./thread-main.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: 64 },
  });
  const started: Thread = { worker, settle: null };
  worker.on("message", (outcome: string) => started.settle?.(JSON.parse(outcome) as ParseOutcome, false));
  worker.on("error", () => started.settle?.(failed("The document needs too much memory to read."), true));
  return started;
}

function end(): void {
  void thread?.worker.terminate();
  thread = null;
}

function readNow(job: Job): Promise<ParseOutcome> {
  clearTimeout(idle);
  thread ??= start();
  const current = thread;
  return new Promise((resolve) => {
    const deadline = setTimeout(
      () => current.settle?.(failed("The document takes too long to read."), true),
      DEADLINE_MS,
    );
    current.settle = (outcome, over) => {
      clearTimeout(deadline);
      current.settle = null;
      // Nobody waits for a thread that has no document.
      current.worker.unref();
      if (over) end();
      else idle = setTimeout(end, IDLE_MS).unref();
      resolve(outcome);
    };
    current.worker.ref();
    current.worker.postMessage(job);
  });
}

/** Reads a document in a thread of its own, so that a large one holds nobody up; one at a time. */
export function readInThread(body: Uint8Array, origin: Origin): Promise<ParseOutcome> {
  const mine = last.then(() => readNow({ body, origin: { contentType: origin.contentType, url: origin.url } }));
  last = mine;
  return mine;
}
