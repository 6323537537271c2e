import { Command } from "commander";
import type { Library } from "#answers/question.ts";
import { VERSION } from "#settings/config.ts";
import { messageChain } from "#settings/log.ts";
import { complain } from "#settings/problem.ts";
import { type LookUpOptions, lookUp } from "./look-up.ts";
import { withStop } from "./play/stop.ts";

/** Serves the tools until the client goes or the signal says so. */
type ServeMcp = (
  library: Library,
  serving: {
    readonly version: string;
    readonly clock: () => Date;
    readonly signal: AbortSignal;
    readonly fault: (error: Error) => void;
  },
) => Promise<void>;

/** `policywire mcp`: the look-ups as tools of an assistant, over standard input and output. */
export function mcpCommand(serve: ServeMcp, clock: () => Date): Command {
  return new Command("mcp")
    .option("--pack <dir>", "the pack that names points and places (default: POLICYWIRE_PACK)")
    .option("--data <dir>", "the folder of the embedded database (default: POLICYWIRE_DATA)")
    .action(async (options: LookUpOptions) => {
      process.exitCode = await withStop((signal) =>
        lookUp(options, async (library) => {
          const fault = (error: Error) => void complain([messageChain(error)]);
          await serve(library, { version: VERSION, clock, signal, fault });
          return 0;
        }),
      );
    });
}
