import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type FaultQueue, faultQueue } from "./faults.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import { newMessage } from "./messages.ts";
import { type People, peopleOf } from "./people.ts";
import { answerRequest, directOf, type Received } from "./rest.ts";
import {
  type Channel,
  channelJson,
  type Guild,
  guildJson,
  type Json,
  type Message,
  newChannel,
  SOMEONE,
  selfJson,
  snowflake,
  type World,
} from "./world.ts";

export type { Channel, Guild, Message } from "./world.ts";

/**
 * A Discord on loopback: REST and gateway that an unmodified discord.js logs into by `rest.api`. It refuses and records
 * every request body that Discord's published schema or the rules beside it forbid.
 */
export type LoopbackDiscord = {
  /** What `DISCORD_API` is set to. */
  readonly api: string;
  readonly token: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly faults: FaultQueue;
  readonly people: People;
  /** Every request, oldest first. */
  readonly received: readonly Received[];
  /** What Discord would have refused: a test run ends with none. */
  readonly violations: readonly string[];
  /** Keys that Discord does not know. */
  readonly remarks: ReadonlySet<string>;
  /** One that the bot has been in for a month, unless said otherwise. */
  addGuild(name: string, options?: { available?: boolean; joinedAt?: Date; roles?: Guild["roles"] }): Guild;
  addChannel(
    guild: Guild,
    name: string,
    options?: Partial<Pick<Channel, "type" | "deny" | "tags" | "requireTag">>,
  ): Channel;
  removeChannel(channel: Channel): void;
  removeGuild(guild: Guild): void;
  /** Takes permissions away from the bot in a channel (0n gives all back), and tells it as Discord does. */
  deny(channel: Channel, bits: bigint): void;
  /** A moderator times the bot out until then (null ends it), and Discord tells. */
  timeOut(guild: Guild, until: Date | null): void;
  /** A moderator closes or locks a thread, or opens it again, and Discord tells. */
  moderate(thread: Channel, change: { archived?: boolean; locked?: boolean }): void;
  /** The channel in which a person reads what the bot writes to them alone. */
  directOf(userId: string): Channel;
  /** Somebody takes no direct messages from the bot any more; null that they do. */
  refuseDirect(userId: string, code: number | null): void;
  revokeToken(): void;
  /** What somebody else than the bot says in a channel: another bot, when it has components. */
  say(channel: Channel, body: Pick<Json, "content" | "components">, authorId?: string): Message;
  /** Messages in a channel, oldest first. */
  messagesIn(channel: Channel): readonly Message[];
  close(): Promise<void>;
};

const MONTH_MS = 30 * 86_400_000;

export async function startDiscord(
  options: { clock?: () => Date; token?: string; port?: number; acknowledgeMs?: number } = {},
): Promise<LoopbackDiscord> {
  const { clock = () => new Date(), token = "loopback.token.of-no-worth", port = 0, acknowledgeMs = 3_000 } = options;
  const world: World = {
    clock,
    acknowledgeMs,
    application: { id: "900000000000000000", name: "policywire" },
    guilds: new Map(),
    channels: new Map(),
    nonces: new Map(),
    commands: new Map(),
    interactions: new Map(),
    revoked: false,
    registrations: 0,
    crossposts: [],
  };
  const received: Received[] = [];
  const violations: string[] = [];
  const remarks = new Set<string>();
  const faults = faultQueue();
  let gatewayUrl = "";
  const server = createServer((request, response) => {
    answerRequest(rest, request, response).catch((error: unknown) => {
      violations.push(`the loopback Discord failed: ${String(error)}`);
      response.destroy();
    });
  });
  const rest = { world, faults, received, violations, remarks, token, clock, gatewayUrl: () => gatewayUrl };
  const gateway = openGateway(server, world, token, () => gatewayUrl);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  gatewayUrl = `ws://127.0.0.1:${address.port}/`;

  return {
    api: `http://127.0.0.1:${address.port}/api`,
    token,
    world,
    gateway,
    faults,
    people: peopleOf(world, gateway, clock),
    received,
    violations,
    remarks,
    addGuild(name, { available = true, joinedAt = new Date(clock().getTime() - MONTH_MS), roles = [] } = {}) {
      const told = { name, joinedAt, available, systemChannelId: null, timedOutUntil: null, roles };
      const guild: Guild = { id: snowflake(clock()), ...told };
      world.guilds.set(guild.id, guild);
      if (available) gateway.dispatch("GUILD_CREATE", guildJson(world, guild));
      return guild;
    },
    addChannel(guild, name, { type = 0, deny = 0n, tags = [], requireTag = false } = {}) {
      const place = { id: snowflake(clock()), guildId: guild.id, type, name };
      const channel = newChannel({ ...place, deny, tags, requireTag });
      world.channels.set(channel.id, channel);
      gateway.dispatch("CHANNEL_CREATE", channelJson(world, channel));
      return channel;
    },
    removeChannel(channel) {
      world.channels.delete(channel.id);
      gateway.dispatch("CHANNEL_DELETE", channelJson(world, channel));
    },
    removeGuild(guild) {
      world.guilds.delete(guild.id);
      for (const channel of world.channels.values())
        if (channel.guildId === guild.id) world.channels.delete(channel.id);
      gateway.dispatch("GUILD_DELETE", { id: guild.id });
    },
    deny(channel, bits) {
      channel.deny = bits;
      gateway.dispatch("CHANNEL_UPDATE", channelJson(world, channel));
    },
    timeOut(guild, until) {
      guild.timedOutUntil = until;
      gateway.dispatch("GUILD_MEMBER_UPDATE", { ...selfJson(guild), guild_id: guild.id });
    },
    moderate(thread, change) {
      Object.assign(thread, change);
      gateway.dispatch("THREAD_UPDATE", channelJson(world, thread));
    },
    directOf: (userId) => directOf(world, userId),
    refuseDirect(userId, code) {
      directOf(world, userId).refuses = code;
    },
    revokeToken() {
      world.revoked = true;
      gateway.revoke();
    },
    say(channel, body, authorId = SOMEONE) {
      const message = { ...newMessage(body, channel.id, clock()), authorId };
      channel.messages.push(message);
      return message;
    },
    messagesIn: (channel) => world.channels.get(channel.id)?.messages ?? [],
    close: () =>
      new Promise<void>((resolve) => {
        gateway.close();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
