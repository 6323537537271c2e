import { setTimeout as pause } from "node:timers/promises";
import { MINUTE_MS } from "#model/time.ts";
import type { Db, Where } from "#store/engine/database.ts";
import { FEED_LEASE_MS } from "#store/feeds.ts";
import { seenIn } from "#support/chaos/seen.ts";
import { type LoopbackDiscord, startDiscord } from "#support/discord/discord.ts";
import { randomFrom } from "#support/random.ts";
import { percentile } from "./figures.ts";
import { inFolderForLong, optionsOf } from "./options.ts";
import { feedId, newestOf, writePack } from "./scale/feeds.ts";
import { channelsIn, freePorts, settingsFor } from "./scale/load.ts";
import { inDatabase } from "./scale/postgres.ts";
import { type FeedServer, type Running, startFeeds, startRole } from "./scale/program.ts";
import { dueOf, inStore, prepare } from "./scale/store.ts";

const CHANNELS = 5;

/** Sites that take up to eight seconds to answer keep the workers at polls for most of each minute: a kill then meets some. */
const SLOWEST_MS = 8_000;

/** As many times as usual feeds publish, so that stories are posted all the time. */
const BUSIER = 10;

/** A worker is killed after five to fifteen seconds, at random. */
const [LEAST_MS, SPREAD_MS] = [5_000, 10_000];

/** A worker holds a feed for as long as it polls it, and when it dies then, for a lease more. */
const HELD_MS = SLOWEST_MS + FEED_LEASE_MS;

/** A feed that nobody holds must not wait for longer than its lease. */
const FREE_MS = FEED_LEASE_MS;

/** No feed is due again so soon after it was read: what is asked for twice within this was asked for in vain the first time. */
const IN_VAIN_MS = 4 * MINUTE_MS;

/** A poll that began later than this before the end may still be under way. */
const UNDER_WAY_MS = 3 * SLOWEST_MS;

/** How long what is owed and due may take after the last kill. */
const SETTLING_MS = 6 * MINUTE_MS;

/**
 * Real workers on one PostgreSQL (DATABASE_URL, or one of the tests' own) poll and post while one of them after another is killed
 * with SIGKILL at random moments and started anew. Then what the sites and the channels saw is compared with what was due and
 * owed.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = optionsOf("workers", args, { minutes: "10", workers: "4", feeds: "6000", seed: "1" });
  await inFolderForLong("workers", async (folder, stop) => {
    await inDatabase(({ where }) =>
      play({
        where,
        folder,
        feeds: Number(values.feeds),
        workers: Number(values.workers),
        forMs: Number(values.minutes) * MINUTE_MS,
        random: randomFrom(Number(values.seed)),
        stop,
      }),
    );
  });
}

type Play = {
  readonly where: Where;
  readonly folder: string;
  readonly feeds: number;
  readonly workers: number;
  readonly forMs: number;
  readonly random: () => number;
  readonly stop: AbortSignal;
};

async function play({ where, folder, feeds, workers, forMs, random, stop }: Play): Promise<void> {
  using served = await startFeeds({ busier: BUSIER, slowestMs: SLOWEST_MS });
  const discord = await startDiscord();
  const alive: Running[] = [];
  try {
    const channels = channelsIn(discord, CHANNELS);
    const settings = settingsFor({ pack: writePack(folder, feeds, served.port), where, discord });
    const due = { feeds, everyMs: forMs, startAt: Date.now() + MINUTE_MS };
    await inStore(where, async (db) => {
      await prepare(db, { ...due, channels, untilMs: forMs, busier: BUSIER });
      const ports = await freePorts(workers);
      alive.push(...(await Promise.all(ports.map((port) => startRole("worker", port, settings)))));
      let kills = 0;
      const end = due.startAt + forMs;
      while (Date.now() < end) {
        await pause(LEAST_MS + random() * SPREAD_MS, null, { signal: stop });
        const at = Math.floor(random() * workers);
        const victim = alive[at]!;
        victim.kill();
        await victim.ended;
        kills += 1;
        alive[at] = await startRole("worker", ports[at]!, settings);
        const { polls } = await served.report();
        if (process.stderr.isTTY) process.stderr.write(`\r${kills} kills, ${polls} polls `);
      }
      await settled(db, stop);
      await tell({ db, discord, served, kills, due });
    });
  } finally {
    await Promise.all(alive.map((one) => one[Symbol.asyncDispose]()));
    await discord.close();
  }
}

/**
 * Until the leases of the killed have lapsed and been taken up, no feed has been due for longer than it may, and nothing is owed.
 */
async function settled(db: Db, stop: AbortSignal): Promise<void> {
  await pause(HELD_MS + FREE_MS, null, { signal: stop });
  const deadline = Date.now() + SETTLING_MS;
  for (;;) {
    const late = await db
      .selectFrom("feeds")
      .select("feed_id")
      .where("next_poll_at", "<", Date.now() - FREE_MS)
      .limit(1)
      .execute();
    const owed = await db.selectFrom("deliveries").select("id").where("state", "=", "due").limit(1).execute();
    if (late.length + owed.length === 0 || Date.now() > deadline) return;
    await pause(1_000, null, { signal: stop });
  }
}

type Played = {
  readonly db: Db;
  readonly discord: LoopbackDiscord;
  readonly served: FeedServer;
  readonly kills: number;
  readonly due: { readonly feeds: number; readonly everyMs: number; readonly startAt: number };
};

