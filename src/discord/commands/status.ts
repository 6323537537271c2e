import { MessageFlags } from "discord.js";
import { escapeWithin, timestamp } from "#discord/escape.ts";
import { destinationsOf } from "#model/destination.ts";
import { feedStates } from "#store/feeds.ts";
import { deliveriesIn, deliveryCounts, nextDeliveryAt, standingText } from "#store/outbox/deliveries.ts";
import { subscriptionsOf } from "#store/subscriptions.ts";
import { type Command, lookUp } from "./command.ts";
import { fitting } from "./list.ts";

const MAX_DESCRIPTION = 4_096;
const MAX_NAME = 200;
const SHOWN_LETTERS = 10;

/** `/status`: whether everything is read and delivered, and what could not be. */
export const status: Command = {
  definition: lookUp("status", "Whether feeds are read and posts delivered"),
  async run({ guildId }, { db, pack, ping }) {
    const [states, counts, next, mine] = await Promise.all([
      feedStates(db),
      deliveryCounts(db),
      nextDeliveryAt(db),
      guildId === null ? [] : subscriptionsOf(db, { guildId }),
    ]);
    const failing = states.filter(({ failureCount, pausedAt }) => failureCount > 0 || pausedAt !== null).length;
    const destinations = mine.flatMap((each) => destinationsOf(each.destination, [each]));
    const letters = mine.length === 0 ? [] : await deliveriesIn(db, "dead", { limit: SHOWN_LETTERS, destinations });
    const lines = [
      `Pack ${escapeWithin(pack.name, MAX_NAME)}: ${states.length} feeds, ${failing} failing (\`/feeds\`).`,
      `Deliveries: ${counts.posted} posted, ${counts.due} waiting${next === null ? "" : ` (next ${timestamp(next)})`}, ${counts.held} held for a permission, ${counts.dropped} dropped, ${counts.dead} dead letters.`,
      ...(ping() < 0 ? [] : [`Discord answers within ${Math.round(ping())} ms.`]),
      ...(guildId === null
        ? []
        : [
            `This server follows ${mine.length}, ${mine.filter(({ pausedAt }) => pausedAt !== null).length} paused (\`/following\`).`,
          ]),
      ...letters.map(
        (letter) => `• ${standingText(letter)} could not be posted: ${escapeWithin(letter.reason ?? "", 200)}`,
      ),
    ];
    return {
      embeds: [{ title: "Status", description: fitting(lines, MAX_DESCRIPTION) }],
      flags: MessageFlags.Ephemeral,
    };
  },
};
