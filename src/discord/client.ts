import { Client, Events, GatewayIntentBits, Options } from "discord.js";
import type { CardStyle, Poster } from "#model/delivery.ts";
import type { Pack } from "#model/pack.ts";
import type { Db } from "#store/database.ts";
import { cachedFacts, createFacts } from "./channels.ts";
import type { ByHand, Log } from "./commands/command.ts";
import { failureOf } from "./failure.ts";
import { answerInteractions } from "./interactions.ts";
import { createLater } from "./later.ts";
import { createOperators } from "./operators.ts";
import { createEdit, createPost, createPostDigest, type Posting } from "./post.ts";
import { createPublishing } from "./publish.ts";
import { registerCommands } from "./register.ts";
import { resumeWhenAllowed } from "./resume.ts";
import { tellFollowers } from "./tell.ts";

/** Discord takes 40 ms to 5 s; discord.js itself would wait for ever. */
const LOGIN_MS = 30_000;

/** discord.js holds every interaction back until each guild has reported, 15 s by default; Discord gives up after 3 s. */
const GUILDS_MS = 500;

/** One request. discord.js's own retries are off: the outbox repeats, with the same nonce. Short enough to end within a stop. */
const REQUEST_MS = 7_000;

/** Paused channels are looked at this often beside what the gateway tells: a change may fall between a refusal and its note. */
const LOOK_MS = 60_000;

/** Interactions that are being answered when the bot is told to stop get this long. */
const DRAIN_MS = 3_000;

/** Discord bans an address for 10,000 answers of 401, 403 or 429 within ten minutes. At this many, posting waits the window out. */
const INVALID_BUDGET = 5_000;
const INVALID_STEP = 500;

export type Connection = {
  readonly token: string;
  /** REST base: `https://discord.com/api` or that of a compatible server. */
  readonly api: string;
  readonly db: Db;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly log: Log;
  readonly random?: () => number;
  /** How fast Discord answers, in milliseconds, below 0 while not known; the gateway's own measure unless given. */
  readonly ping?: () => number;
  /** The channel in which the operators are told what they should act on; null for none. */
  readonly operatorsChannel?: string | null;
  /** How cards are shown; as embeds when left out. */
  readonly cards?: CardStyle;
  /** Sets stories right as a moderator decided; absent where nobody may. */
  readonly byHand?: ByHand;
  /** Called once, with a sentence, when Discord refuses the token while the bot runs: nothing works from then on. */
  readonly stopped?: (reason: string) => void;
  /** In place of REQUEST_MS and LOOK_MS, where time runs faster. */
  readonly paces?: { readonly requestMs: number; readonly lookMs: number };
};

export type Bot = Required<Poster> & {
  /** Tells the operators, in their channel; absent where there is none. */
  readonly tell: ((sentence: string) => void) | undefined;
  close(): Promise<void>;
};

/** `refused` holds a sentence for the person who runs the bot. */
export type Connected =
  | { readonly kind: "connected"; readonly bot: Bot }
  | { readonly kind: "refused"; readonly reason: string };

/** Logs in, registers the commands if they changed, and answers interactions from then on. */
export async function connectDiscord(connection: Connection): Promise<Connected> {
  const { token, api, db, pack, clock, log, ping, random = Math.random, stopped, operatorsChannel = null } = connection;
  const { requestMs, lookMs } = connection.paces ?? { requestMs: REQUEST_MS, lookMs: LOOK_MS };
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // As many as Discord recommends: 2,500 servers need a second.
    shards: "auto",
    rest: {
      api,
      retries: 0,
      timeout: requestMs,
      rejectOnRateLimit: () => true,
      invalidRequestWarningInterval: INVALID_STEP,
    },
    waitGuildTimeout: GUILDS_MS,
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits(NEXT_TO_NOTHING),
  });
  let over = false;
  const stop = (reason: string) => {
    if (over) return;
    over = true;
    log.error("Discord refused the token; posting stops", { reason });
    stopped?.(reason);
  };
  client.on(Events.Error, (error) => log.warn("Discord client", { error }));
  client.on(Events.ShardError, (error) => log.warn("Discord gateway", { error }));
  client.on(Events.ShardReconnecting, (shard) => log.info("Discord gateway reconnects", { shard }));
  client.on(Events.ShardDisconnect, ({ code }) => {
    if (code === TOKEN_REFUSED) stop(BAD_TOKEN);
  });
  client.on(Events.GuildCreate, (guild) => log.info("joined a server", { guild: guild.id }));
  client.on(Events.GuildDelete, (guild) => log.info("left a server", { guild: guild.id }));
  const { rest } = client;
  let waitUntil = new Date(0);
  rest.on("invalidRequestWarning", ({ count, remainingTime }) => {
    if (count < INVALID_BUDGET) return;
    waitUntil = new Date(clock().getTime() + remainingTime);
    log.error("too many refused requests; posting waits", { count, until: waitUntil });
  });
  const isHome = (guildId: string | null) => {
    if (guildId === null) return false;
    if (operatorsChannel === null) return client.guilds.cache.size === 1;
    const channel = client.channels.cache.get(operatorsChannel);
    return channel !== undefined && !channel.isDMBased() && channel.guildId === guildId;
  };
  const missing = (channelId: string) => cachedFacts(client, channelId)?.missing ?? [];
  const answering = answerInteractions(client, {
    db,
    pack,
    clock,
    log,
    rest,
    missing,
    byHand: connection.byHand,
    isHome,
    later: createLater(),
    ping: ping ?? (() => client.ws.ping),
  });

  const stopLooking = resumeWhenAllowed(client, { db, clock, log, lookMs });

  const reason = await logIn(client, token);
  if (reason !== null) {
    over = true;
    stopLooking();
    await client.destroy();
    return { kind: "refused", reason };
  }
  await registerCommands(client, log);
  const operators = operatorsChannel === null ? null : createOperators(rest, operatorsChannel, log, lookMs);
  const posting: Posting = {
    rest,
    db,
    pack,
    clock,
    random,
    log,
    cards: connection.cards ?? "embeds",
    facts: createFacts(client),
    missing,
    publishing: createPublishing(rest, clock, log),
    tokenRefused: () => stop(BAD_TOKEN),
    isRefused: () => over,
    waitUntil: () => waitUntil,
    forbidden: (channel, reason) =>
      void tellFollowers(rest, db, log, channel, reason).catch((error: unknown) =>
        log.error("followers could not be told", { error }),
      ),
  };
  return {
    kind: "connected",
    bot: {
      serves: "channels",
      post: createPost(posting),
      postDigest: createPostDigest(posting),
      edit: createEdit(posting),
      tell: operators?.tell,
      async close() {
        over = true;
        client.removeAllListeners(Events.InteractionCreate);
        stopLooking();
        operators?.close();
        await Promise.race([answering.settled(), afterMs(DRAIN_MS)]);
        await client.destroy();
      },
    },
  };
}

const TOKEN_REFUSED = 4004;

const BAD_TOKEN =
  "Discord refused the token. Copy it anew from the Bot page of the developer portal into DISCORD_TOKEN.";

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

function loginFailure(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "TokenInvalid") return BAD_TOKEN;
  const failure = failureOf(error);
  return failure.kind === "token" ? BAD_TOKEN : `Discord cannot be logged into: ${failure.reason}`;
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
