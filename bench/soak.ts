import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MINUTE_MS } from "#model/time.ts";
import { startDiscord } from "#support/discord/discord.ts";
import { inFolderForLong, optionsOf } from "./options.ts";
import { writePack } from "./scale/feeds.ts";
import { channelsIn, freePorts, postsAt, settingsFor } from "./scale/load.ts";
import { figure, memoryMb, openFiles, startFeeds, startRole } from "./scale/program.ts";
import { inStore, prepare } from "./scale/store.ts";

/** What one channel of the shipped catalogue sees: 77 feeds, which bring 1,000 articles a day. */
const NORMAL = { feeds: 77, articlesADay: 1_000 };

/** The simulated feeds' own rate, in entries a day and feed. */
const ENTRIES_A_DAY = 5.02;

const CHANNELS = 20;

/** The shipped catalogue's mean interval is near this. */
const EVERY_MS = 20 * MINUTE_MS;

/** Of the time at the start the code is compiled and caches fill: memory is judged after this share. */
const WARM_UP = 1 / 3;

/**
 * Flat: the last third of the time holds at most this much more than the third before it. Collections come when they like: a
 * slope alone misleads.
 */
const MOST_GROWTH = 1.1;

/** The project's own promise. */
const MOST_LAG_MS = 50;

/** Sockets to sites are open for moments: what counts is whether there are ever more. */
const MOST_MORE_FILES = 20;

/** Makes V8 tell of each collection on standard output; Node takes the flag itself from no environment. */
const TRACE = "--import=data:text/javascript,import{setFlagsFromString}from'node:v8';setFlagsFromString('--trace-gc')";

type Sample = {
  readonly minute: number;
  readonly rssMb: number;
  /** After the last full collection. */
  readonly heapMb: number;
  readonly files: number;
  readonly lagP99Ms: number;
  readonly polls: number;
  readonly articles: number;
  readonly posts: number;
};

/**
 * The program as one process on SQLite, in real time, under so many times the normal load: as many times the feeds, the articles,
 * the posts. A line a minute; at the end whether memory and handles are flat and the event loop was free.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("soak", args, { minutes: "30", times: "20" });
  await inFolderForLong("soak", async (folder, stop) => {
    await soak(folder, Number(values.minutes), Number(values.times), stop);
  });
}

async function soak(folder: string, minutes: number, times: number, stop: AbortSignal): Promise<void> {
  const feeds = NORMAL.feeds * times;
  const busier = NORMAL.articlesADay / NORMAL.feeds / ENTRIES_A_DAY;
  using served = await startFeeds({ busier });
  const discord = await startDiscord();
  try {
    const where = { url: null, dataDir: join(folder, "data") };
    const channels = channelsIn(discord, CHANNELS);
    const coming = { feeds, everyMs: EVERY_MS, startAt: Date.now(), untilMs: EVERY_MS, busier };
    await inStore(where, (db) => prepare(db, { ...coming, channels }));
    const pack = writePack(folder, feeds, served.port);
    const [port = 0] = await freePorts(1);
    const settings = settingsFor({ pack, where, discord });
    await using running = await startRole("run", port, { ...settings, NODE_OPTIONS: TRACE });
    await running.metrics();
    process.stdout.write(
      `${times} times the normal load: ${feeds} feeds, ${NORMAL.articlesADay * times} articles a day.\n`,
    );
    const samples: Sample[] = [];
    for (let minute = 1; minute <= minutes; minute++) {
      await pause(MINUTE_MS, null, { signal: stop });
      const page = await running.metrics();
      const sample: Sample = {
        minute,
        rssMb: memoryMb(running.pid).now,
        heapMb: heapAfterCollection(running.output()),
        files: openFiles(running.pid),
        lagP99Ms: (figure(page, "nodejs_eventloop_lag_p99_seconds") ?? Number.NaN) * 1_000,
        polls: (await served.report()).polls,
        articles: figure(page, "policywire_articles_new_total") ?? 0,
        posts: postsAt(discord),
      };
      samples.push(sample);
      tell(sample);
    }
    judge(samples, running.errors());
  } finally {
    await discord.close();
  }
}

/**
 * What the main thread held after its last full collection: `[7:0x1a2b] 41 ms: Mark-Compact 45.2 (60.1) -> 40.1 (58.0) MB`. It is
 * the first to tell of one.
 */
