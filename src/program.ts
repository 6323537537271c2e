/** The command line: composes the rest and alone may import all of it. main.ts loads it. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import { backtestCommand } from "#cli/backtest.ts";
import { backupCommand } from "#cli/backup.ts";
import { checkCommand } from "#cli/check.ts";
import { correctionsCommand } from "#cli/corrections.ts";
import { deliveriesCommand } from "#cli/deliveries.ts";
import { demoCommand } from "#cli/demo.ts";
import { doctorCommand } from "#cli/doctor.ts";
import { exportCommand } from "#cli/export.ts";
import { extractCommand } from "#cli/extract.ts";
import { feedsCommand } from "#cli/feeds.ts";
import { importCommand } from "#cli/import.ts";
import { latestCommand } from "#cli/latest.ts";
import { migrateCommand } from "#cli/migrate.ts";
import { parseCommand } from "#cli/parse.ts";
import type { OpenPlayer } from "#cli/play/player.ts";
import { playCommand } from "#cli/play.ts";
import { roleCommands } from "#cli/run.ts";
import { schemaCommand } from "#cli/schema.ts";
import { searchCommand } from "#cli/search.ts";
import { storiesCommand } from "#cli/stories.ts";
import type { OpenDecide } from "#cli/stories-by-hand.ts";
import { summarizeCommand } from "#cli/summarize.ts";
import { tagCommand } from "#cli/tag.ts";
import { whyCommand } from "#cli/why.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { loadConfig } from "./config.ts";
import { messageChain } from "./log.ts";

/** For commands that read the web once. */
const openFetcher = () => {
  const { userAgent, allowNetworks } = loadConfig().config;
  return createFetcher({ userAgent, allowNetworks, clock: () => new Date() });
};

/** The worker on a clock of its own. */
const openPlayer: OpenPlayer = async (setting) => (await import("./player.ts")).openPlayer(setting);

/** For decisions about stories, which are told anew by the worker's own code. */
const openDecide: OpenDecide = async ({ db, pack }) => {
  const { decide } = await import("#worker/by-hand.ts");
  return (decision, by) => decide(db, pack, decision, by, new Date());
};

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

  // The worker and the bot are loaded only by the command that needs them: discord.js alone takes a third of a second.
  for (const role of roleCommands(() => import("./run.ts"))) program.addCommand(role);
  program
    .addCommand(demoCommand(openPlayer))
    .addCommand(playCommand(openPlayer))
    .addCommand(checkCommand())
    .addCommand(latestCommand())
    .addCommand(searchCommand())
    .addCommand(whyCommand())
    .addCommand(deliveriesCommand())
    .addCommand(correctionsCommand())
    .addCommand(parseCommand(openFetcher))
    .addCommand(feedsCommand(openFetcher))
    .addCommand(tagCommand())
    .addCommand(backtestCommand())
    .addCommand(storiesCommand(openDecide))
    .addCommand(summarizeCommand())
    .addCommand(extractCommand())
    .addCommand(migrateCommand())
    .addCommand(backupCommand())
    .addCommand(doctorCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(schemaCommand());

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
