import { HOUR_MS } from "#model/time.ts";
import type { Attempt } from "./attempt.ts";
import type { Log } from "./connection.ts";
import { publish } from "./requests.ts";

/** Discord publishes about this many messages of a channel an hour to the servers that follow it. */
const AN_HOUR = 10;

/**
 * Publishes posts of announcement channels, as far as Discord's hourly budget goes. A post that is not published still stands.
 */
export type Publishing = { publish(channelId: string, messageId: string): Promise<void> };

export function createPublishing(attempt: Attempt, clock: () => Date, log: Log): Publishing {
  const published = new Map<string, readonly number[]>();
  return {
    async publish(channelId, messageId) {
      const now = clock().getTime();
      const recent = (published.get(channelId) ?? []).filter((at) => now - at < HOUR_MS);
      if (recent.length >= AN_HOUR)
        return log.warn("not published: the hour's budget is spent", { channel: channelId });
      published.set(channelId, [...recent, now]);
      const sent = await attempt((rest) => publish(rest, channelId, messageId));
      if (sent.kind !== "sent")
        log.warn("not published", { channel: channelId, message: messageId, reason: sent.reason });
    },
  };
}
