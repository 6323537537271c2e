#!/usr/bin/env node
import { Command } from "commander";
import { latestCommand } from "#cli/latest.ts";
import { parseCommand } from "#cli/parse.ts";
import { searchCommand } from "#cli/search.ts";
import { storiesCommand } from "#cli/stories.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { loadConfig } from "./config.ts";

/** A fetcher for commands that read the web once. */
function openFetcher() {
  const loaded = loadConfig();
  const allowNetworks = loaded.ok ? loaded.config.allowNetworks : [];
  const contact = loaded.ok ? loaded.config.contact : null;
  const userAgent = `Policywire/0.1.0${contact === null ? "" : ` (+${contact})`}`;
  return createFetcher({ userAgent, allowNetworks, clock: () => new Date() });
}

const program = new Command("policywire")
  .description("Policy news by friction point: polls feeds, groups articles into stories, posts short cited summaries.")
  .showHelpAfterError("(--help lists the options)")
  .addCommand(parseCommand(openFetcher))
  .addCommand(storiesCommand())
  .addCommand(latestCommand())
  .addCommand(searchCommand());

await program.parseAsync();