async function tell({ db, discord, served, kills, due }: Played): Promise<void> {
  const { polls, overlaps, times } = await served.report();
  const waits = Array.from({ length: due.feeds }, (_, feed) => waitsOf(times[feed] ?? [], dueOf(feed, due)));
  const lateMs = waits.map(sum);
  const lost = await lostArticles(db, times, due);
  const wrong = [...(await untold(db)), ...(await wronglySeen(db, discord))];
  // A worker may also die between its claim and its first question.
  const tooLate = waits.filter(
    ([first, ...next]) => first! > FEED_LEASE_MS + FREE_MS || next.some((ms) => ms > HELD_MS + FREE_MS),
  ).length;
  const { posts } = await db
    .selectFrom("deliveries")
    .select((eb) => eb.fn.countAll<number>().as("posts"))
    .where("state", "=", "posted")
    .executeTakeFirstOrThrow();
  const seconds = (share: number) => secondsOf(percentile(lateMs, share));
  process.stdout.write(
    `${kills} kills, ${polls} polls of ${due.feeds} feeds, ${overlaps} of them beside another of the same feed; ${posts} posts.\n` +
      `After its time the poll that read a feed began within ${seconds(0.5)} s at the median, ${seconds(0.99)} s at p99, ${seconds(1)} s at the most: ` +
      `${latestByKills(waits).join("; ")}.\n` +
      `${waits.filter(([first]) => first! > FREE_MS).length} feeds were first asked for later than a lease (${FREE_MS / 1_000} s) after their time; ` +
      `${tooLate} waited longer than that after the lease of a worker that was killed.\n` +
      `${lost.length} articles lost; ${wrong.length} posts lost, doubled or out of order; Discord would have refused ${discord.violations.length} requests.\n`,
  );
  for (const fault of [...wrong, ...lost, ...discord.violations].slice(0, 20)) process.stdout.write(`${fault}\n`);
  if (lost.length + wrong.length + discord.violations.length + tooLate + overlaps > 0) process.exitCode = 1;
}

/**
 * From the time that a feed was due to its first poll, from that to the next, and so on to the poll that read it and that no kill
 * cut off.
 */
function waitsOf(polls: readonly number[], dueAt: number): number[] {
  const regular = polls.findIndex((at, index) => index > 0 && at - polls[index - 1]! >= IN_VAIN_MS);
  const tries = regular === -1 ? polls : polls.slice(0, regular);
  return tries.length === 0 ? [Number.POSITIVE_INFINITY] : tries.map((at, index) => at - (tries[index - 1] ?? dueAt));
}

const sum = (waits: readonly number[]): number => waits.reduce((total, ms) => total + ms, 0);

const secondsOf = (ms: number): string => (ms / 1_000).toFixed(1);

/** How late the latest were, of the feeds that no kill cut off, that one did, that two did … */
function latestByKills(waits: readonly (readonly number[])[]): string[] {
  const most = Math.max(...waits.map(({ length }) => length));
  return Array.from({ length: most }, (_, kills) => {
    const hit = waits.filter(({ length }) => length === kills + 1).map(sum);
    return `${hit.length} feeds that ${kills === 1 ? "1 kill" : `${kills} kills`} cut off, ${secondsOf(Math.max(0, ...hit))} s`;
  });
}

/** Entries that a feed listed for the first time at one of its polls and that the store does not hold. */
async function lostArticles(
  db: Db,
  times: Readonly<Record<string, readonly number[]>>,
  due: Played["due"],
): Promise<string[]> {
  const asked = Date.now();
  const keys = await db.selectFrom("article_keys").select(["feed_id", "key"]).execute();
  const stored = new Set(keys.map(({ feed_id, key }) => `${feed_id} ${key}`));
  return Object.entries(times).flatMap(([name, polls]) => {
    const feed = Number(name);
    const known = newestOf(feed, dueOf(feed, due) - due.everyMs, BUSIER);
    const answered = polls.findLast((at) => at < asked - UNDER_WAY_MS) ?? 0;
    const newest = newestOf(feed, answered, BUSIER);
    const listed = Array.from({ length: Math.max(0, Math.min(newest - known, 10)) }, (_, at) => newest - at);
    return listed
      .filter((entry) => !stored.has(`${feedId(feed)} guid ${feed}-${entry}`))
      .map((entry) => `entry ${feed}-${entry} is not stored`);
  });
}

/** Stories that relevant news opened or moved and that one of the channels, which all follow everything, was never owed. */
async function untold(db: Db): Promise<string[]> {
  const told = await db
    .selectFrom("revisions")
    .leftJoin("deliveries", "deliveries.story_id", "revisions.story_id")
    .select((eb) => ["revisions.story_id", eb.fn.count<number>("deliveries.destination").distinct().as("channels")])
    .groupBy("revisions.story_id")
    .execute();
  return told
    .filter(({ channels }) => channels !== CHANNELS)
    .map(({ story_id, channels }) => `story ${story_id} is owed to ${channels} of ${CHANNELS} channels`);
}

async function wronglySeen(db: Db, discord: LoopbackDiscord): Promise<string[]> {
  const rows = await db
    .selectFrom("deliveries")
    .select(["destination", "story_id", "revision"])
    .orderBy("id")
    .execute();
  return [...discord.world.channels.values()].flatMap((channel) => {
    const mine = rows.filter(({ destination }) => destination === channel.id);
    const owed = mine.map(({ story_id, revision }) => `${story_id}:${revision}`);
    return seenIn(discord.world, {
      key: channel.id,
      place: channel.id,
      channel,
      digest: false,
      subscriptionId: 0,
      owed,
      reminded: [],
      memos: 0,
    });
  });
}
