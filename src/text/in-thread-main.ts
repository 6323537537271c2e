import { parentPort } from "node:worker_threads";
import type { Call, Outcome } from "./in-thread.ts";

/** The other side of `in-thread.ts`: one call after another. An outcome goes back as JSON, so that one string is copied instead of a tree. */
parentPort?.on("message", async (call: Call) => {
  parentPort?.postMessage(JSON.stringify(await answer(call)));
});

async function answer({ module, name, input }: Call): Promise<Outcome<unknown>> {
  try {
    const functions = (await import(module)) as Record<string, (...input: readonly unknown[]) => unknown>;
    return { kind: "done", value: await functions[name]?.(...input) };
  } catch {
    return { kind: "failed", why: "error" };
  }
}
