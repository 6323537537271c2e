import type { Command } from "commander";
import type { OpenWorkshop } from "#cli/destinations/workshop.ts";
import type { PruneAll } from "#cli/doctor.ts";
import type { OpenReader } from "#cli/feeds/add.ts";
import type { OpenSchool } from "#cli/learn.ts";
import type { OpenPlayer } from "#cli/play/player.ts";
import type { OpenDecide } from "#cli/stories-by-hand.ts";

/** A command of the command line: what it does, and how it is loaded when it is wanted. */
type Entry = { readonly does: string; readonly load: () => Promise<Command> };

/** What is asked at a terminal is asked now. */
const clock = () => new Date();

/** What the worker and the bot are made of; discord.js alone takes a third of a second to load. */
const roles = () => import("./run.ts");

/** The worker on a clock of its own. */
const openPlayer: OpenPlayer = async (setting) => (await import("./player.ts")).openPlayer(setting);

/** For commands that read the web once. */
async function fetcherOpener() {
  const [{ createFetcher }, { loadConfig }] = await Promise.all([
    import("#pipeline/fetch/fetch.ts"),
    import("#settings/config.ts"),
  ]);
  return () => {
    const { userAgent, allowNetworks, proxies, keys } = loadConfig().config;
    return createFetcher({ userAgent, allowNetworks, proxies, keys, clock });
  };
}

/** For commands that read sources once. */
const openReader: OpenReader = async () => {
  const [open, { createSourceReader }] = await Promise.all([fetcherOpener(), import("#worker/read-once.ts")]);
  return createSourceReader(open(), clock);
};

/** For decisions about stories, which are told anew by the worker's own code. */
const openDecide: OpenDecide = async ({ db, pack }) => {
  const { decide } = await import("#worker/by-hand.ts");
  return (decision, by) => decide(db, pack, decision, by, clock());
};

/** What people set right in a store, and what other weights would make of its articles. */
const openSchool: OpenSchool = async () => {
  const [{ lessonsIn }, { lessonChanges }] = await Promise.all([
    import("#worker/lessons.ts"),
    import("#worker/lesson-changes.ts"),
  ]);
  return { lessonsIn, lessonChanges };
};

/** What the kinds of destinations do for whoever sets one up. */
const openWorkshop: OpenWorkshop = async (where) =>
  (await import("./destination-workshop.ts")).openWorkshop(where, clock);

/** Deletes what is old, when a person asks for it. */
const pruneNow: PruneAll = async (db) => (await import("./prune-now.ts")).pruneNow(db, clock());

