import { parentPort } from "node:worker_threads";
import type { Asked, Call, Outcome } from "./in-thread.ts";
import { partsOf } from "./parts.ts";

let parts: Iterator<string> = [].values();

/**
 * The other side of `in-thread.ts`: one call after another. An outcome goes back as JSON, in parts, each when it is asked for;
 * null ends it.
 */
parentPort?.on("message", async (asked: Asked) => {
  if (asked !== "more") parts = partsOf(await answer(asked));
  parentPort?.postMessage(parts.next().value ?? null);
});

async function answer({ module, name, input }: Call): Promise<Outcome<unknown>> {
  try {
    const functions = (await import(module)) as Record<string, (...input: readonly unknown[]) => unknown>;
    return { kind: "done", value: await functions[name]?.(...input) };
  } catch {
    return { kind: "failed", why: "error" };
  }
}
