import { once } from "node:events";
import { Command } from "commander";
import { cardText, digestText, type Look, lookOf } from "#cli/terminal.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { loadPack } from "#pack/pack.ts";
import { complain, problemLine } from "#settings/problem.ts";
import { faultOfNewStore } from "#store/backup.ts";
import { dateText } from "#text/calendar.ts";
import { createTally } from "./closing.ts";
import { readDigest, readFilter } from "./follow.ts";
import { itemsOf, type SourceOptions, withSource } from "./items.ts";
import { type Plan, playAll } from "./plan.ts";
import type { OpenPlayer, Told } from "./player.ts";
import { createProgress } from "./progress.ts";
import { rowOf, storyRows } from "./rows.ts";
import { type Means, STOPPED, withMeans } from "./stop.ts";

type Asked = SourceOptions & {
  readonly pack?: string;
  readonly follow?: string;
  readonly digest?: readonly string[];
  readonly data?: string;
  readonly json?: boolean;
};

/** `policywire play`: what a pack would have brought a channel, from a stream of news or from the articles of the store. */
export function playCommand(open: OpenPlayer, clock: () => Date): Command {
  return withSource(new Command("play"))
    .option("--pack <dir>", "the pack to play with (default: POLICYWIRE_PACK)")
    .option("--follow <filter>", 'what the channel follows, such as "point:penalties place:EU" (default: everything)')
    .option(
      "--digest <when...>",
      "digests instead of single posts: hourly, daily@08:00 or weekly-fri@16:00, and a time zone",
    )
    .option("--data <dir>", "keep the store of the play in this folder")
    .option("--json", "JSON lines: a post, edit or digest each, then how each story ended")
    .addHelpText("after", HELP)
    .action(async (file: string | undefined, asked: Asked) => {
      process.exitCode = await withMeans(open, clock, (means) => play(file, asked, means));
    });
}

const HELP = `
A stream is JSON lines, packed by gzip or not, in order of time:
  {"id": "7", "title": "…", "text": "plain or HTML", "url": "https://…", "at": "2026-01-31T08:00:00Z", "source": "…"}
A source that the pack's catalogue knows by id, name or host is that feed; any other is press.
Without a file the articles of the bot's own store are played.`;

async function play(file: string | undefined, asked: Asked, { config, open, now, stop }: Means): Promise<number> {
  const pack = loadPack(asked.pack ?? config.packDir);
  if (!pack.ok) return complain(pack.problems.map(problemLine));
  const digest = readDigest(asked.digest ?? []);
  if ("fault" in digest) return complain([digest.fault]);
  const filter = asked.follow === undefined ? EVERYTHING : readFilter(asked.follow, pack.pack);
  if ("faults" in filter) return complain(filter.faults);
  const unkept = asked.data === undefined ? null : faultOfNewStore(asked.data);
  if (unkept !== null) return complain([unkept]);

  const found = await itemsOf(file ?? digest.file, asked, config, now);
  if (found.kind === "refused") return complain([found.reason]);
  const plan = {
    pack: pack.pack,
    items: found.items,
    filter,
    manner: digest.manner,
    everyMs: asked.every,
    stop,
  };
  const unkeptAfterAll = await playAndTell(plan, asked, open);
  if (stop.aborted) return STOPPED;
  return unkeptAfterAll !== null ? complain([unkeptAfterAll]) : found.isWhole ? 0 : 1;
}

/** Plays and writes down what was told. Resolves to why its store was not kept, or null. */
async function playAndTell(plan: Plan, { json = false, data }: Asked, open: OpenPlayer): Promise<string | null> {
  const { stdout } = process;
  const tally = createTally();
  const progress = createProgress(plan.items.length);
  const write = async (text: string) => {
    if (text !== "" && !stdout.write(text)) await once(stdout, "drain");
  };
  const look = lookOf(stdout);
  const outcome = await playAll(plan, open, async (told, { done, at, itemOf }) => {
    tally.add(told);
    progress.tell(done, at, tally.posts);
    await write(told.map((each) => (json ? line(rowOf(each, itemOf)) : toldText(each, look))).join(""));
  });
  progress.end();
  const { player, heard } = outcome;
  try {
    if (plan.stop.aborted) return null;
    if (json) for (const row of await storyRows(player.db, player.itemOf)) await write(line(row));
    else await write(await tally.text(plan.items, heard, player));
    return data === undefined ? null : await player.keep(data);
  } finally {
    await player.close();
  }
}

const line = (row: object): string => `${JSON.stringify(row)}\n`;

/** What a channel shows, under the time at which it came. Cards that grew in place are only counted. */
function toldText(told: Told, look: Look): string {
  const head = `--- ${dateText(told.at)} ---\n`;
  if (told.kind !== "digest") return told.kind === "edit" ? "" : head + cardText(told.shown.card, look);
  return head + digestText(told.digest, look);
}
