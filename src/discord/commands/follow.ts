import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from "discord.js";
import { escapeText } from "#discord/escape.ts";
import { EVERYTHING, type Filter } from "#model/subscription.ts";
import { createSubscription } from "#store/subscriptions.ts";
import { type Command, NO_CHOICES, privately } from "./command.ts";
import { filterText } from "./list.ts";
import { AXES, axisOption, completeList, isAxisOption, readList } from "./options.ts";

/** `/follow`: posts what matches to the channel it is typed in. */
export const follow: Command = {
  definition: {
    name: "follow",
    description: "Post what moves on a friction point, in a place or at a stage to this channel",
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    options: [
      axisOption("point", "Friction point; choose again after a comma for several"),
      axisOption("place", "Place; choose again after a comma for several"),
      axisOption("stage", "Stage; choose again after a comma for several"),
    ],
  },

  complete(interaction, { pack }) {
    const { name, value } = interaction.options.getFocused(true);
    return isAxisOption(name) ? completeList(value, AXES[name](pack)) : NO_CHOICES;
  },

  async run(interaction, { db, pack, clock, log }) {
    if (interaction.guildId === null) return privately("Only a server's channels can follow.");
    let filter: Filter = EVERYTHING;
    for (const [name, key] of [
      ["point", "points"],
      ["place", "places"],
      ["stage", "stages"],
    ] as const) {
      const read = readList(interaction.options.getString(name), AXES[name](pack));
      if ("unknown" in read)
        return privately(
          `There is no ${name} “${escapeText(read.unknown)}”. Choose one from the list that appears while you type.`,
        );
      filter = { ...filter, [key]: read.ids };
    }
    if (filterText(filter, pack) === filterText(EVERYTHING, pack))
      return privately("Name at least one friction point, place or stage.");
    const wanted = {
      guildId: interaction.guildId,
      destination: interaction.channelId,
      filter,
      createdBy: interaction.user.id,
    };
    const subscription = await createSubscription(db, wanted, clock());
    log.info("followed", { subscription: subscription.id, guild: interaction.guildId, by: interaction.user.id });
    return privately(
      `<#${interaction.channelId}> now follows ${filterText(filter, pack)}. What moves from now on is posted here; \`/following\` lists and removes.`,
    );
  },
};
