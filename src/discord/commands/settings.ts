import { ApplicationCommandOptionType } from "discord.js";
import { privately } from "#discord/answer.ts";
import { escapeText } from "#discord/escape.ts";
import { LONGEST_TYPED } from "#model/limits.ts";
import { AT_ONCE } from "#model/subscription.ts";
import { setZone, zoneOf } from "#store/guilds.ts";
import { type Command, management } from "./command.ts";
import { readZone, zoneChoices } from "./manner.ts";

/** `/settings`: what a server's later requests have in common; without an option, how it stands. */
export const settings: Command = {
  definition: management("settings", "What later requests of this server have in common, such as the time zone", [
    {
      type: ApplicationCommandOptionType.String,
      name: "timezone",
      description: "By whose clocks digests and quiet hours go, by a city: Berlin",
      autocomplete: true,
      max_length: LONGEST_TYPED,
    },
  ]),
  complete(interaction) {
    return zoneChoices(interaction.options.getFocused());
  },
  async run({ guildId, options, user }, { db, log }) {
    if (guildId === null) return privately("Only a server has settings.");
    const typed = options.getString("timezone");
    if (typed === null) {
      const zone = (await zoneOf(db, guildId)) ?? AT_ONCE.timeZone;
      return privately(
        `Times of later requests are those of ${escapeText(zone)}. \`/settings timezone:\` changes that.`,
      );
    }
    const read = readZone(typed);
    if ("fault" in read) return privately(read.fault);
    await setZone(db, guildId, read.value);
    log.info("a server's time zone was set", { guild: guildId, zone: read.value, by: user.id });
    return privately(
      `Times of later requests are those of ${escapeText(read.value)}; what is followed already keeps its own.`,
    );
  },
};
