import {
  type APIApplicationCommandBasicOption,
  type ApplicationCommandOptionChoiceData,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import type { Attempt } from "#discord/attempt.ts";
import type { ByHand, Connection, Log } from "#discord/connection.ts";
import type { Act, Later } from "#discord/later.ts";
import type { MakeMemo } from "#model/memo.ts";
import type { Pack } from "#model/pack.ts";
import type { Manner } from "#model/subscription.ts";
import { MINUTE_MS } from "#model/time.ts";
import type { Db } from "#store/engine/database.ts";
import { localized } from "./locales.ts";

/** What an answer may draw on. */
export type Context = {
  readonly db: Db;
  readonly pack: Pack;
  readonly clock: () => Date;
  readonly log: Log;
  readonly attempt: Attempt;
  readonly later: Later;
  /** Permissions that the bot lacks in a channel for what is asked for there, as far as the gateway tells. */
  readonly missing: (channelId: string, manner: Manner) => readonly string[];
  /** Sets stories right as somebody decided; absent where nobody may. */
  readonly byHand: ByHand | undefined;
  /** Composes a memo; absent where nobody may ask for one. */
  readonly makeMemo: MakeMemo | undefined;
  /** What a kind of destination beside Discord can be told; absent where there are none. */
  readonly holds: Connection["holds"];
  /**
   * Whether a server is the one whose people keep the rules for all: that of the operators' channel, or the first that the bot
   * was in.
   */
  readonly isHome: (guildId: string | null) => boolean;
  /** How long Discord takes to answer a heartbeat, in milliseconds; below zero before the first. */
  readonly ping: () => number;
};

/** What is set right holds for every server, so it takes Manage Server in the one whose people keep the rules. */
export const mayDecide = (
  { guildId, memberPermissions }: Pick<BaseInteraction, "guildId" | "memberPermissions">,
  { byHand, isHome }: Context,
): boolean =>
  byHand !== undefined && isHome(guildId) && memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;

/** The number in a part of a button's id; 0, which nothing has, for what is none. */
export const numberOf = (part: string | undefined): number => (/^\d{1,15}$/.test(part ?? "") ? Number(part) : 0);

/**
 * Whether somebody may write where they ask: what they share stands there for all. A channel that the gateway did not tell about
 * may be a thread.
 */
export function mayWrite({
  guildId,
  channel,
  memberPermissions,
}: Pick<BaseInteraction, "guildId" | "channel" | "memberPermissions">): boolean {
  if (guildId === null) return true;
  const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  if (channel === null) return memberPermissions?.has([SendMessages, SendMessagesInThreads]) === true;
  return memberPermissions?.has(channel.isThread() ? SendMessagesInThreads : SendMessages) === true;
}

/** As long as Discord lets an answer be added to. */
const BELIEVED_MS = 15 * MINUTE_MS;

const manages = ({ memberPermissions }: Pick<BaseInteraction, "memberPermissions">) =>
  memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;

/**
 * Acts of those who manage a server. Their right is looked at again when the button is pressed, which may be days after the
 * answer; one that a server gave in its own settings, without Manage Server, cannot be seen from a button, and is believed for
 * BELIEVED_MS.
 */
export function managing(
  asked: Pick<BaseInteraction, "guildId" | "memberPermissions">,
  { clock }: Pick<Context, "clock">,
): (act: Act) => Act {
  const anyone = asked.guildId === null;
  const until = manages(asked) ? 0 : clock().getTime() + BELIEVED_MS;
  return (act) => async (pressed) =>
    anyone || manages(pressed) || clock().getTime() <= until
      ? act(pressed)
      : privately("You may not manage what is followed here any more, or it was long ago. Ask again.");
}

export type Choices = readonly ApplicationCommandOptionChoiceData[];

export const NO_CHOICES: Choices = [];

export type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** One command: how Discord shows it, and what it answers. */
export type Command = {
  readonly definition: Definition;
  readonly run: (interaction: ChatInputCommandInteraction, context: Context) => Promise<Answer>;
  readonly complete?: (interaction: AutocompleteInteraction, context: Context) => Promise<Choices> | Choices;
};

/** One entry of a message's menu. */
export type MenuEntry = {
  readonly definition: Definition;
  readonly run: (interaction: MessageContextMenuCommandInteraction, context: Context) => Promise<Answer>;
};

export type Button = (interaction: ButtonInteraction, args: readonly string[], context: Context) => Promise<Answer>;

export type Modal = (interaction: ModalSubmitInteraction, args: readonly string[], context: Context) => Promise<Answer>;

/** A look-up: for all, in servers, in direct messages, and installed by a single person. */
export const lookUp = (
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): Definition => ({
  ...localized(name, description),
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  options,
});

/** A change to what a server follows: for those who may manage it, unless the server says otherwise in Discord's settings. */
export const management = (
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): Definition => ({
  ...localized(name, description),
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  options,
});
