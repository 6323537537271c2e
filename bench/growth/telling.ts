import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as breathe } from "node:timers/promises";
import type { Poster } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { MINUTE_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { aWorld } from "#support/filing.ts";
import { deliverDue } from "#worker/deliver.ts";
import { takeIn } from "#worker/refresh.ts";
import { inFolder } from "../options.ts";
import { inStore } from "../scale/store.ts";
import { fullOfFigures, type Report, reportsOf } from "./reports.ts";

/** Articles in the story at which an arrival is timed. */
const SIZES = [10, 40, 80, 120, 160, 240];

/** Arrivals timed about each size. */
const TIMED = 12;

/** Articles of a story that grows before the one that is timed. */
const WARM_UP = 60;

const OUTLETS = 40;
const START = new Date("2026-03-02T06:00:00Z");

/** So long after an article came its card is posted, or edited: later than a card waits for more. */
const DELIVERED_MS = 20 * MINUTE_MS;

/** The promise: what a story costs must not grow with it, and nobody who asks meanwhile may notice. */
const MOST_GROWTH = 1.5;
const MOST_STALL_MS = 50;

/** And of a flood into one story, what an article may take, 99 of 100. */
const MOST_CPU_MS = 20;

/** What one arrival took. */
type Arrival = { readonly cpuMs: number; readonly stallMs: number };

/**
 * A story that grows article by article in a SQLite store, each taken in as from its feed, and the story's card posted or edited.
 * Says what an arrival costs at several sizes of the story and how long it holds up the event loop; of `rounds` times the least
 * of each arrival, as other programs run beside.
 */
export async function telling(rounds: number): Promise<void> {
  const last = SIZES.at(-1)! + TIMED / 2;
  // Whatever is compiled and loaded at first use is by then.
  await grow(reportsOf(WARM_UP, OUTLETS, START));
  const times: (readonly Arrival[])[] = [];
  for (let round = 0; round < rounds; round++) times.push(await grow(reportsOf(last, OUTLETS, START)));
  const best = (at: number, of: (arrival: Arrival) => number) => Math.min(...times.map((each) => of(each[at]!)));
  const rows = SIZES.map((size) => {
    const about = Array.from({ length: TIMED }, (_, at) => size - TIMED / 2 + at);
    const cpu = about.map((at) => best(at, ({ cpuMs }) => cpuMs)).sort((a, b) => a - b);
    const stallMs = Math.max(...about.map((at) => best(at, (arrival) => arrival.stallMs)));
    return { size, cpu, cpuMs: cpu[cpu.length >> 1]!, stallMs };
  });
  process.stdout.write("\n| articles in the story | CPU ms an arrival | longest stall, ms |\n|---|---|---|\n");
  for (const { size, cpu, cpuMs, stallMs } of rows) {
    const spread = `${cpu[0]!.toFixed(1)}-${cpu.at(-1)!.toFixed(1)}`;
    process.stdout.write(`| ${size} | ${cpuMs.toFixed(1)} (${spread}) | ${stallMs.toFixed(0)} |\n`);
  }
  const growth = rows.at(-1)!.cpuMs / rows[0]!.cpuMs;
  const stallMs = Math.max(...times[0]!.map((_, at) => best(at, (arrival) => arrival.stallMs)));
  process.stdout.write(
    `\n${growth.toFixed(2)} times the cost at ${SIZES.at(-1)} of that at ${SIZES[0]}; longest stall of all ${stallMs.toFixed(0)} ms\n`,
  );
  if (growth > MOST_GROWTH || stallMs > MOST_STALL_MS) process.exitCode = 1;
}

/** What readers of a wire, or a bot farm, can make of one story: the least of `rounds` for each article, as above. */
const FLOODS = [
  { name: "copies", count: 2_000, differing: false },
  { name: "reports that differ", count: 400, differing: true },
];

/**
 * Stories that are flooded, with a figure in every sentence. Who waits does not see why: beside the longest stall stands how long
 * of one it can have been computing at most, which is the CPU time of the arrival; the rest is the disk, or other programs.
 */
export async function flooding(rounds: number): Promise<void> {
  // As above: the first arrival of a process stalls it for 90 ms.
  await grow(fullOfFigures(WARM_UP, true, OUTLETS, START));
  process.stdout.write(
    "\n| a story of | CPU ms an article, median | 99 of 100 at most | longest stall, ms | computing at most |\n|---|---|---|---|---|\n",
  );
  for (const { name, count, differing } of FLOODS) {
    const times: (readonly Arrival[])[] = [];
    const reports = fullOfFigures(count, differing, OUTLETS, START);
    for (let round = 0; round < rounds; round++) times.push(await grow(reports));
    const least = (of: (arrival: Arrival) => number) =>
      reports.map((_, at) => Math.min(...times.map((each) => of(each[at]!)))).sort((a, b) => a - b);
    const cpu = least(({ cpuMs }) => cpuMs);
    const [cpuMs = 0, most = 0] = [cpu[count >> 1], cpu[Math.floor(count * 0.99)]];
    const stallMs = least((arrival) => arrival.stallMs).at(-1) ?? 0;
    const computingMs = least((arrival) => Math.min(arrival.stallMs, arrival.cpuMs)).at(-1) ?? 0;
    const cells = [cpuMs.toFixed(1), most.toFixed(1), stallMs.toFixed(0), computingMs.toFixed(0)];
    process.stdout.write(`| ${count} ${name} | ${cells.join(" | ")} |\n`);
    if (most > MOST_CPU_MS || stallMs > MOST_STALL_MS) process.exitCode = 1;
  }
}

const grow = (reports: readonly Report[]): Promise<readonly Arrival[]> =>
  inFolder("growth", (dataDir) => inStore({ url: null, dataDir }, (db) => growIn(db, reports)));

async function growIn(db: Db, reports: readonly Report[]): Promise<readonly Arrival[]> {
  const pack = packOfOutlets();
  const feedIds = pack.feeds.map(({ id }) => id);
  await registerFeeds(db, feedIds, START);
  const reader = { guildId: null, destination: "readers", filter: EVERYTHING, createdBy: null };
  await transact(db, (tx) => createSubscription(tx, reader, START));
  let now = START;
  const world = { ...aWorld(db, pack), clock: () => now };
  const arrivals: Arrival[] = [];
  const stories = new Set<number | null>();
  for (const { outlet, entry } of reports) {
    const published = new Date(entry.published!);
    const document = { format: "rss 2.0", feed: { title: null, link: null }, entries: [entry], minIntervalMs: null };
    const arrival = { primary: false, addedAt: START, firstPoll: false };
    const intake = { document, feed: pack.feeds[outlet]!, identity: "guid" as const, arrival, now: published };
    arrivals.push(
      await timed(async () => {
        now = published;
        const filed = await takeIn(intake, world, async () => {});
        for (const { storyId } of filed ?? []) stories.add(storyId);
        now = new Date(published.getTime() + DELIVERED_MS);
        await deliverDue(world, acceptingAll(), world.stop);
      }),
    );
  }
  if (stories.size !== 1 || stories.has(null)) throw new Error(`the reports became ${stories.size} stories`);
  return arrivals;
}

async function timed(work: () => Promise<void>): Promise<Arrival> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await breathe();
  delay.enable();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  // The delay of the last turn is noted in the next.
  await breathe();
  delay.disable();
  return { cpuMs: (user + system) / 1_000, stallMs: delay.max / 1e6 };
}

/** The pack's points and facets, with outlets of which none is a primary source. */
function packOfOutlets(): Pack {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack is wrong");
  const names = Array.from({ length: OUTLETS }, (_, at) => `outlet-${at}`);
  const feeds = names.map((id) => {
    const site = `https://${id}.example`;
    return {
      id,
      name: id,
      url: `${site}/feed`,
      site,
      place: "US",
      kind: "press",
      primary: false,
      fullText: "never",
    } as const;
  });
  return { ...loaded.pack, feeds };
}

const acceptingAll = (): Poster => ({
  post: async ({ storyId, revision }) => ({ kind: "posted", messageId: `${storyId}:${revision}` }),
  edit: async ({ messageId }) => ({ kind: "posted", messageId }),
});
