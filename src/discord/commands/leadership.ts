import { ApplicationCommandOptionType, ChannelType, ComponentType } from "discord.js";
import { type Answer, privately } from "#discord/answer.ts";
import { AT_ONCE } from "#model/subscription.ts";
import { chooseLeadership, leadershipOf } from "#store/flags.ts";
import { type Command, management, managing } from "./command.ts";

/** `/leadership`: where the cards go that readers flag. */
export const leadership: Command = {
  definition: management("leadership", "Where cards go that are flagged for leadership", [
    {
      type: ApplicationCommandOptionType.Channel,
      name: "channel",
      description: "The channel that leadership reads; shows the one that is chosen if left out",
      channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
    },
  ]),

  async run(interaction, context) {
    const { guildId, options, user } = interaction;
    const { db, clock, log, later, missing } = context;
    if (guildId === null) return privately("Only a server has a channel for its leadership.");
    const channel = options.getChannel("channel")?.id ?? null;
    if (channel !== null) {
      await chooseLeadership(db, guildId, channel, user.id, clock());
      log.info("a channel for leadership was chosen", { guild: guildId, channel, by: user.id });
      const lacking = missing(channel, AT_ONCE);
      const warning = lacking.length === 0 ? "" : `\n⚠ Policywire lacks ${lacking.join(" and ")} in <#${channel}>.`;
      return privately(`What readers flag on a card goes to <#${channel}> from now on.${warning}`);
    }
    const chosen = await leadershipOf(db, guildId);
    if (chosen === null) return privately(NONE_CHOSEN);
    const end = managing(
      interaction,
      context,
    )(async (pressed): Promise<Answer> => {
      await chooseLeadership(db, guildId, null, pressed.user.id, clock());
      log.info("no channel for leadership any more", { guild: guildId, by: pressed.user.id });
      return { content: "Cards can be flagged no more.", components: [], update: true };
    });
    return {
      ...privately(`What readers flag on a card goes to <#${chosen}>.`),
      components: [{ type: ComponentType.ActionRow, components: [later.button("End it", end)] }],
    };
  },
};

export const NONE_CHOSEN =
  "This server has no channel for its leadership yet. Who may manage the server chooses one with `/leadership channel:`.";
