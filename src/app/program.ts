/** The command line. main.ts loads it. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import { messageChain } from "#settings/log.ts";
import { COMMANDS } from "./commands.ts";

/** A reader that went away (`policywire demo | head`) wants no more: that is no fault, wherever it was met. */
const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && (("code" in error && error.code === "EPIPE") || isReaderGone(error.cause));

/** Reads the arguments of the process and does what they ask. */
export async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const program = new Command("policywire")
    .description(
      "Policy news by friction point: polls feeds, groups articles into stories, posts short cited summaries.",
    )
    .showHelpAfterError("(--help lists the options)");
  const [first, second] = process.argv.slice(2);
  const wanted = first === "help" ? second : first;
  for (const [name, { does, load }] of Object.entries(COMMANDS)) {
    // Of the others `--help` needs no more than a line.
    const command = name === wanted ? await load() : new Command(name);
    program.addCommand(command.description(does));
  }

  process.stdout.on("error", (error) => {
    if (isReaderGone(error)) process.exit();
    throw error;
  });
  await program.parseAsync().catch((error: unknown) => {
    if (isReaderGone(error)) process.exit();
    // A bug, or a database or a disk that failed.
    process.stderr.write(`policywire failed: ${messageChain(error)}\n`);
    process.exitCode = 1;
  });
}
