import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { WEIGHTS_FILE } from "#pack/pack.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { startProgram } from "#support/program.ts";
import { learnedPartMb } from "./learned-part.ts";
import { inFolder, optionsOf } from "./options.ts";
import { addressOf } from "./scale/feeds.ts";
import { memoryMb, startFeeds } from "./scale/program.ts";

/** The promise: with the shipped catalogue, idle and polling. */
const MOST_MB = 150;

/** The promise of what is learned: weights, the features that they know, and what words mean. */
const MOST_LEARNED_MB = 12;

const SHIPPED = "feeds/ai-policy";

/** A round is over when nothing was polled for so long. */
const QUIET_SECONDS = 10;

/** So many entries in a feed's document that the day brings several to each. */
const BUSIER = 4;

type Taken = { readonly polls: number; readonly seconds: number; readonly roundMb: number; readonly idleMb: number };

/**
 * The memory of `policywire run` on an empty data folder, with the shipped catalogue at its own `fullText`, its addresses turned
 * to simulated feeds on loopback: the most while it polls all of them for the first time, and what is left after an idle while;
 * without a token, and with one at a Discord on loopback. Before that, what of it the learned part of the pack holds.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("memory", args, { idle: "30" });
  const learnedMb = learnedPartMb(SHIPPED);
  process.stdout.write(`what is learned: ${learnedMb.toFixed(1)} MB (at most ${MOST_LEARNED_MB})\n`);
  if (learnedMb > MOST_LEARNED_MB) process.exitCode = 1;
  for (const token of [false, true]) {
    const discord = token ? await startDiscord() : null;
    try {
      const { polls, seconds, roundMb, idleMb } = await inFolder("memory", (folder) =>
        take(folder, discord, Number(values.idle)),
      );
      process.stdout.write(
        `${token ? "with a token" : "without a token"}: at most ${roundMb.toFixed(0)} MB in a first round of ${polls} polls ` +
          `(${seconds} s), ${idleMb.toFixed(0)} MB after ${values.idle} s idle\n`,
      );
      if (Math.max(roundMb, idleMb) > MOST_MB) process.exitCode = 1;
    } finally {
      await discord?.close();
    }
  }
}

async function take(folder: string, discord: LoopbackDiscord | null, idleSeconds: number): Promise<Taken> {
  using served = await startFeeds({ busier: BUSIER });
  const { child, ended } = startProgram(["run"], {
    POLICYWIRE_PACK: onLoopback(folder, served.port),
    POLICYWIRE_DATA: join(folder, "data"),
    ...(discord === null ? {} : { DISCORD_TOKEN: discord.token, DISCORD_API: discord.api }),
  });
  try {
    let [polls, seconds, roundMb, quiet] = [0, 0, 0, 0];
    while (quiet < QUIET_SECONDS) {
      await pause(1_000);
      const { now, peak } = memoryMb(child.pid!);
      if (now === 0) throw new Error(`policywire run ended: ${await ended}`);
      roundMb = Math.max(roundMb, peak);
      const report = await served.report();
      quiet = report.polls > 0 && report.polls === polls ? quiet + 1 : 0;
      polls = report.polls;
      seconds += 1;
    }
    await pause(idleSeconds * 1_000);
    return { polls, seconds: seconds - QUIET_SECONDS, roundMb, idleMb: memoryMb(child.pid!).now };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** The shipped pack, each feed at a loopback address of its own: to the polite fetcher they are that many sites. */
function onLoopback(folder: string, port: number): string {
  const pack = join(folder, "pack");
  mkdirSync(pack);
  for (const file of ["points.yaml", "facets.yaml", WEIGHTS_FILE]) copyFileSync(join(SHIPPED, file), join(pack, file));
  const { feeds } = parse(readFileSync(join(SHIPPED, "feeds.yaml"), "utf8")) as { feeds: Record<string, unknown>[] };
  const turned = feeds.map((feed, at) => ({
    ...feed,
    ...{ source: "feed", page: undefined, json: undefined, sitemap: undefined },
    url: `http://${addressOf(at)}:${port}/${at}`,
  }));
  writeFileSync(join(pack, "feeds.yaml"), stringify({ feeds: turned }));
  return pack;
}
