import { Client, Events, GatewayIntentBits, Options } from "discord.js";
import { createAttempt } from "./attempt.ts";
import { cachedFacts, missingIn } from "./channels.ts";
import {
  BAD_TOKEN,
  type Connected,
  type Connection,
  hearAnswers,
  loginFailure,
  pacesOf,
  restOptions,
  watchToken,
} from "./connection.ts";
import { answerInteractions } from "./interactions.ts";
import { createLater } from "./later.ts";
import { surviveAnyPacket } from "./packets.ts";
import { createPoster, type DiscordPoster, type Ears } from "./poster.ts";
import { registerCommands } from "./register-commands.ts";
import { resumeWhenAllowed } from "./resume.ts";
import { welcomeServers } from "./welcome.ts";

/** Discord takes 40 ms to 5 s; discord.js itself would wait for ever. */
const LOGIN_MS = 30_000;

/** discord.js holds every interaction back until each guild has reported, 15 s by default; Discord gives up after 3 s. */
const GUILDS_MS = 500;

/** Interactions that are being answered when the bot is told to stop get this long. */
const DRAIN_MS = 3_000;

/** The bot and the poster, in one process. */
export async function connectDiscord(connection: Connection): Promise<Connected<DiscordPoster>> {
  const connected = await connectBot(connection);
  if (connected.kind === "refused") return connected;
  const { bot } = connected;
  const poster = createPoster(connection, bot);
  const close = async () => {
    await poster.close();
    await bot.close();
  };
  return { kind: "connected", bot: { ...poster, close } };
}

export type Bot = Ears & { close(): Promise<void> };

/** Logs in, registers the commands if they changed, and answers interactions from then on. */
export async function connectBot(connection: Connection): Promise<Connected<Bot>> {
  const { token, db, lookUps = db, pack, clock, log, ping, operatorsChannel = null } = connection;
  const watch = watchToken(connection);
  const client = clientFor(connection, watch);
  const { rest } = client;
  hearAnswers(rest, connection);
  const attempt = createAttempt(rest, connection, watch);
  const known = (channelId: string) => cachedFacts(client, channelId);
  const answering = answerInteractions(client, {
    db: lookUps,
    pack,
    clock,
    log,
    attempt,
    missing: (channelId, manner) => missingIn(client, channelId, manner),
    byHand: connection.byHand,
    makeMemo: connection.makeMemo,
    holds: connection.holds,
    isHome: (guildId) => isHome(client, guildId, operatorsChannel),
    later: createLater(),
    ping: ping ?? (() => client.ws.ping),
  });

  const stopLooking = resumeWhenAllowed(client, { db, clock, log, lookMs: pacesOf(connection).lookMs });
  const stopWelcoming = welcomeServers(client, { db, pack, clock, log, attempt });

  const reason = await logIn(client, token);
  if (reason !== null) {
    watch.end();
    stopLooking();
    stopWelcoming();
    await client.destroy();
    return { kind: "refused", reason };
  }
  const self = client.user?.id;
  if (self === undefined) throw new Error("a client that is logged in knows who it is");
  await registerCommands(client, log);
  return {
    kind: "connected",
    bot: {
      rest,
      attempt,
      self,
      known,
      token: watch,
      async close() {
        watch.end();
        client.removeAllListeners(Events.InteractionCreate);
        stopLooking();
        stopWelcoming();
        await Promise.race([answering.settled(), afterMs(DRAIN_MS)]);
        await client.destroy();
      },
    },
  };
}

/** A client that says what becomes of its connection, and keeps next to nothing of what it hears. */
function clientFor(connection: Connection, watch: ReturnType<typeof watchToken>): Client {
  const { log } = connection;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // As many as Discord recommends, all in this process: 2,500 servers need a second.
    shards: "auto",
    rest: restOptions(connection),
    waitGuildTimeout: GUILDS_MS,
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(NEXT_TO_NOTHING),
  });
  surviveAnyPacket(client, log);
  client.on(Events.Error, (error) => log.warn("Discord client", { error }));
  client.on(Events.ShardError, (error) => log.warn("Discord gateway", { error }));
  client.on(Events.ShardReconnecting, (shard) => log.info("Discord gateway reconnects", { shard }));
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === TOKEN_REFUSED) watch.refused();
  });
  client.on(Events.GuildCreate, (guild) => log.info("joined a server", { guild: guild.id }));
  client.on(Events.GuildDelete, (guild) => log.info("left a server", { guild: guild.id }));
  return client;
}

/** Whether a server is that of the operators' channel or, without one, the server that the bot was in first. */
function isHome(client: Client, guildId: string | null, operatorsChannel: string | null): boolean {
  if (guildId === null) return false;
  if (operatorsChannel === null) return firstJoined(client) === guildId;
  const channel = client.channels.cache.get(operatorsChannel);
  return channel !== undefined && !channel.isDMBased() && channel.guildId === guildId;
}

/** The server that the bot was in before all others; null while that of one is not known, as in an outage. */
function firstJoined(client: Client): string | null {
  const guilds = [...client.guilds.cache.values()];
  // One that was unavailable since the log-in has only an id.
  if (guilds.length > 1 && guilds.some(({ joinedTimestamp }) => !Number.isFinite(joinedTimestamp))) return null;
  const [first] = guilds.toSorted((a, b) => a.joinedTimestamp - b.joinedTimestamp);
  return first?.id ?? null;
}

const TOKEN_REFUSED = 4004;

/** Resolves to null when the gateway is ready, else to a sentence. */
async function logIn(client: Client, token: string): Promise<string | null> {
  const ready = new Promise<null>((resolve) => client.once(Events.ClientReady, () => resolve(null)));
  const refused = new Promise<string>((resolve) =>
    client.once(Events.ShardDisconnect, ({ code }) =>
      resolve(
        code === TOKEN_REFUSED
          ? BAD_TOKEN
          : `Discord closed the connection for good (${code}); see https://docs.discord.com/developers/topics/opcodes-and-status-codes.`,
      ),
    ),
  );
  const failed = client.login(token).then(
    () => new Promise<never>(() => {}),
    (error: unknown) => loginFailure(error),
  );
  const late = afterMs(LOGIN_MS).then(
    () => `Discord did not answer the log-in within ${LOGIN_MS / 1000} s. Is DISCORD_API right, and the network up?`,
  );
  return Promise.race([ready, refused, failed, late]);
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Guilds, channels and roles are kept, for permissions; the rest is read when it is needed, which is never. */
const NEXT_TO_NOTHING = {
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  GuildMemberManager: {
    maxSize: 0,
    keepOverLimit: (member: { id: string; client: Client }) => member.id === member.client.user?.id,
  },
  UserManager: {
    maxSize: 0,
    keepOverLimit: (user: { id: string; client: Client }) => user.id === user.client.user?.id,
  },
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildBanManager: 0,
  GuildInviteManager: 0,
  GuildScheduledEventManager: 0,
  StageInstanceManager: 0,
  VoiceStateManager: 0,
  ThreadMemberManager: 0,
  AutoModerationRuleManager: 0,
};