/** All commands, in the order of `--help`. None loads what another needs: a look-up starts in a fraction of the bot's time. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  run: {
    does: "poll the pack's feeds and post what moved: to Discord when DISCORD_TOKEN is set, else in the terminal",
    load: async () => (await import("#cli/run.ts")).runCommand(roles),
  },
  worker: {
    does: "poll and post, and answer nobody: one of any number that share a PostgreSQL",
    load: async () => (await import("#cli/run.ts")).workerCommand(roles),
  },
  bot: {
    does: "answer people in Discord, and poll and post nothing: one, beside its workers",
    load: async () => (await import("#cli/run.ts")).botCommand(roles),
  },
  web: {
    does: "serve the site, and poll and post nothing: beside a worker, or by itself on what is stored",
    load: async () => (await import("#cli/run.ts")).webCommand(() => import("./run-web.ts")),
  },
  learn: {
    does: "fit the weights of a pack to labelled items and to what people set right, and say what that would change",
    load: async () => (await import("#cli/learn.ts")).learnCommand(openSchool, clock),
  },
  demo: {
    does: "play a written week of news through the whole pipeline: no network, no settings, nothing kept",
    load: async () => (await import("#cli/demo/demo.ts")).demoCommand(openPlayer),
  },
  play: {
    does: "play news through the whole pipeline on a clock of its own: what a channel would have got",
    load: async () => (await import("#cli/play/play.ts")).playCommand(openPlayer, clock),
  },
  backtest: {
    does: "play the same news with two packs: the posts gained, lost or worded otherwise, and the tags",
    load: async () => (await import("#cli/backtest.ts")).backtestCommand(openPlayer, clock),
  },
  check: {
    does: "check the environment, the pack and the database, and print every fault with its place and remedy; --network reads every source once",
    load: async () => (await import("#cli/check.ts")).checkCommand(openReader, openWorkshop, clock),
  },
  latest: {
    does: "show the newest stories, also while the bot runs",
    load: async () => (await import("#cli/latest.ts")).latestCommand(clock),
  },
  matters: {
    does: "list the bills, acts and cases that articles are about, or tell one: matters SB 53",
    load: async () => (await import("#cli/matters.ts")).mattersCommand(clock),
  },
  deadlines: {
    does: "show the days to come that articles set (comments, hearings, votes, in force), each with its sentence",
    load: async () => (await import("#cli/deadlines.ts")).deadlinesCommand(clock),
  },
  search: {
    does: 'find stories by their words, also while the bot runs: audits "embedded monitor" -football',
    load: async () => (await import("#cli/search.ts")).searchCommand(),
  },
  quotes: {
    does: "show who said what, newest first, also while the bot runs; --csv for a spreadsheet",
    load: async () => (await import("#cli/quotes.ts")).quotesCommand(clock),
  },
  memo: {
    does: "write what a week, a month or a quarter brought, by friction point, also while the bot runs",
    load: async () => (await import("#cli/memo.ts")).memoCommand((await import("#worker/memo.ts")).memoFor, clock),
  },
  trend: {
    does: "show how much moves on a friction point, week by week: trend penalties; --png FILE for a chart",
    load: async () => (await import("#cli/trend.ts")).trendCommand(clock),
  },
  why: {
    does: "show why a story was tagged: each phrase that matched, its sentence and the rule that fired",
    load: async () => (await import("#cli/why.ts")).whyCommand(),
  },
  mcp: {
    does: "answer an assistant's look-ups over standard input and output (Model Context Protocol), also while the bot runs",
    load: async () => (await import("#cli/mcp.ts")).mcpCommand((await import("#mcp/serve.ts")).serveMcp, clock),
  },
  deliveries: {
    does: "list what could not be posted, as JSON lines, newest first: dead letters, or another state",
    load: async () => (await import("#cli/deliveries.ts")).deliveriesCommand(),
  },
  corrections: {
    does: "write what readers found wrong as JSON lines, each with its story and articles",
    load: async () => (await import("#cli/corrections.ts")).correctionsCommand(),
  },
  parse: {
    does: "read feed documents; one JSON line each",
    load: async () => (await import("#cli/parse.ts")).parseCommand(await fetcherOpener(), clock),
  },
  destinations: {
    does: "list, add, test, pause and remove destinations beside Discord, and have them follow something",
    load: async () => (await import("#cli/destinations/destinations.ts")).destinationsCommand(openWorkshop, clock),
  },
  feeds: {
    does: "list, add, remove, check, import and export the sources of a pack",
    load: async () => (await import("#cli/feeds/feeds.ts")).feedsCommand(openReader),
  },
  tag: {
    does: "tag articles: JSON lines {id, title, text, publishedAt?, source?} in, {id, relevant, points, jurisdictions, stage, certainty} out",
    load: async () => (await import("#cli/tag.ts")).tagCommand(),
  },
  stories: {
    does: "group articles into stories: JSON lines {id, title, text, publishedAt?, source?} in, {id, story} out",
    load: async () => (await import("#cli/stories.ts")).storiesCommand(openDecide),
  },
  summarize: {
    does: "summarise stories: JSON lines {id, articles: [{title, text, primary?}], sentences?, words?, points?} in, {id, language, summary, sentences, sides, conflicts} out",
    load: async () => (await import("#cli/summarize.ts")).summarizeCommand(),
  },
  extract: {
    does: "read article pages and PDFs: JSON lines {id, url, html} or {id, pdf: base64} in, {id, title, text, publishedAt, pageStarts?} out",
    load: async () => (await import("#cli/extract.ts")).extractCommand(),
  },
  migrate: {
    does: "bring the database up to date, before the workers and the bot of a new version start",
    load: async () => (await import("#cli/migrate.ts")).migrateCommand(),
  },
  backup: {
    does: "copy the embedded database to a new file, all of one moment, also while the bot runs",
    load: async () => (await import("#cli/backup.ts")).backupCommand(),
  },
  doctor: {
    does: "examine the database and what waits in it, also while the bot runs; exit 1 when something is wrong; --prune deletes all that is too old at once",
    load: async () => (await import("#cli/doctor.ts")).doctorCommand(pruneNow, openWorkshop, clock),
  },
  export: {
    does: "write the whole store as JSON lines, also while the bot runs: policywire export > store.jsonl",
    load: async () => (await import("#cli/export.ts")).exportCommand(clock),
  },
  import: {
    does: "fill an empty store from an export, of either engine: policywire import < store.jsonl",
    load: async () => (await import("#cli/import.ts")).importCommand(),
  },
  schema: {
    does: "write the JSON schemas of a pack's files, which give editors completion and checks",
    load: async () => (await import("#cli/schema.ts")).schemaCommand(),
  },
};
