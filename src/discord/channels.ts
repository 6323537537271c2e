import { ChannelType, type Client, type GuildBasedChannel, PermissionFlagsBits, type REST, Routes } from "discord.js";
import { HOUR_MS } from "#model/time.ts";

/** What is known about a channel. */
export type ChannelFacts = {
  readonly kind: "text" | "announcement" | "forum";
  /** Null for a direct message. */
  readonly guildId: string | null;
  /** Tags of a forum. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  /** Permissions that the bot lacks there, by their names in Discord's settings. */
  readonly missing: readonly string[];
};

/** What was asked is asked again after this: a channel may be made an announcement channel, and a forum gets tags. */
const FRESH_MS = HOUR_MS;

/**
 * From the gateway, which tells of every change; else asked, once an hour. A channel that is gone or hidden throws, as any
 * request does.
 */
export function createFacts(
  rest: REST,
  known: (channelId: string) => ChannelFacts | undefined,
  clock: () => Date,
): (channelId: string) => Promise<ChannelFacts> {
  const asked = new Map<string, { readonly until: number; readonly facts: ChannelFacts }>();
  return async (channelId) => {
    const now = clock().getTime();
    const kept = asked.get(channelId);
    const facts = known(channelId) ?? (kept !== undefined && kept.until > now ? kept.facts : undefined);
    if (facts !== undefined) return facts;
    const told = factsFrom((await rest.get(Routes.channel(channelId))) as Told);
    asked.set(channelId, { until: now + FRESH_MS, facts: told });
    return told;
  };
}

type Told = {
  readonly type: ChannelType;
  readonly guild_id?: string;
  readonly available_tags?: readonly { readonly id: string; readonly name: string }[];
};

function factsFrom({ type, guild_id, available_tags = [] }: Told): ChannelFacts {
  return {
    kind: kindOf(type),
    guildId: guild_id ?? null,
    tags: available_tags.map(({ id, name }) => ({ id, name })),
    missing: [],
  };
}

function kindOf(type: ChannelType): ChannelFacts["kind"] {
  if (type === ChannelType.GuildForum || type === ChannelType.GuildMedia) return "forum";
  return type === ChannelType.GuildAnnouncement ? "announcement" : "text";
}

/** Undefined for a channel that the gateway did not tell about. */
export function cachedFacts(client: Client, channelId: string): ChannelFacts | undefined {
  const channel = client.channels.cache.get(channelId);
  if (channel === undefined || channel.isDMBased()) return undefined;
  const tags = channel.isThreadOnly() ? channel.availableTags.map(({ id, name }) => ({ id, name })) : [];
  return { kind: kindOf(channel.type), guildId: channel.guildId, tags, missing: missingIn(channel, client) };
}

/** Without these a post cannot be made; without the last one a card becomes plain text. */
const NEEDED = [
  ["View Channel", PermissionFlagsBits.ViewChannel],
  ["Send Messages", PermissionFlagsBits.SendMessages],
  ["Embed Links", PermissionFlagsBits.EmbedLinks],
] as const;

function missingIn(channel: GuildBasedChannel, client: Client): readonly string[] {
  const held = client.user === null ? null : channel.permissionsFor(client.user);
  return held === null ? [] : NEEDED.filter(([, bit]) => !held.has(bit)).map(([name]) => name);
}

export const mayPost = ({ missing }: ChannelFacts) => missing.every((name) => name === "Embed Links");
