import { type Client, Events } from "discord.js";
import { stillNews } from "#model/delivery.ts";
import { namedIn } from "#model/destination.ts";
import { HOUR_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { cachedFacts, obstacleIn } from "./channels.ts";
import type { Log } from "./connection.ts";

/** The gateway tells nothing of direct messages, nor of archived threads: those are tried again, so long after they were paused. */
const TRIED_AFTER_MS = 6 * HOUR_MS;

export type Resuming = {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  /** How often it looks without being told, in milliseconds. */
  readonly lookMs: number;
};

/**
 * Takes up paused channels again as soon as the gateway says that the bot may post there: at the log-in, when roles or channels
 * change, and every so often; and now and then those of which the gateway says nothing. Returns how to stop.
 */
export function resumeWhenAllowed(client: Client, resuming: Resuming): () => void {
  const look = async () => {
    const { db, clock, log } = resuming;
    for (const channelId of await heldChannels(db)) {
      if (namedIn(channelId) !== null) continue;
      const now = clock();
      const known = cachedFacts(client, channelId);
      const stays = known === undefined ? await wasJustPaused(db, channelId, now) : obstacleIn(channelId, known, now);
      if (stays) continue;
      const due = await resumeDestination(db, channelId, stillNews(now), now);
      log.info("a channel may be posted to again", { channel: channelId, due });
    }
  };
  const again = () =>
    void look().catch((error: unknown) => resuming.log.error("paused channels could not be looked at", { error }));
  for (const event of [
    Events.ClientReady,
    Events.ChannelUpdate,
    Events.ThreadUpdate,
    Events.GuildRoleUpdate,
    Events.GuildMemberUpdate,
    Events.GuildCreate,
    Events.GuildAvailable,
    Events.ShardResume,
  ] as const) {
    client.on(event, again);
  }
  const timer = setInterval(again, resuming.lookMs);
  return () => clearInterval(timer);
}

async function wasJustPaused(db: Db, destination: string, now: Date): Promise<boolean> {
  const since = (await subscriptionsOf(db, { destination })).flatMap(({ pausedAt }) => pausedAt?.getTime() ?? []);
  return since.some((at) => now.getTime() - at < TRIED_AFTER_MS);
}
