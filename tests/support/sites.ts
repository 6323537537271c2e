import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FeedState } from "#model/feed.ts";
import { loadPack } from "#pack/pack.ts";
import type { FetchOutcome } from "#pipeline/fetch/outcome.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { openDatabase, type Where } from "#store/engine/database.ts";
import { feedStates, registerFeeds } from "#store/feeds.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { createStoryMemory } from "#worker/story-memory.ts";
import type { World } from "#worker/world.ts";
import { writePack } from "./packs.ts";

/** A worker's world of feeds, each at a site of its own that answers 304, or nothing, or when the test says. */
export type Sites = {
  readonly world: World;
  /** What the world's clock shows. */
  now: Date;
  /** Ids of the feeds whose sites cannot be reached. */
  readonly away: Set<string>;
  /** Answers that a test holds back, by the feed's id. */
  readonly held: Map<string, Promise<void>>;
  /** Ids of the feeds that were asked for, in order. */
  readonly asked: string[];
  readonly told: string[];
  /** A stored state. */
  stateOf(id: string): Promise<FeedState>;
  /** Makes a feed due at a time. */
  due(id: string, at: Date): Promise<void>;
};

const ANSWER = { url: "", movedTo: null, etag: null, lastModified: null, maxAgeMs: null };
const UNCHANGED: FetchOutcome = { kind: "unchanged", ...ANSWER };
const UNREACHED: FetchOutcome = { kind: "failed", reason: "No answer.", network: true, status: null };

/** All of it ends with the test. The store is a new SQLite file unless a place is given. */
export async function sitesOf(ids: readonly string[], now: Date, where?: Where): Promise<Sites> {
  const dataDir = mkdtempSync(join(tmpdir(), "policywire-sites-"));
  const opening = await openDatabase(where ?? { url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  onTestFinished(async () => {
    await close();
    rmSync(dataDir, { recursive: true });
  });
  const feeds = ids.map((id) => ({ id, url: `https://${id}.example/feed` }));
  const loaded = loadPack(writePack(join(dataDir, "pack"), feeds));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  await registerFeeds(db, ids, now);
  const sites: Sites = {
    now,
    away: new Set(),
    held: new Map(),
    asked: [],
    told: [],
    stateOf: async (id) => (await feedStates(db)).find(({ feedId }) => feedId === id)!,
    due: async (id, at) =>
      void (await db.updateTable("feeds").set({ next_poll_at: at.getTime() }).where("feed_id", "=", id).execute()),
    world: {
      db,
      pack: loaded.pack,
      rules: compileRules(loaded.pack),
      fetcher: {
        get: async ({ url }) => {
          const id = new URL(url).hostname.replace(".example", "");
          sites.asked.push(id);
          await sites.held.get(id);
          return sites.away.has(id) ? UNREACHED : UNCHANGED;
        },
        close: async () => {},
      },
      mayAsk: async () => true,
      readPage: async (article) => article,
      stories: createIndexKeeper(loaded.pack),
      memory: createStoryMemory(loaded.pack),
      stop: new AbortController().signal,
      clock: () => sites.now,
      random: () => 0,
      tell: (sentence) => void sites.told.push(sentence),
      bug: (where, error) => {
        throw new Error(`a bug at ${where}`, { cause: error });
      },
    },
  };
  return sites;
}
