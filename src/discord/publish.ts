import { HOUR_MS, MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { freeTurns, takeFreeTurns } from "#store/turns.ts";
import type { Attempt } from "./attempt.ts";
import type { Log } from "./connection.ts";
import { publish } from "./requests.ts";

/** Discord publishes about this many messages of a channel an hour to the servers that follow it. */
const AN_HOUR = 10;

const AGAIN_MS = MINUTE_MS;

/**
 * Publishes posts of announcement channels, as far as Discord's hourly budget goes, which all workers share. Returns when to try
 * again; null where it is published, or cannot be: a post that is not published still stands.
 */
export type Publish = (channelId: string, messageId: string) => Promise<Date | null>;

export function createPublish(attempt: Attempt, db: Db, clock: () => Date, log: Log): Publish {
  return async (channelId, messageId) => {
    const now = clock();
    const after = (ms: number) => new Date(now.getTime() + ms);
    const key = `published in ${channelId}`;
    if (((await freeTurns(db, [key], now, AN_HOUR)).get(key) ?? 0) === 0) return after(HOUR_MS / AN_HOUR);
    await takeFreeTurns(db, [key], now, 1, AN_HOUR);
    const sent = await attempt((rest) => publish(rest, channelId, messageId));
    if (sent.kind === "sent" || sent.kind === "done") return null;
    log.warn("not published", { channel: channelId, message: messageId, reason: sent.reason });
    return sent.kind === "later" ? after(Math.max(sent.afterMs ?? 0, AGAIN_MS)) : null;
  };
}
