import { ChannelType, type Client, type GuildBasedChannel, PermissionsBitField, type REST, Routes } from "discord.js";
import type { Manner } from "#model/subscription.ts";
import { HOUR_MS } from "#model/time.ts";
import { timestamp } from "./escape.ts";
import { type Act, ADMINISTRATOR, areServers, lacking, type Rights } from "./rights.ts";

/** What is known about a channel. */
export type ChannelFacts = {
  readonly kind: "text" | "announcement" | "forum";
  readonly isThread: boolean;
  /** A moderator's doing: who may not manage threads says nothing there. */
  readonly isLocked: boolean;
  /** Null for a direct message. */
  readonly guildId: string | null;
  /** Tags of a forum; a moderated one takes Manage Threads. */
  readonly tags: readonly { readonly id: string; readonly name: string; readonly moderated: boolean }[];
  /** Null in a direct message, and where nobody has looked. */
  readonly rights: Rights | null;
};

/** Whether nothing is known to stand against it. */
export const may = ({ rights }: ChannelFacts, ...acts: Act[]): boolean =>
  rights === null || lacking(rights, acts).length === 0;

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
    const told = factsFrom((await rest.get(Routes.channel(channelId))) as Told, null);
    asked.set(channelId, { until: now + FRESH_MS, facts: told });
    return told;
  };
}

/** A channel as Discord's REST tells of it. */
export type Told = {
  readonly type: ChannelType;
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly available_tags?: readonly { readonly id: string; readonly name: string; readonly moderated?: boolean }[];
  readonly thread_metadata?: { readonly locked?: boolean };
  readonly permission_overwrites?: readonly {
    readonly id: string;
    readonly allow: string;
    readonly deny: string;
  }[];
};

export function factsFrom(told: Told, rights: Rights | null): ChannelFacts {
  const { type, guild_id, available_tags = [], thread_metadata } = told;
  return {
    kind: kindOf(type),
    isThread: thread_metadata !== undefined,
    isLocked: thread_metadata?.locked === true,
    guildId: guild_id ?? null,
    tags: available_tags.map(({ id, name, moderated = false }) => ({ id, name, moderated })),
    rights,
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
  const tags = channel.isThreadOnly()
    ? channel.availableTags.map(({ id, name, moderated }) => ({ id, name, moderated }))
    : [];
  return {
    kind: kindOf(channel.type),
    isThread: channel.isThread(),
    isLocked: channel.isThread() && channel.locked === true,
    guildId: channel.guildId,
    tags,
    rights: rightsIn(channel),
  };
}

function rightsIn(channel: GuildBasedChannel): Rights | null {
  const { me } = channel.guild.members;
  const held = me === null ? null : channel.permissionsFor(me);
  if (me === null || held === null) return null;
  if (me.permissions.has(ADMINISTRATOR)) return EVERYTHING;
  return { held: held.bitfield, inServer: me.permissions.bitfield, timedOutUntil: me.communicationDisabledUntil };
}

export const EVERYTHING: Rights = {
  held: PermissionsBitField.All,
  inServer: PermissionsBitField.All,
  timedOutUntil: null,
};

/** The rights that the bot lacks there for what somebody asks for, by their names; none where the gateway tells nothing. */
export function missingIn(client: Client, channelId: string, { threads, mention, memo }: Manner): readonly string[] {
  const facts = cachedFacts(client, channelId);
  if (facts?.rights == null) return [];
  const { kind, guildId, isThread, rights } = facts;
  const role = mention === null ? undefined : client.guilds.cache.get(guildId ?? "")?.roles.cache.get(mention);
  const acts: Act[] = [...toPost(facts), "embed", "reply"];
  if (kind === "forum") acts.push("within");
  else if (threads && !isThread) acts.push("thread");
  if (memo) acts.push("file");
  if (role?.mentionable === false) acts.push("mention");
  return lacking(rights, acts);
}

const toPost = ({ isThread, isLocked }: ChannelFacts): readonly Act[] =>
  isThread ? (isLocked ? ["within", "locked"] : ["within"]) : ["post"];

/** What stops posts to a channel: a sentence for its guild, and what tells this cause from others. */
export type Obstacle = { readonly cause: string; readonly reason: string };

/** What is known to stop a post of its own there; null where nothing is. */
export function obstacleIn(channelId: string, facts: ChannelFacts, now: Date): Obstacle | null {
  const { rights, guildId } = facts;
  if (rights === null) return null;
  const { timedOutUntil } = rights;
  if (timedOutUntil !== null && timedOutUntil > now)
    return {
      cause: `silenced in ${guildId}`,
      reason: `A moderator has timed Policywire out in this server until ${timestamp(timedOutUntil, "f")}.`,
    };
  const names = lacking(rights, toPost(facts));
  if (names.length === 0) return null;
  const where = areServers(rights, names) ? guildId : channelId;
  const locked = names.join() === "Manage Threads";
  return {
    cause: `${names.join(", ")} in ${where}`,
    reason: locked
      ? "This thread is locked, and Policywire may not manage threads."
      : `Policywire lacks ${names.join(" and ")} in this channel.`,
  };
}
