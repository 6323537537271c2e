import { once } from "node:events";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Library } from "#answers/question.ts";
import { createServer } from "./tools.ts";

/** What a server needs besides the library. */
export type Serving = {
  readonly version: string;
  readonly clock: () => Date;
  /** Ends it, as the end of standard input does. */
  readonly signal: AbortSignal;
  /** Hears of what went wrong on the way: standard output belongs to the protocol. */
  readonly fault: (error: Error) => void;
};

/** Serves MCP on standard input and output until the input ends. */
export async function serveMcp(library: Library, { version, clock, signal, fault }: Serving): Promise<void> {
  const ended = Promise.race([once(process.stdin, "close"), once(process.stdin, "end"), aborted(signal)]);
  const handle = serveStdio(() => createServer(library, version, clock), { onerror: fault });
  await ended;
  await handle.close();
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
