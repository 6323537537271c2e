import { type Client, Events } from "discord.js";
import { HOUR_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import { cachedFacts, mayPost } from "./channels.ts";
import type { Log } from "./connection.ts";

/** How long something held back is still worth posting. */
const STILL_NEWS_MS = 72 * HOUR_MS;

/** What is held from before has lost its news. */
export const stillNews = (now: Date) => new Date(now.getTime() - STILL_NEWS_MS);

export type Resuming = {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  /** How often it looks without being told, in milliseconds. */
  readonly lookMs: number;
};

/**
 * Takes up paused channels again as soon as the gateway says that the bot may post there: at the log-in, when roles or channels
 * change, and every so often. Returns how to stop.
 */
export function resumeWhenAllowed(client: Client, resuming: Resuming): () => void {
  const look = async () => {
    const { db, clock, log } = resuming;
    for (const channelId of await heldChannels(db)) {
      const known = cachedFacts(client, channelId);
      if (known === undefined || !mayPost(known)) continue;
      const now = clock();
      const due = await resumeDestination(db, channelId, stillNews(now), now);
      log.info("a channel may be posted to again", { channel: channelId, due });
    }
  };
  const again = () =>
    void look().catch((error: unknown) => resuming.log.error("paused channels could not be looked at", { error }));
  for (const event of [
    Events.ClientReady,
    Events.ChannelUpdate,
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
