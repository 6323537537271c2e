import { type AddressInfo, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Where } from "#store/engine/database.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { writePack } from "./feeds.ts";
import { cpuMs, type FeedServer, figure, memoryMb, type Running, startFeeds, startRole } from "./program.ts";
import { inStore, prepare } from "./store.ts";

/** From the start to the window: what fell due while the processes started is polled by then. */
const START_MS = 90_000;

export type Load = {
  readonly role: "run" | "worker";
  readonly processes: number;
  readonly feeds: number;
  /** Mean time between two polls of a feed. */
  readonly everyMs: number;
  readonly windowMs: number;
  readonly where: Where;
  readonly folder: string;
  readonly channels: number;
  readonly stop: AbortSignal;
  /** Processor time of the database's own server, where it has one. */
  readonly databaseCpuMs?: () => number;
};

/** What the processes did in the window, and what it took; memory and lag are of the one that took the most. */
export type Measured = {
  readonly polls: number;
  readonly unchanged: number;
  readonly articles: number;
  readonly posts: number;
  readonly cpuMs: number;
  readonly databaseCpuMs: number;
  readonly windowMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
  readonly lagP99Ms: number;
};

/** Real processes of the program under a simulated load, in real time, for one window. */
export async function measure(load: Load): Promise<Measured> {
  const { role, processes, feeds, everyMs, windowMs, where, folder, stop } = load;
  using served = await startFeeds();
  const discord = await startDiscord();
  const running: Running[] = [];
  try {
    const pack = writePack(folder, feeds, served.port);
    const channels = channelsIn(discord, load.channels);
    const startAt = Date.now();
    await inStore(where, (db) => prepare(db, { feeds, channels, everyMs, startAt, untilMs: windowMs + 2 * START_MS }));
    await inStore(where, async (db) => {
      // What fell due while the store was filled would come in one heap.
      const lateMs = Date.now() - startAt;
      await db
        .updateTable("feeds")
        .set((eb) => ({ next_poll_at: eb("next_poll_at", "+", lateMs) }))
        .execute();
    });
    const settings = settingsFor({ pack, where, discord });
    const ports = await freePorts(processes);
    running.push(...(await Promise.all(ports.map((port) => startRole(role, port, settings)))));
    await pause(START_MS, null, { signal: stop });
    return await overWindow(load, running, served, discord);
  } finally {
    for (const one of running) await one[Symbol.asyncDispose]();
    await discord.close();
  }
}

async function overWindow(
  { windowMs, stop, databaseCpuMs = () => 0 }: Load,
  running: readonly Running[],
  served: FeedServer,
  discord: LoopbackDiscord,
): Promise<Measured> {
  const look = async () => {
    const { polls, unchanged } = await served.report();
    const pages = await Promise.all(running.map((one) => one.metrics()));
    const sum = (name: string) => pages.reduce((total, page) => total + (figure(page, name) ?? 0), 0);
    return {
      pages,
      polls,
      unchanged,
      articles: sum("policywire_articles_new_total"),
      posts: postsAt(discord),
      cpu: running.reduce((total, { pid }) => total + cpuMs(pid), 0),
      database: databaseCpuMs(),
    };
  };
  const before = await look();
  await pause(windowMs, null, { signal: stop });
  const after = await look();
  const memory = running.map(({ pid }) => memoryMb(pid));
  return {
    windowMs,
    polls: after.polls - before.polls,
    unchanged: after.unchanged - before.unchanged,
    articles: after.articles - before.articles,
    posts: after.posts - before.posts,
    cpuMs: after.cpu - before.cpu,
    databaseCpuMs: after.database - before.database,
    rssMb: Math.max(...memory.map(({ now }) => now)),
    peakMb: Math.max(...memory.map(({ peak }) => peak)),
    lagP99Ms: Math.max(...after.pages.map((page) => (figure(page, "nodejs_eventloop_lag_p99_seconds") ?? 0) * 1000)),
  };
}

export const channelsIn = (discord: LoopbackDiscord, count: number) => {
  const guild = discord.addGuild("load");
  return Array.from({ length: count }, (_, at) => ({
    id: discord.addChannel(guild, `news-${at}`).id,
    guildId: guild.id,
  }));
};

export const postsAt = ({ world }: LoopbackDiscord): number =>
  [...world.channels.values()].reduce((sum, { messages }) => sum + messages.length, 0);

export const settingsFor = ({
  pack,
  where,
  discord,
}: {
  readonly pack: string;
  readonly where: Where;
  readonly discord: LoopbackDiscord;
}): Record<string, string> => ({
  POLICYWIRE_PACK: pack,
  DISCORD_TOKEN: discord.token,
  DISCORD_API: discord.api,
  // Every post is counted, and five channels follow all of it.
  POSTS_PER_FEED: "100000",
  POSTS_PER_CHANNEL: "100000",
  ...(where.url === null ? { POLICYWIRE_DATA: where.dataDir } : { DATABASE_URL: where.url }),
});

export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = createServer();
      await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
      return probe;
    }),
  );
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  for (const probe of probes) probe.close();
  return ports;
}
