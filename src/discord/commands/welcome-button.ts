import { MessageFlags, PermissionFlagsBits } from "discord.js";
import { privately } from "#discord/answer.ts";
import { AT_ONCE, EVERYTHING } from "#model/subscription.ts";
import { zoneOf } from "#store/guilds.ts";
import { type Button, managing } from "./command.ts";
import { followForm } from "./follow-form.ts";
import { helpText } from "./help.ts";

/** Ids of the buttons under a welcome. */
export const WELCOME = { follow: "welcome:follow", help: "welcome:help" } as const;

/** The buttons `welcome:follow`, which opens the form for the channel that it stands in, and `welcome:help`. */
export const welcomeButton: Button = async (interaction, [what], context) => {
  if (what === "help") return privately(helpText(context.pack));
  const { guildId, channelId, user, memberPermissions } = interaction;
  if (guildId === null || memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true)
    return privately(
      "Who manages this server chooses what it follows. In a direct message, `/follow` is for you alone.",
    );
  const timeZone = (await zoneOf(context.db, guildId)) ?? AT_ONCE.timeZone;
  const wanted = {
    guildId,
    destination: channelId,
    filter: EVERYTHING,
    manner: { ...AT_ONCE, timeZone },
    createdBy: user.id,
  };
  const form = await followForm({ wanted, replaces: null }, managing(interaction, context), context);
  return { ...form, flags: MessageFlags.Ephemeral };
};
