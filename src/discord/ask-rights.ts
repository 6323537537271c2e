import { type REST, Routes } from "discord.js";
import { type ChannelFacts, EVERYTHING, factsFrom, type Told } from "./channels.ts";
import { ADMINISTRATOR, type Rights } from "./rights.ts";

type Role = { readonly id: string; readonly permissions: string };
type Member = { readonly roles: readonly string[]; readonly communication_disabled_until?: string | null };

/** What Discord's REST tells of a channel and of the bot's rights there, for who hears no gateway: three requests, or four in a thread. */
export async function askFacts(rest: REST, self: string, channelId: string): Promise<ChannelFacts> {
  const told = (await rest.get(Routes.channel(channelId))) as Told;
  const { guild_id: guildId, parent_id: parentId } = told;
  if (guildId === undefined) return factsFrom(told, null);
  const governed =
    told.thread_metadata === undefined || parentId == null ? told : await rest.get(Routes.channel(parentId));
  const { roles } = (await rest.get(Routes.guild(guildId))) as { readonly roles: readonly Role[] };
  const member = (await rest.get(Routes.guildMember(guildId, self))) as Member;
  return factsFrom(told, rightsOf({ guildId, self, roles, member }, governed as Told));
}

type Standing = {
  readonly guildId: string;
  readonly self: string;
  readonly roles: readonly Role[];
  readonly member: Member;
};

/** As https://docs.discord.com/developers/topics/permissions#permission-overwrites puts them together. */
function rightsOf({ guildId, self, roles, member }: Standing, { permission_overwrites = [] }: Told): Rights {
  const mine = roles.filter(({ id }) => id === guildId || member.roles.includes(id));
  const inServer = mine.reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  if ((inServer & ADMINISTRATOR) !== 0n) return EVERYTHING;
  const steps = [[guildId], member.roles, [self]];
  const held = steps.reduce((bits, ids) => {
    const said = permission_overwrites.filter(({ id }) => ids.includes(id));
    const denied = said.reduce((all, { deny }) => all | BigInt(deny), 0n);
    return (bits & ~denied) | said.reduce((all, { allow }) => all | BigInt(allow), 0n);
  }, inServer);
  const until = member.communication_disabled_until;
  return { held, inServer, timedOutUntil: until == null ? null : new Date(until) };
}
