import { PermissionFlagsBits } from "discord.js";

/** Everything the loopback Discord knows, as plain records; REST and gateway are two ways of reading and changing it. */
export type World = {
  readonly clock: () => Date;
  /** How long an interaction waits for its first answer. */
  readonly acknowledgeMs: number;
  readonly application: { readonly id: string; readonly name: string };
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  /** `${channelId}:${nonce}` to the message it made. */
  readonly nonces: Map<string, { readonly messageId: string; readonly at: number }>;
  readonly commands: Map<string, readonly Json[]>;
  readonly interactions: Map<string, Interaction>;
  /** Set to refuse every request, as after a token was regenerated. */
  revoked: boolean;
  /** How many times commands were written. */
  registrations: number;
  readonly crossposts: string[];
};

export type Json = Record<string, unknown>;

export type Guild = {
  readonly id: string;
  readonly name: string;
  /** When the bot came. */
  readonly joinedAt: Date;
  available: boolean;
  /** Until when a moderator has timed the bot out; null while nobody has. */
  timedOutUntil: Date | null;
  readonly roles: readonly Role[];
  systemChannelId: string | null;
};

type Role = { readonly id: string; readonly name: string; readonly mentionable: boolean };

/** A forum's tag; a moderated one is set by those alone who may manage threads. */
export type Tag = { readonly id: string; readonly name: string; readonly moderated?: boolean };

export type Channel = {
  readonly id: string;
  readonly guildId: string | null;
  /** 0 text, 1 direct message, 5 announcement, 11 public thread, 15 forum. */
  readonly type: number;
  name: string;
  readonly parentId: string | null;
  /** Permission bits the bot lacks here. */
  deny: bigint;
  readonly messages: Message[];
  readonly tags: readonly Tag[];
  readonly requireTag: boolean;
  readonly appliedTags: readonly string[];
  archived: boolean;
  /** A moderator's doing: without Manage Threads nothing is sent there, and what is archived stays so. */
  locked: boolean;
  /** The code with which a person's direct messages refuse the bot; null while they take them. */
  refuses: number | null;
};

export type Message = {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly at: Date;
  readonly nonce: string | null;
  readonly replyTo: string | null;
  flags: number;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  editedAt: Date | null;
  /** Bodies that were shown before this one, oldest first. */
  readonly edits: { readonly content: string; readonly embeds: readonly Json[] }[];
  /** `description` is the alternative text. */
  readonly files: readonly {
    readonly name: string;
    readonly text: string;
    readonly bytes: Buffer;
    readonly description: string | null;
  }[];
  threadId: string | null;
};

export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly guildId: string | null;
  readonly channelId: string;
  readonly at: number;
  acknowledged: boolean;
  deferred: boolean;
  ephemeral: boolean;
  /** The message the interaction came from (a button), which an update changes. */
  readonly source: Message | null;
  original: Message | null;
  readonly followups: Message[];
  choices: readonly { readonly name: string; readonly value: string | number }[] | null;
  modal: Json | null;
  readonly changed: (() => void)[];
};

export const BOT_USER = "900000000000000001";
const BOT_ROLE = "900000000000000002";
export const SOMEONE = "900000000000000003";

const DISCORD_EPOCH = 1_420_070_400_000;
let increment = 0;

/** A snowflake: milliseconds since 2015 in the upper bits, so that ids sort by time. */
export function snowflake(at: Date): string {
  increment = (increment + 1) % 4_194_304;
  return ((BigInt(at.getTime() - DISCORD_EPOCH) << 22n) | BigInt(increment)).toString();
}

/** What README asks for in the invitation, and no more; `tests/discord/acts.test.ts` reads it there. */
export const BOT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

/** What the people in front of Discord may. */
export const PEOPLE_PERMISSIONS =
  BOT_PERMISSIONS |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.ManageThreads |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.UseApplicationCommands;

/** All that is left to who is timed out: https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members */
const TIMED_OUT = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

export function permissionsIn(world: World, channel: Channel): bigint {
  const parent = channel.parentId === null ? undefined : world.channels.get(channel.parentId);
  const until = channel.guildId === null ? null : (world.guilds.get(channel.guildId)?.timedOutUntil ?? null);
  const granted = BOT_PERMISSIONS & ~channel.deny & ~(parent?.deny ?? 0n);
  return until !== null && until > world.clock() ? granted & TIMED_OUT : granted;
}

