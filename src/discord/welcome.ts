import {
  ButtonStyle,
  ChannelType,
  type Client,
  ComponentType,
  Events,
  type Guild,
  type GuildTextBasedChannel,
} from "discord.js";
import type { Pack } from "#model/pack.ts";
import { DAY_MS, MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { isMet, meet } from "#store/guilds.ts";
import type { Attempt } from "./attempt.ts";
import { cachedFacts, obstacleIn } from "./channels.ts";
import { sinceText } from "./commands/since.ts";
import { WELCOME } from "./commands/welcome-button.ts";
import type { Log } from "./connection.ts";
import { escapeWithin } from "./escape.ts";
import { type Body, NO_MENTIONS } from "./message.ts";
import { createMessage, findMessage } from "./requests.ts";

/** A bot that was off while it was invited still says hello; one that was there for longer is known, and keeps quiet. */
const LATE_MS = DAY_MS;

/** After an outage of Discord, or where it may not write yet, it is tried again. */
const AGAIN_MS = MINUTE_MS;

/** Of a server's channels, as many are tried: where the first few refuse, the rest are closed to it too. */
const TRIED = 5;

const MAX_NAME = 60;

export type Welcoming = {
  readonly db: Db;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly log: Log;
  readonly attempt: Attempt;
};

/**
 * Writes one short message to each server that the bot is new in, in the first channel that it may write to. A server is met when
 * the message stands there: one whose answer was lost is found by its buttons. Returns how to stop.
 */
export function welcomeServers(client: Client, welcoming: Welcoming): () => void {
  const met = new Set<string>();
  const running = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const greet = async (guild: Guild) => {
    if (!guild.available || met.has(guild.id) || running.has(guild.id)) return;
    running.add(guild.id);
    try {
      if (await isWelcomed(guild, client, welcoming)) met.add(guild.id);
      else timer ??= setTimeout(everywhere, AGAIN_MS).unref();
    } finally {
      running.delete(guild.id);
    }
  };
  const attend = (guild: Guild) =>
    void greet(guild).catch((error: unknown) => welcoming.log.error("a server could not be welcomed", { error }));
  const everywhere = () => {
    timer = undefined;
    for (const guild of client.guilds.cache.values()) attend(guild);
  };
  client.on(Events.ClientReady, everywhere);
  client.on(Events.GuildCreate, attend);
  client.on(Events.GuildAvailable, attend);
  client.on(Events.ChannelCreate, ({ guild }) => attend(guild));
  return () => clearTimeout(timer);
}

/** False where it is to be tried again. */
async function isWelcomed(guild: Guild, client: Client, welcoming: Welcoming): Promise<boolean> {
  const { db, clock, log, attempt } = welcoming;
  if (await isMet(db, guild.id)) return true;
  const now = clock();
  if (now.getTime() - guild.joinedTimestamp > LATE_MS) {
    await meet(db, guild.id, now);
    return true;
  }
  const body = await welcomeBody(welcoming);
  for (const { id } of writable(guild, client, now).slice(0, TRIED)) {
    const sent = await attempt(async (rest) => {
      const sign = { self: client.user?.id ?? "", mark: WELCOME.follow };
      const stands = await findMessage(rest, id, sign);
      // A guild has one nonce: a repetition within minutes is dropped by Discord itself.
      return stands ?? createMessage(rest, { channelId: id, body, nonce: `hello${guild.id}`, replyTo: null });
    });
    if (sent.kind === "sent") {
      await meet(db, guild.id, now);
      log.info("welcomed a server", { guild: guild.id, channel: id });
      return true;
    }
    log.warn("a server could not be welcomed", { guild: guild.id, channel: id, reason: sent.reason });
    // Elsewhere it might stand twice, when this one was carried out after all.
    if (sent.kind === "later" || sent.kind === "token") return false;
  }
  return false;
}

/** The channel of the server's own notices first, then as they stand in its list. */
function writable(guild: Guild, client: Client, now: Date): readonly GuildTextBasedChannel[] {
  const texts = [...guild.channels.cache.values()].filter((channel) => channel.type === ChannelType.GuildText);
  const first = (one: { readonly id: string }) => Number(one.id !== guild.systemChannelId);
  return texts
    .filter(({ id }) => {
      const facts = cachedFacts(client, id);
      return facts !== undefined && obstacleIn(id, facts, now) === null;
    })
    .toSorted((a, b) => first(a) - first(b) || a.position - b.position);
}

async function welcomeBody({ db, pack }: Welcoming): Promise<Body> {
  const content = [
    `Hello, I am **Policywire**: I read ${pack.feeds.length} feeds on ${escapeWithin(pack.name, MAX_NAME)} and post what moves, one short message a development, each sentence with its source.`,
    "`/follow` chooses what comes to a channel; `/help` says the rest.",
    await sinceText(db),
  ].join("\n");
  const button = (label: string, custom_id: string, style: ButtonStyle.Primary | ButtonStyle.Secondary) => ({
    type: ComponentType.Button as const,
    style,
    label,
    custom_id,
  });
  const buttons = [
    button("Follow something", WELCOME.follow, ButtonStyle.Primary),
    button("Help", WELCOME.help, ButtonStyle.Secondary),
  ];
  return {
    content,
    components: [{ type: ComponentType.ActionRow, components: buttons }],
    allowed_mentions: NO_MENTIONS,
  };
}
