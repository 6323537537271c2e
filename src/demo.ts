import type { DemoSetting, DemoWorker } from "#cli/demo.ts";
import { createFetcher } from "#pipeline/fetch/fetch.ts";
import { compileRules } from "#pipeline/tag/tag.ts";
import { openDatabase } from "#store/database.ts";
import { registerFeeds } from "#store/feeds.ts";
import { agendaOf } from "#worker/agenda.ts";
import { deliverDue } from "#worker/deliver.ts";
import { followAll } from "#worker/follow-all.ts";
import { createIndexKeeper } from "#worker/index-keeper.ts";
import { pollRound } from "#worker/round.ts";
import type { World } from "#worker/world.ts";

/** The worker as `run` has it, on the demo's own time: every round polls every feed, and nobody need be spared. */
export async function openDemo({ pack, dataDir, clock, post }: DemoSetting): Promise<DemoWorker> {
  const opening = await openDatabase({ url: null, dataDir });
  if (opening.kind === "refused") throw new Error(opening.reason);
  const { db, close } = opening.database;
  const world: Omit<World, "stop"> = {
    db,
    pack,
    rules: compileRules(pack),
    fetcher: createFetcher({
      userAgent: "Policywire demo",
      allowNetworks: ["127.0.0.1/32"],
      clock,
      pace: { concurrency: pack.feeds.length, intervalMs: 0 },
    }),
    readPage: async (article) => article,
    stories: createIndexKeeper(),
    clock,
    random: () => 0,
    tell: () => {},
    bug: (feedId, error) => {
      throw new Error(`the demo's feed ${feedId} met a bug`, { cause: error });
    },
  };
  const feedIds = pack.feeds.map(({ id }) => id);
  await registerFeeds(db, feedIds, clock());
  return {
    db,
    round: async (stop) => {
      const round = await pollRound(agendaOf(world, feedIds), { ...world, stop }, () => {});
      await followAll(db, clock());
      return { round, posts: await deliverDue(world, { post }, stop) };
    },
    close: async () => {
      await world.fetcher.close();
      await close();
    },
  };
}
