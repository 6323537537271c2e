import { type REST, Routes } from "discord.js";
import type { Db } from "#store/database.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import type { Log } from "./commands/command.ts";
import { failureOf } from "./failure.ts";
import { NO_MENTIONS } from "./message.ts";

/** Tells those who had a channel follow something that it is paused, in a direct message. They may have closed those: `/following` says it too. */
export async function tellFollowers(rest: REST, db: Db, log: Log, channelId: string, reason: string): Promise<void> {
  const people = new Set(
    (await subscriptionsOf(db, { destination: channelId })).flatMap(({ createdBy }) => createdBy ?? []),
  );
  for (const person of people) {
    const content = `Posts to <#${channelId}> are paused. ${reason}\nGive the permission back and they go on by themselves; \`/following\` shows how they stand.`;
    try {
      const direct = (await rest.post(Routes.userChannels(), { body: { recipient_id: person } })) as {
        readonly id: string;
      };
      await rest.post(Routes.channelMessages(direct.id), { body: { content, allowed_mentions: NO_MENTIONS } });
    } catch (error) {
      log.warn("a follower could not be told", { channel: channelId, reason: failureOf(error).reason });
    }
  }
}
