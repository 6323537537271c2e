#!/usr/bin/env node
import { Command } from "commander";
import { latestCommand } from "#cli/latest.ts";
import { searchCommand } from "#cli/search.ts";
import { storiesCommand } from "#cli/stories.ts";

const program = new Command("policywire")
  .description("Policy news by friction point: polls feeds, groups articles into stories, posts short cited summaries.")
  .showHelpAfterError("(--help lists the options)")
  .addCommand(storiesCommand())
  .addCommand(latestCommand())
  .addCommand(searchCommand());

await program.parseAsync();
