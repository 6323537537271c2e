import type { Feed } from "#model/feed.ts";
import type { Pack } from "#model/pack.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { DAY_MS } from "#model/time.ts";
import { loadPack } from "#pack/pack.ts";
import type { Fetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { type Db, transact } from "#store/engine/database.ts";
import { feedStates, registerFeeds } from "#store/feeds.ts";
import { deliveryCounts } from "#store/outbox/deliveries.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { refresh } from "#worker/refresh.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";
import { feedWith } from "./feeds.ts";
import { policyNews } from "./matters.ts";
import { inStore } from "./store.ts";

const CHANNELS_EACH = 4;
const WARM_UP = 20;
const STORIES = 100;

/**
 * Follows as people make them: one in fifty everything, the rest one or two points, half of these in one place, one in ten with a
 * word. Four to a channel.
 */
function filterOf(at: number, { points, facets }: Pack): Filter {
  if (at % 50 === 0) return EVERYTHING;
  const place = facets.places[at % facets.places.length]!.id;
  const point = (step: number) => points[(at * step) % points.length]!.id;
  return {
    ...EVERYTHING,
    points: [...new Set([point(1), point(at % 2 === 0 ? 1 : 3)])],
    places: at % 2 === 0 ? [place] : [],
    words: at % 10 === 3 ? ["audit rules"] : [],
  };
}

export type Matching = {
  readonly subscriptions: number;
  readonly owed: number;
  readonly cpuMs: number;
  readonly stories: number;
};

/** The time a new story takes from its feed's bytes to the outbox, with so many subscriptions to match it against. */
export async function matching(subscriptions: number, dataDir: string): Promise<Matching> {
  const loaded = loadPack("feeds/ai-policy");
  if (!loaded.ok) throw new Error("the pack is wrong");
  const feed = { ...loaded.pack.feeds[0]!, source: "feed", json: undefined, fullText: "never" } as const;
  const pack = { ...loaded.pack, feeds: [feed] };
  return inStore({ url: null, dataDir }, async (db) => {
    const addedAt = new Date(Date.now() - DAY_MS);
    await registerFeeds(db, [feed.id], addedAt);
    await follow(db, pack, subscriptions, addedAt);
    const world = worldOf(db, pack);
    for (let story = 0; story < WARM_UP; story++) await refreshOnce(world, feed);
    const before = { cpu: process.cpuUsage(), owed: await owedIn(db) };
    for (let story = 0; story < STORIES; story++) await refreshOnce(world, feed);
    const { user, system } = process.cpuUsage(before.cpu);
    const owed = (await owedIn(db)) - before.owed;
    return { subscriptions, owed, cpuMs: (user + system) / 1_000, stories: STORIES };
  });
}

function follow(db: Db, pack: Pack, subscriptions: number, at: Date): Promise<void> {
  return transact(db, async (tx) => {
    for (let one = 0; one < subscriptions; one++) {
      const guildId = String(10n ** 17n + BigInt(Math.floor(one / (2 * CHANNELS_EACH))));
      const destination = String(2n * 10n ** 17n + BigInt(Math.floor(one / CHANNELS_EACH)));
      await createSubscription(tx, { guildId, destination, filter: filterOf(one, pack), createdBy: null }, at);
    }
  });
}

const refreshOnce = async (world: World, feed: Feed): Promise<void> => {
  const [state] = await feedStates(world.db);
  if (state === undefined) throw new Error("the feed has no state");
  const refreshed = await refresh(feed, { ...state, lastSuccessAt: state.addedAt }, world);
  if (refreshed.kind !== "read" || refreshed.filed.length !== 1) throw new Error(JSON.stringify(refreshed));
};

async function owedIn(db: Db): Promise<number> {
  const { due } = await deliveryCounts(db);
  return due;
}

function worldOf(db: Db, pack: Pack): World {
  return {
    db,
    pack,
    rules: compileRules(pack),
    fetcher: oneStoryAtATime(),
    mayAsk: async () => true,
    readPage: async (article) => article,
    stories: createIndexKeeper(pack),
    memory: createStoryMemory(pack),
    stop: new AbortController().signal,
    clock: () => new Date(),
    random: Math.random,
    tell: () => {},
    bug: (where, error) => {
      throw new Error(where, { cause: error });
    },
  };
}

/** A site whose feed brings one entry at each request, about a matter of its own. */
function oneStoryAtATime(): Fetcher {
  let number = 0;
  return {
    async get({ url }) {
      number += 1;
      const body = Buffer.from(feedWith([[policyNews(number), number]]));
      return {
        kind: "fetched",
        status: 200,
        url,
        movedTo: null,
        etag: null,
        lastModified: null,
        maxAgeMs: null,
        contentType: "application/rss+xml",
        at: new Date(number),
        body,
        bodyHash: String(number),
      };
    },
    close: async () => {},
  };
}
