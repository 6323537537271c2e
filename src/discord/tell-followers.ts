import { Routes } from "discord.js";
import { DAY_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { holdTurn } from "#store/turns.ts";
import type { Attempt } from "./attempt.ts";
import type { Log } from "./connection.ts";
import { NO_MENTIONS } from "./message.ts";
import type { Notice } from "./refused.ts";
import { directChannel } from "./requests.ts";

/** Whoever is told of a cause hears no more of it for so long, however many channels and workers meet it. */
const SILENCE_MS = DAY_MS;

export type Telling = {
  readonly attempt: Attempt;
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
};

/**
 * Tells those who had a channel follow something what keeps posts from it, in a direct message. They may have closed those:
 * `/following` says it too.
 */
export async function tellFollowers(
  { attempt, db, clock, log }: Telling,
  channelId: string,
  { cause, said }: Notice,
): Promise<void> {
  const people = new Set(
    (await subscriptionsOf(db, { destination: channelId })).flatMap(({ createdBy }) => createdBy ?? []),
  );
  for (const person of people) {
    if ((await holdTurn(db, `told ${person}: ${cause}`, null, clock(), SILENCE_MS)) === null) continue;
    const content = `Posts to <#${channelId}> ${said}; \`/following\` shows how they stand, and what else it concerns.`;
    const sent = await attempt(async (rest) => {
      const body = { content, allowed_mentions: NO_MENTIONS };
      await rest.post(Routes.channelMessages(await directChannel(rest, person)), { body });
    });
    if (sent.kind !== "sent") log.warn("a follower could not be told", { channel: channelId, reason: sent.reason });
  }
}
