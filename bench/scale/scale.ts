import { join } from "node:path";
import { MINUTE_MS } from "#model/time.ts";
import { inFolderForLong, optionsOf } from "../options.ts";
import { type Measured, measure } from "./load.ts";
import { inDatabase } from "./postgres.ts";
import { type Matching, matching } from "./subscriptions.ts";

const CHANNELS = 5;

/**
 * What the program takes as its load doubles: feeds polled by one process on SQLite; feeds shared by workers on a PostgreSQL
 * (DATABASE_URL, an empty one, or one of the tests' own); subscriptions matched by each story.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = optionsOf(
    "scale",
    args,
    {
      feeds: "1250,2500,5000,10000",
      workers: "1,2,4",
      "feeds-each": "25000",
      subscriptions: "0,1250,2500,5000",
      "every-minutes": "10",
      "window-seconds": "120",
    },
    "[feeds] [workers] [subscriptions]",
  );
  const asked = (part: string) => positionals.length === 0 || positionals.includes(part);
  await inFolderForLong("scale", async (folder, stop) => {
    const everyMs = Number(values["every-minutes"]) * MINUTE_MS;
    const setting = { everyMs, windowMs: Number(values["window-seconds"]) * 1_000, folder, channels: CHANNELS };
    if (asked("feeds")) {
      process.stdout.write(`One process, SQLite, each feed polled every ${everyMs / MINUTE_MS} minutes.\n`);
      for (const feeds of numbers(values.feeds)) {
        const dataDir = join(folder, `data-${feeds}`);
        const load = { ...setting, role: "run", processes: 1, feeds, where: { url: null, dataDir } } as const;
        tell(`${feeds} feeds`, await measure({ ...load, stop }));
      }
    }
    if (asked("workers")) {
      process.stdout.write(`Workers on one PostgreSQL, each feed polled every ${everyMs / MINUTE_MS} minutes.\n`);
      for (const processes of numbers(values.workers)) {
        const feeds = processes * Number(values["feeds-each"]);
        const measured = await inDatabase(({ where, cpuMs: databaseCpuMs }) =>
          measure({ ...setting, role: "worker", processes, feeds, where, databaseCpuMs, stop }),
        );
        tell(`${processes} workers, ${feeds} feeds`, measured);
      }
    }
    if (asked("subscriptions")) {
      process.stdout.write("One new story at a time, from its feed's bytes to the outbox, SQLite.\n");
      for (const subscriptions of numbers(values.subscriptions)) {
        tellMatching(await matching(subscriptions, join(folder, `followed-${subscriptions}`)));
      }
    }
  });
}

const numbers = (list: string) => list.split(",").map(Number);

function tell(name: string, measured: Measured): void {
  const { polls, unchanged, articles, posts, windowMs, rssMb, peakMb, lagP99Ms } = measured;
  const share = (ms: number) => `${((ms / windowMs) * 100).toFixed(1)} %`;
  const each = (ms: number) => (ms / polls).toFixed(2);
  process.stdout.write(
    `${name}: ${polls} polls (${unchanged} answered 304), ${articles} new articles, ${posts} posts in ${windowMs / 1000} s; ` +
      `CPU ${share(measured.cpuMs)} of a core, ${each(measured.cpuMs)} ms a poll; ` +
      `database ${share(measured.databaseCpuMs)}, ${each(measured.databaseCpuMs)} ms a poll; ` +
      `RSS ${rssMb.toFixed(0)} MB, peak ${peakMb.toFixed(0)} MB; lag p99 ${lagP99Ms.toFixed(0)} ms\n`,
  );
}

function tellMatching({ subscriptions, owed, cpuMs, stories }: Matching): void {
  process.stdout.write(
    `${subscriptions} subscriptions: CPU ${(cpuMs / stories).toFixed(2)} ms a story, ${(owed / stories).toFixed(0)} posts owed a story\n`,
  );
}