function heapAfterCollection(output: string): number {
  const told = [...output.matchAll(/^\[(\d+:\w+)\].*?Mark-Compact.*?-> (\d+\.\d+) \(/gm)];
  const [thread] = /(?<=^\[)\d+:\w+/m.exec(output) ?? [];
  return Number(told.findLast(([, where]) => where === thread)?.[2] ?? Number.NaN);
}

function tell({ minute, rssMb, heapMb, files, lagP99Ms, polls, articles, posts }: Sample): void {
  process.stdout.write(
    `minute ${minute}: RSS ${rssMb.toFixed(1)} MB, heap ${heapMb.toFixed(1)} MB, ${files} files open, lag p99 ${lagP99Ms.toFixed(0)} ms; ` +
      `${polls} polls, ${articles} articles, ${posts} posts so far\n`,
  );
}

function judge(samples: readonly Sample[], errors: string): void {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const [middle, last] = [warm.slice(0, warm.length >> 1), warm.slice(warm.length >> 1)];
  const most = (list: readonly Sample[], of: keyof Sample) => Math.max(...list.map((sample) => sample[of]));
  const grown = (of: "rssMb" | "heapMb") => most(last, of) / most(middle, of);
  const slope = (of: "rssMb" | "heapMb") => `${growthAnHour(warm, of).toFixed(1)} MB an hour`;
  const lag = most(warm, "lagP99Ms");
  const moreFiles = most(last, "files") - most(middle, "files");
  const faults = errors.split("\n").filter((line) => /"level":"(error|warn)"/.test(line));
  const verdicts: readonly (readonly [said: string, holds: boolean])[] = [
    [
      `RSS at most ${most(middle, "rssMb").toFixed(0)}, then ${most(last, "rssMb").toFixed(0)} MB (${slope("rssMb")})`,
      grown("rssMb") <= MOST_GROWTH,
    ],
    [
      `heap after collections at most ${most(middle, "heapMb").toFixed(0)}, then ${most(last, "heapMb").toFixed(0)} MB (${slope("heapMb")})`,
      grown("heapMb") <= MOST_GROWTH,
    ],
    [`files open: at most ${most(warm, "files")}, later ${moreFiles} more`, moreFiles <= MOST_MORE_FILES],
    [`event-loop lag p99 at most ${lag.toFixed(0)} ms in a minute`, lag < MOST_LAG_MS],
    [`${faults.length} warnings and errors in the log`, faults.length === 0],
  ];
  for (const [said, holds] of verdicts) process.stdout.write(`${holds ? "holds" : "FAILS"}: ${said}\n`);
  for (const fault of faults.slice(0, 10)) process.stdout.write(`${fault}\n`);
  if (verdicts.some(([, holds]) => !holds)) process.exitCode = 1;
}

/** The slope of the line that fits best, by least squares. */
function growthAnHour(samples: readonly Sample[], of: "rssMb" | "heapMb"): number {
  const known = samples.filter((sample) => !Number.isNaN(sample[of]));
  const mean = (value: (sample: Sample) => number) =>
    known.reduce((sum, sample) => sum + value(sample), 0) / known.length;
  const [meanMinute, meanOf] = [mean(({ minute }) => minute), mean((sample) => sample[of])];
  const above = known.reduce((sum, sample) => sum + (sample.minute - meanMinute) * (sample[of] - meanOf), 0);
  const below = known.reduce((sum, { minute }) => sum + (minute - meanMinute) ** 2, 0);
  return below === 0 ? 0 : (above / below) * 60;
}
