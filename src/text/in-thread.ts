import { Worker } from "node:worker_threads";
import { createJoining } from "./parts.ts";

/** A function that another thread is to call: of a module by its address, and by its name there. */
export type Call = { readonly module: string; readonly name: string; readonly input: readonly unknown[] };

/** What a thread is asked: a call, then its outcome part by part. */
export type Asked = Call | "more";

/** What came of it: the function's value, or why there is none. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  /** `time` or `memory`: more than anything honest needs. `error`: the function threw. */
  | { readonly kind: "failed"; readonly why: Why };

type Why = "time" | "memory" | "error";

/** The largest text allowed takes well under a second; only an attack takes longer. Each part of the outcome has it again. */
const DEADLINE_MS = 10_000;
/** A thread out of work gives its memory back after this. */
const IDLE_MS = 20_000;
/** Ten times what the largest text needs; beyond it the thread is ended, not the program. */
const MOST_HEAP_MB = 256;
/**
 * Nor may it hold more than this outside of its heap, where no limit of Node's reaches: 4 MB of a PDF unfold to gigabytes, some 200
 * MB a second. An honest one of the largest size takes a quarter.
 */
const MOST_OUTSIDE = 192 * 1024 * 1024;
const LOOK_MS = 100;

/** How a call ended: all of its outcome is here, or the thread came to its end or its deadline. */
type Ended = "answered" | { readonly why: Why } | { readonly fault: Error };
type Thread = { readonly worker: Worker; current: Current | null };

/** The call that a thread is at; `take` has a part of its outcome, or null behind the last. */
type Current = { readonly take: (part: string | null) => void; readonly settle: (ended: Ended) => void };

function endOf(error: NodeJS.ErrnoException): Ended {
  if (error.code === "ERR_WORKER_INIT_FAILED") return { fault: error };
  return { why: error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "error" };
}

/** One thread, started when it is wanted, and those who wait for it. */
function createLane() {
  let thread: Thread | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Thread {
    const worker = new Worker(new URL("./in-thread-main.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: 64 },
    });
    const started: Thread = { worker, current: null };
    worker.on("message", (part: string | null) => started.current?.take(part));
    worker.on("error", (error: NodeJS.ErrnoException) => {
      if (thread === started) thread = null;
      started.current?.settle(endOf(error));
    });
    return started;
  }

  function end(): void {
    void thread?.worker.terminate();
    thread = null;
  }

  function callNow<T>(call: Call): Promise<Outcome<T>> {
    clearTimeout(idle);
    thread ??= start();
    const mine = thread;
    const { worker } = mine;
    const ask = (asked: Asked) => worker.postMessage(asked);
    const joining = createJoining<Outcome<T>>();
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => settle({ why: "time" }), DEADLINE_MS);
      const looks = setInterval(async () => {
        // It may have come to its end by itself.
        const held = await worker.getHeapStatistics().catch(() => null);
        if (mine.current === current && held !== null && held.external_memory > MOST_OUTSIDE) settle({ why: "memory" });
      }, LOOK_MS).unref();
      const settle = (ended: Ended) => {
        clearTimeout(deadline);
        clearInterval(looks);
        mine.current = null;
        // Nobody waits for a thread that has nothing to do.
        worker.unref();
        if (ended !== "answered") end();
        else idle = setTimeout(end, IDLE_MS).unref();
        if (ended === "answered") resolve(joining.whole());
        else if ("fault" in ended) reject(ended.fault);
        else resolve({ kind: "failed", why: ended.why });
      };
      const take = (part: string | null) => {
        if (part === null) return settle("answered");
        deadline.refresh();
        joining.take(part);
        // Whoever else waits for this thread of the program has a turn before the next part comes.
        setImmediate(ask, "more");
      };
      const current: Current = { take, settle };
      mine.current = current;
      worker.ref();
      ask(call);
    });
  }

  return {
    call<T>(call: Call): Promise<Outcome<T>> {
      const mine = last.then(() => callNow<T>(call));
      last = mine.catch(() => {});
      return mine;
    },
  };
}

/** By module: what one kind of text is made to cost, no other kind waits for. */
const lanes = new Map<string, ReturnType<typeof createLane>>();

/**
 * Calls a function on text from outside in a thread with a deadline and a bounded heap, so that whatever the text is made to
 * cost, it holds up nobody but who calls the same module: each has a thread of its own, and one call at a time. Takes and gives
 * what JSON can say, and bytes. The thread is replaced when it dies. Rejects when there can be none, which is no fault of the
 * text.
 */
export function inThread<T>(module: URL, name: string, ...input: readonly unknown[]): Promise<Outcome<T>> {
  const { href } = module;
  const lane = lanes.get(href) ?? createLane();
  lanes.set(href, lane);
  return lane.call<T>({ module: href, name, input });
}
