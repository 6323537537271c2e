import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Feed } from "#model/feed.ts";
import { EVERYTHING } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { openDatabase } from "#store/engine/database.ts";
import { claimDueFeeds, registerFeeds } from "#store/feeds.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { refresh } from "#worker/refresh.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";
import { median } from "../figures.ts";
import { inFolder } from "../options.ts";
import { createSmallBot } from "./small-bot.ts";

const FEEDS = 300;
const LISTED = 25;
const NEW = 5;
/** Polls of each feed that count, after a first one that brings all it lists. */
const ROUNDS = 7;
/** As the program does it. */
const AT_ONCE = 16;

/** So many times what the small bot takes: it neither reads nor tags, groups, tells or owes anything. */
const MOST_TIMES = 5;

/** Polls one feed; resolves to how many articles were new. */
type PollOne = (feed: number) => Promise<number>;

/**
 * CPU of a poll of which a fifth of the entries is new: a refresh with all it does, on a file as durable as ever, beside a small
 * bot's, by turns in one process. Whether it takes less than MOST_TIMES the small bot's.
 */
export const comparePolls = (): Promise<boolean> => inFolder("growth", compareIn);

async function compareIn(folder: string): Promise<boolean> {
  const started = Date.now();
  const server = fork(new URL("./news-server.ts", import.meta.url), [LISTED, NEW, started].map(String));
  const [port] = await once(server, "message");
  const ours = await policywire(folder, (feed) => `http://127.0.0.1:${port}/${feed}`, started);
  const channel = createWriteStream(join(folder, "posts"));
  const small = createSmallBot(folder, channel);
  const taken: { policywire: number[]; small: number[] } = { policywire: [], small: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    server.send(round);
    await once(server, "message");
    const expected = round === 0 ? LISTED : NEW;
    ours.startRound(round);
    taken.policywire.push(await cpuOf(ours.poll, expected));
    taken.small.push(await cpuOf((feed) => small.poll(`http://127.0.0.1:${port}/${feed}`), expected));
  }
  server.kill();
  small.close();
  channel.end();
  await ours.close();

  const ratios = taken.policywire.map((ms, round) => ms / taken.small[round]!).slice(1);
  const row = (of: readonly number[]) => ({ "first poll": of[0]!.toFixed(2), "changed poll": spread(of.slice(1)) });
  console.log(
    `CPU ms a poll: ${FEEDS} feeds of ${LISTED} entries, ${NEW} of them new, ${ROUNDS} times after the first; median (least to most)`,
  );
  console.table({ Policywire: row(taken.policywire), "rss-parser and node:sqlite": row(taken.small) });
  console.log(`${spread(ratios)} times as much; it may be ${MOST_TIMES}`);
  return median(ratios) <= MOST_TIMES;
}

/** The worker as `run` composes it, without pages, politeness and the round around the polls. */
async function policywire(folder: string, urlOf: (feed: number) => string, started: number) {
  const opening = await openDatabase({ url: null, dataDir: folder });
  const loaded = loadPack("feeds/ai-policy");
  if (opening.kind === "refused" || !loaded.ok) throw new Error("The store or the pack cannot be opened.");
  const { db, close } = opening.database;
  const feeds = Array.from({ length: FEEDS }, (_, feed) => feedOf(feed, urlOf(feed)));
  let now = started;
  const pack = { ...loaded.pack, feeds };
  const world: World = {
    db,
    pack,
    rules: compileRules(loaded.pack),
    fetcher: createFetcher({
      userAgent: "Policywire/bench",
      allowNetworks: ["127.0.0.0/8"],
      clock: () => new Date(now),
      pace: { concurrency: AT_ONCE, intervalMs: 0 },
    }),
    mayAsk: async () => true,
    readPage: async (article) => article,
    stories: createIndexKeeper(pack),
    memory: createStoryMemory(pack),
    stop: new AbortController().signal,
    clock: () => new Date(now),
    random: () => 0,
    tell: () => {},
    bug: (where, error) => {
      throw new Error(where, { cause: error });
    },
  };
  const added = new Date(started - 2 * DAY_MS);
  await registerFeeds(
    db,
    feeds.map(({ id }) => id),
    added,
  );
  await createSubscription(db, { guildId: null, destination: "terminal", filter: EVERYTHING, createdBy: null }, added);
  const poll: PollOne = async () => {
    const [state] = await claimDueFeeds(db, new Date(now), 1);
    const feed = feeds.find(({ id }) => id === state?.feedId);
    if (state === undefined || feed === undefined) throw new Error("No feed is due.");
    const refreshed = await refresh(feed, state, world);
    if (refreshed.kind !== "read") throw new Error(`${feed.url}: ${JSON.stringify(refreshed)}`);
    return refreshed.filed.length;
  };
  return {
    poll,
    /** Every feed is due once more. */
    startRound: (round: number) => {
      now = started + round * (DAY_MS / 24) * 5;
    },
    close: async () => {
      await world.fetcher.close();
      await close();
    },
  };
}

const feedOf = (feed: number, url: string): Feed => ({
  id: `feed-${feed}`,
  name: `News ${feed}`,
  url,
  site: `https://news-${feed}.example/`,
  place: "US",
  kind: "press",
  primary: false,
  fullText: "never",
});

/** CPU of this process, all its threads, in milliseconds a feed. */
async function cpuOf(poll: PollOne, expected: number): Promise<number> {
  let next = 0;
  const hand = async () => {
    while (next < FEEDS) {
      const found = await poll(next++);
      if (found !== expected) throw new Error(`${found} new entries, not ${expected}.`);
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / FEEDS;
}

const spread = (of: readonly number[]): string =>
  `${median(of).toFixed(2)} (${Math.min(...of).toFixed(2)} to ${Math.max(...of).toFixed(2)})`;
