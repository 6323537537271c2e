import { ApplicationIntegrationType, type BaseInteraction, PermissionFlagsBits } from "discord.js";
import { directChannel } from "#discord/requests.ts";
import { stillNews } from "#model/delivery.ts";
import { namedIn } from "#model/destination.ts";
import type { Subscription } from "#model/subscription.ts";
import { heldChannels } from "#store/outbox/deliveries.ts";
import { resumeDestination } from "#store/outbox/owed.ts";
import type { Context } from "./command.ts";

/** Whose request it is and where it is posted: a server's in a channel, or one person's in their direct messages. */
export type Asker = Pick<Subscription, "guildId" | "destination">;

type Asked = Pick<
  BaseInteraction,
  "guildId" | "channelId" | "user" | "authorizingIntegrationOwners" | "memberPermissions"
>;

/**
 * The server of the interaction with its channel, where that is whom it is for; else the person who asks. Null where Discord does
 * not let the bot write to them.
 */
export async function askerOf(asked: Asked, context: Context): Promise<Asker | null> {
  const { guildId, channelId, user } = asked;
  if (channelId !== null && (guildId === null || isServers(asked))) return { guildId, destination: channelId };
  return directOf(user, context);
}

/** A person's direct messages; null where Discord does not let the bot write to them. */
export async function directOf(
  user: Asked["user"],
  { attempt, log }: Pick<Context, "attempt" | "log">,
): Promise<Asker | null> {
  const direct = await attempt((rest) => directChannel(rest, user.id));
  if (direct.kind === "sent") return { guildId: null, destination: direct.value };
  log.warn("no direct channel", { reason: direct.reason });
  return null;
}

/** Who was found to take no direct messages asks for them again: what waited comes at once. */
export async function resumeDirect(
  { destination }: Asker,
  { db, clock }: Pick<Context, "db" | "clock">,
): Promise<void> {
  if ((await heldChannels(db)).includes(destination))
    await resumeDestination(db, destination, stillNews(clock()), clock());
}

/**
 * Whether it is for the server that it comes from. A person who has the bot for themselves brings it into servers that do not have
 * it, and past the rights that a server has set for its commands: what they ask for is theirs unless they manage the server.
 */
export function isServers({
  guildId,
  authorizingIntegrationOwners: owners,
  memberPermissions,
}: Omit<Asked, "channelId" | "user">): boolean {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  if (guildId === null || owners[GuildInstall] === undefined) return false;
  return owners[UserInstall] === undefined || memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
}

export const CLOSED =
  "Discord does not let Policywire write to you. Allow direct messages from this server, then try again.";

/** Where a request is posted, as it stands in a sentence. */
export function whereText({ guildId, destination }: Asker): string {
  const named = namedIn(destination);
  if (named !== null) return `**${named.name}** (${named.kind})`;
  return guildId === null ? "your direct messages" : `<#${destination}>`;
}
