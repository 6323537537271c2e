import { Routes } from "discord.js";
import type { Db } from "#store/engine/database.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import type { Attempt } from "./attempt.ts";
import type { Log } from "./connection.ts";
import { NO_MENTIONS } from "./message.ts";
import { directChannel } from "./requests.ts";

/**
 * Tells those who had a channel follow something that it is paused, in a direct message. They may have closed those: `/following`
 * says it too.
 */
export async function tellFollowers(
  attempt: Attempt,
  db: Db,
  log: Log,
  channelId: string,
  reason: string,
): Promise<void> {
  const people = new Set(
    (await subscriptionsOf(db, { destination: channelId })).flatMap(({ createdBy }) => createdBy ?? []),
  );
  for (const person of people) {
    const content = `Posts to <#${channelId}> are paused. ${reason}\nGive the permission back and they go on by themselves; \`/following\` shows how they stand.`;
    const sent = await attempt(async (rest) => {
      const body = { content, allowed_mentions: NO_MENTIONS };
      await rest.post(Routes.channelMessages(await directChannel(rest, person)), { body });
    });
    if (sent.kind !== "sent") log.warn("a follower could not be told", { channel: channelId, reason: sent.reason });
  }
}
