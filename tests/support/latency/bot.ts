import { connectDiscord } from "#discord/client.ts";
import type { Article } from "#model/article.ts";
import type { Feed } from "#model/feed.ts";
import { loadPack } from "#pack/pack.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { openDatabase } from "#store/engine/database.ts";
import { feedStates } from "#store/feeds.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { refresh } from "#worker/refresh.ts";
import { createStoryMemory } from "#worker/story-memory.ts";

/** The bot whose answers are timed, refreshing one feed after another in the same process, as a busy round does. */
const [dataDir = "", api = "", token = "", origin = ""] = process.argv.slice(2);
const clock = () => new Date();
const loaded = loadPack("feeds/ai-policy");
if (!loaded.ok) throw new Error("the pack is wrong");
const { pack } = loaded;
const opening = await openDatabase({ url: null, dataDir });
if (opening.kind === "refused") throw new Error(opening.reason);
const { db, lookUps } = opening.database;
const fail = (sentence: string, fields?: unknown) => process.stderr.write(`${sentence} ${JSON.stringify(fields)}\n`);
const log = { error: fail, warn: () => {}, info: () => {} };
const connected = await connectDiscord({ token, api, db, lookUps, pack, clock, log });
if (connected.kind === "refused") throw new Error(connected.reason);

const world = {
  db,
  pack,
  rules: compileRules(pack),
  fetcher: createFetcher({ userAgent: "policywire-bench", allowNetworks: ["127.0.0.0/8"], clock }),
  mayAsk: async () => true,
  readPage: async (article: Article) => article,
  stories: createIndexKeeper(pack),
  memory: createStoryMemory(pack),
  clock,
  random: Math.random,
  stop: new AbortController().signal,
  tell: () => {},
  bug: fail,
};
let refreshed = 0;
process.on("SIGTERM", () => {
  process.stdout.write(`refreshed ${refreshed}\n`, () => process.exit(0));
});
const feeds: Feed[] = pack.feeds
  .slice(0, 5)
  .map((feed) => ({ ...feed, source: "feed", json: undefined, url: `${origin}/${feed.id}`, fullText: "never" }));
process.stdout.write("connected\n");
for (;;) {
  for (const feed of feeds) {
    const state = (await feedStates(db)).find(({ feedId }) => feedId === feed.id);
    if (state === undefined) throw new Error(`no state of ${feed.id}`);
    const outcome = await refresh(feed, { ...state, movedTo: null, etag: null, bodyHash: null }, world);
    if (outcome.kind === "read") refreshed += outcome.filed.length;
    if (refreshed > 0 && process.env["BENCH_READY"] === undefined) {
      process.env["BENCH_READY"] = "1";
      process.stdout.write("refreshing\n");
    }
  }
}