/** What every channel has until it is said otherwise. */
export const newChannel = (given: Pick<Channel, "id" | "guildId" | "type" | "name"> & Partial<Channel>): Channel => ({
  parentId: null,
  deny: 0n,
  messages: [],
  tags: [],
  requireTag: false,
  appliedTags: [],
  archived: false,
  locked: false,
  refuses: null,
  ...given,
});

export const botUser: Json = {
  id: BOT_USER,
  username: "policywire",
  discriminator: "0000",
  global_name: null,
  avatar: null,
  bot: true,
  flags: 0,
};

export function channelJson(world: World, channel: Channel): Json {
  const base: Json = {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    last_message_id: channel.messages.at(-1)?.id ?? null,
  };
  if (channel.guildId === null)
    return { ...base, recipients: [{ ...botUser, id: SOMEONE, username: "someone", bot: false }] };
  const guild: Json = { ...base, guild_id: channel.guildId, parent_id: channel.parentId };
  if (channel.type === 11) {
    const metadata = {
      archived: channel.archived,
      auto_archive_duration: 1440,
      archive_timestamp: new Date(0).toISOString(),
      locked: channel.locked,
    };
    return {
      ...guild,
      owner_id: BOT_USER,
      thread_metadata: metadata,
      applied_tags: channel.appliedTags,
      message_count: 0,
      member_count: 1,
    };
  }
  return {
    ...guild,
    position: 0,
    nsfw: false,
    topic: null,
    permission_overwrites: [{ id: channel.guildId, type: 0, allow: "0", deny: channel.deny.toString() }],
    ...(channel.type === 15
      ? {
          available_tags: channel.tags.map((tag) => ({ moderated: false, ...tag, emoji_id: null, emoji_name: null })),
          flags: channel.requireTag ? 16 : 0,
        }
      : {}),
    permissions: permissionsIn(world, channel).toString(),
  };
}

export function guildJson(world: World, guild: Guild): Json {
  const role = (id: string, name: string, permissions: bigint, mentionable = false): Json => ({
    id,
    name,
    permissions: permissions.toString(),
    position: id === guild.id ? 0 : 1,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: id === BOT_ROLE,
    mentionable,
    flags: 0,
  });
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guild.id);
  return {
    id: guild.id,
    name: guild.name,
    owner_id: SOMEONE,
    unavailable: false,
    roles: [
      role(guild.id, "@everyone", 0n),
      role(BOT_ROLE, "policywire", BOT_PERMISSIONS),
      ...guild.roles.map(({ id, name, mentionable }) => role(id, name, 0n, mentionable)),
    ],
    channels: channels.filter((channel) => channel.type !== 11).map((channel) => channelJson(world, channel)),
    threads: channels
      .filter((channel) => channel.type === 11 && !channel.archived)
      .map((channel) => channelJson(world, channel)),
    members: [selfJson(guild)],
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    member_count: 2,
    large: false,
    joined_at: guild.joinedAt.toISOString(),
    system_channel_id: guild.systemChannelId,
    preferred_locale: "en-US",
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
  };
}

/** The bot as a member of a server. */
export const selfJson = ({ timedOutUntil }: Guild): Json => ({
  user: botUser,
  roles: [BOT_ROLE],
  joined_at: new Date(0).toISOString(),
  deaf: false,
  mute: false,
  flags: 0,
  communication_disabled_until: timedOutUntil?.toISOString() ?? null,
});

export function messageJson(world: World, message: Message): Json {
  const thread = message.threadId === null ? undefined : world.channels.get(message.threadId);
  return {
    id: message.id,
    channel_id: message.channelId,
    author: message.authorId === BOT_USER ? botUser : { ...botUser, id: message.authorId, bot: false },
    content: message.content,
    embeds: message.embeds.map((embed) => ({ type: "rich", ...embed })),
    components: message.components,
    flags: message.flags,
    timestamp: message.at.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: message.files.map((file, at) => ({
      id: String(at),
      filename: file.name,
      size: file.bytes.length,
      ...(file.description === null ? {} : { description: file.description }),
      url: "https://cdn.invalid/",
      proxy_url: "https://cdn.invalid/",
    })),
    pinned: false,
    type: message.replyTo === null ? 0 : 19,
    ...(message.replyTo === null
      ? {}
      : { message_reference: { message_id: message.replyTo, channel_id: message.channelId } }),
    ...(thread === undefined ? {} : { thread: channelJson(world, thread) }),
  };
}
